package dev.koda.checks.settings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Puts a check into the text of a {@code koda.yaml} and leaves every other character of it as it is: comments, blanks and
 * line ends too. What it makes is read again before anybody gets it.
 */
public final class StackFileEdit {
    private static final String CANNOT = "a check can be added only to a list with one '- ' a line";

    private final Path file;
    private final byte[] bytes;
    private final Function<String, @Nullable String> variables;

    /**
     * @param file how problems name it
     * @param bytes what it holds now
     * @param variables for variables in values: null for a name that is not set
     */
    public StackFileEdit(Path file, byte[] bytes, Function<String, @Nullable String> variables) {
        this.file = file;
        this.bytes = bytes.clone();
        this.variables = variables;
    }

    /**
     * What it came to: either a text or why there is none.
     *
     * @param text the whole new file, or null
     * @param refusal why it cannot be changed safely, or null
     */
    public record Result(@Nullable String text, @Nullable String refusal) {}

    /**
     * The file with one more check, the last of its list.
     *
     * @param check the lines of the check as an item of a list, the first begins with {@code "- "}, without line ends;
     *     comments may stand before it
     * @throws SettingsException if the file cannot be read as it is
     */
    public Result withCheck(List<String> check) {
        StackFile.parse(file, bytes, variables);
        var before = tree(bytes);
        var text = edited(before, check);
        if (text == null) {
            return new Result(null, "its list of checks has another form; " + CANNOT);
        }
        var after = text.getBytes(UTF_8);
        try {
            StackFile.parse(file, after, variables);
        } catch (SettingsException e) {
            return new Result(
                    null,
                    "with it the file would not load: " + e.problems().get(0).message());
        }
        return isOneMore(before, tree(after))
                ? new Result(text, null)
                : new Result(null, "the place after its last check is not clear; " + CANNOT);
    }

    private MappingNode tree(byte[] content) {
        return new YamlTree(SourceText.of(file, content)).root() instanceof MappingNode map
                ? map
                : new MappingNode(Tag.MAP, List.of(), FlowStyle.BLOCK);
    }

    private @Nullable String edited(MappingNode root, List<String> check) {
        var whole = new String(bytes, UTF_8);
        var lines = new ArrayList<>(List.of(whole.split("(?<=\n)", -1)));
        if (lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        var end = whole.contains("\r\n") ? "\r\n" : "\n";
        var checks = entry(root);
        if (root.getFlowStyle() == FlowStyle.FLOW) {
            return null;
        }
        if (checks == null) {
            return appended(lines, end, check);
        }
        if (!(checks.getValueNode() instanceof SequenceNode list)) {
            return null;
        }
        if (list.getFlowStyle() == FlowStyle.FLOW) {
            return list.getValue().isEmpty() ? opened(lines, end, list, check) : null;
        }
        return inserted(lines, end, list, check);
    }

    private static @Nullable NodeTuple entry(MappingNode root) {
        return root.getValue().stream()
                .filter(entry -> YamlReader.text(entry.getKeyNode()).equals("checks"))
                .findFirst()
                .orElse(null);
    }

    /** A file without checks gets them at its end. */
    private static String appended(List<String> lines, String end, List<String> check) {
        var text = new StringBuilder(closed(lines, end))
                .append(end)
                .append("checks:")
                .append(end);
        check.forEach(line -> text.append(indented(line, 2)).append(end));
        return text.toString();
    }

    /** {@code checks: []} becomes a list; what follows on its line, a comment, stays there. */
    private static @Nullable String opened(List<String> lines, String end, SequenceNode list, List<String> check) {
        int at = YamlReader.line(list) - 1;
        var line = lines.get(at);
        var bracket = line.replaceFirst("^checks:([ \\t]*)\\[[ \\t]*]", "checks:");
        if (bracket.equals(line)) {
            return null;
        }
        lines.set(at, bracket.replaceFirst("[ \\t]+(\\r?\\n)?$", "$1").replaceFirst("^checks:(?=#)", "checks: "));
        return put(lines, end, at + 1, 2, check);
    }

    /** After the last item, and before blank lines and comments that belong to what follows. */
    private static String inserted(List<String> lines, String end, SequenceNode list, List<String> check) {
        int dash = YamlReader.column(list) - 1;
        var items = list.getValue();
        int at = YamlReader.line(items.get(items.size() - 1));
        int next = at;
        while (next < lines.size() && isInside(lines.get(next), dash)) {
            next++;
            var line = lines.get(next - 1);
            if (!line.isBlank() && !isOfWhatFollows(line, dash)) {
                at = next;
            }
        }
        return put(lines, end, at, dash, isAiry(lines, items) ? spaced(check) : check);
    }

    /** True if a blank line stands between the last two checks, as between those that koda init writes. */
    private static boolean isAiry(List<String> lines, List<Node> items) {
        int count = items.size();
        return count > 1
                && lines
                        .subList(YamlReader.line(items.get(count - 2)), YamlReader.line(items.get(count - 1)) - 1)
                        .stream()
                        .anyMatch(String::isBlank);
    }

    private static List<String> spaced(List<String> check) {
        return Stream.concat(Stream.of(""), check.stream()).toList();
    }

    private static boolean isInside(String line, int dash) {
        return line.isBlank() || line.strip().startsWith("#") || indentOf(line) > dash;
    }

    private static boolean isOfWhatFollows(String line, int dash) {
        return line.strip().startsWith("#") && (indentOf(line) == 0 || indentOf(line) < dash);
    }

    private static int indentOf(String line) {
        int indent = 0;
        while (indent < line.length() && line.charAt(indent) == ' ') {
            indent++;
        }
        return indent;
    }

    private static String put(List<String> lines, String end, int at, int indent, List<String> check) {
        var text = new StringBuilder(closed(lines.subList(0, at), end));
        check.forEach(line -> text.append(indented(line, indent)).append(end));
        lines.subList(at, lines.size()).forEach(text::append);
        return text.toString();
    }

    /** The lines, the last one with a line end too. */
    private static String closed(List<String> lines, String end) {
        var text = String.join("", lines);
        return text.isEmpty() || text.endsWith("\n") ? text : text + end;
    }

    private static String indented(String line, int indent) {
        return line.isEmpty() ? line : " ".repeat(indent) + line;
    }

    /** True if the second is the first with one more item in its checks. */
    private static boolean isOneMore(MappingNode before, MappingNode after) {
        var old = entry(before);
        var now = entry(after);
        if (now == null || !(now.getValueNode() instanceof SequenceNode list)) {
            return false;
        }
        var kept = list.getValue().subList(0, list.getValue().size() - 1);
        var had = old == null ? List.<Node>of() : ((SequenceNode) old.getValueNode()).getValue();
        return said(kept).equals(said(had)) && said(others(after)).equals(said(others(before)));
    }

    private static List<Node> others(MappingNode root) {
        return root.getValue().stream()
                .filter(entry -> !YamlReader.text(entry.getKeyNode()).equals("checks"))
                .flatMap(entry -> List.of(entry.getKeyNode(), entry.getValueNode()).stream())
                .toList();
    }

    /** Values, tags and shape, without the places. */
    private static List<Object> said(List<Node> nodes) {
        return nodes.stream().map(StackFileEdit::said).toList();
    }

    private static Object said(Node node) {
        if (node instanceof MappingNode map) {
            return said(map.getValue().stream()
                    .flatMap(entry -> List.of(entry.getKeyNode(), entry.getValueNode()).stream())
                    .toList());
        }
        return node instanceof SequenceNode list
                ? List.of("list", said(list.getValue()))
                : List.of(node.getTag().getValue(), ((ScalarNode) node).getValue());
    }
}
