package dev.koda.checks.settings;

import dev.koda.checks.CheckId;
import dev.koda.checks.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Takes values out of the tree of one {@code koda.yaml}; what is not as expected becomes a problem of the source. */
final class YamlReader {
    private static final Pattern CHECK = Pattern.compile("([^\\[\\]]*)(?:\\[([^\\[\\]]*)])?");

    final SourceText source;
    private final Function<String, @Nullable String> variables;
    private final Interpolation interpolation;
    private final Set<String> secrets = new LinkedHashSet<>();
    private final Set<String> literals = new HashSet<>();
    private int line;
    private boolean isSecret;
    private String what = "";
    private String template = "";

    YamlReader(SourceText source, Function<String, @Nullable String> variables) {
        this.source = source;
        this.variables = variables;
        interpolation = new Interpolation(name -> noted(name, variables.apply(name)), this::noteUnset);
    }

    /** What was put in for variables with the name of a secret, and what {@link #secret} was told of. */
    Set<String> secrets() {
        return secrets;
    }

    /** True if one of those stands in the file itself, and not only a variable for it. */
    boolean holdsSecret() {
        return secrets.stream().anyMatch(secret -> literals.stream().anyMatch(text -> text.contains(secret)));
    }

    /** Remembers the value if name or value say that it is secret. */
    void secret(String name, String value) {
        var origin = Origin.inFile(Layer.STACK_FILE, source.file(), line);
        secrets.addAll(Secrecy.secretsIn(SettingValue.of(name, value, origin)));
    }

    /** Remembers the value of a setting that somebody calls a secret, whatever its name says. */
    void secretSetting(String name) {
        var value = variables.apply(name);
        if (value != null) {
            secret("NAMED_SECRET", value);
        }
    }

    private @Nullable String noted(String name, @Nullable String value) {
        if (value != null) {
            secret(name, value);
        }
        return value;
    }

    private void noteUnset(String variable) {
        source.unset(line, what, variable, !isSecret || Secrecy.isVariable(variable, template));
    }

    List<NodeTuple> entries(Node node, String what, String expected) {
        if (node instanceof MappingNode map) {
            return distinct(map);
        }
        problem(node, what + " must hold " + expected);
        return List.of();
    }

    List<NodeTuple> distinct(MappingNode map) {
        var seen = new HashSet<String>();
        for (var entry : map.getValue()) {
            if (!seen.add(key(entry))) {
                problem(entry.getKeyNode(), "'" + printable(key(entry)) + "' is there twice");
            }
        }
        return map.getValue();
    }

    /** The values by key; what is not among the known ones is a problem. */
    Map<String, Node> values(Node node, String what, String expected, Collection<String> known) {
        var values = new LinkedHashMap<String, Node>();
        for (var entry : entries(node, what, expected)) {
            var key = key(entry);
            if (known.contains(key)) {
                values.put(key, entry.getValueNode());
            } else {
                unknown(entry.getKeyNode(), "key of " + what, key, known);
            }
        }
        return values;
    }

    List<Node> items(Node node, String what, String expected) {
        if (node instanceof SequenceNode list) {
            return list.getValue();
        }
        problem(node, what + " must be a list of " + expected);
        return List.of();
    }

    @Nullable
    String scalar(Node node, String what) {
        var expansion = expansion(node, what);
        return expansion == null ? null : expansion.text();
    }

    Interpolation.@Nullable Expansion expansion(Node node, String what) {
        if (!(node instanceof ScalarNode)) {
            var found = node instanceof SequenceNode ? "a list" : "keys with values";
            problem(node, printable(what) + " must be a single value, not " + found);
            return null;
        }
        if (Tag.NULL.equals(node.getTag())) {
            problem(node, printable(what) + " must have a value; write \"\" for an empty one");
            return null;
        }
        try {
            line = line(node);
            this.what = printable(what);
            template = text(node);
            isSecret = Secrecy.isSecret(what, template);
            var expansion = interpolation.expand(template);
            literals.add(expansion.literal());
            return expansion;
        } catch (Interpolation.MalformedException e) {
            problem(node, printable(what) + ": " + e.about(isSecret));
            return null;
        }
    }

    /** A text that is not blank, blanks around it dropped. */
    @Nullable
    String word(Node node, String what) {
        var text = scalar(node, what);
        if (text != null && text.isBlank()) {
            problem(node, what + " must not be empty");
            return null;
        }
        return text == null ? null : text.strip();
    }

    <T> @Nullable T typed(Node node, String what, SettingType<T> type) {
        var text = word(node, what);
        if (text == null) {
            return null;
        }
        var value = type.parse(text);
        if (value.isEmpty()) {
            problem(node, what + " must be " + type.expected());
        }
        return value.orElse(null);
    }

    /** One text, or a list of them. */
    List<String> words(Node node, String what) {
        var nodes = node instanceof SequenceNode list ? list.getValue() : List.of(node);
        var words = new ArrayList<String>();
        for (var item : nodes) {
            var word = scalar(item, what);
            if (word != null) {
                words.add(word);
            }
        }
        return words;
    }

    /** Names with texts; {@code what} is singular, such as {@code a header}. */
    Map<String, String> texts(Node node, String what, String expected) {
        var texts = new LinkedHashMap<String, String>();
        for (var entry : entries(node, what, expected)) {
            var text = scalar(entry.getValueNode(), key(entry));
            if (text != null) {
                texts.put(key(entry), text);
            }
        }
        return texts;
    }

    /** An id with or without an instance. */
    @Nullable
    CheckId checkId(Node node, String what) {
        var text = word(node, what);
        if (text == null) {
            return null;
        }
        try {
            var parts = CHECK.matcher(text);
            if (parts.matches()) {
                return new CheckId(parts.group(1), parts.group(2));
            }
        } catch (IllegalArgumentException malformed) {
            // Said below, without the text.
        }
        problem(node, what + " must be the id of a check, such as disk.space or disk.space[STATE_ROOT_DIR]");
        return null;
    }

    /** A number that is at least 0 and at most {@code most}. */
    @Nullable
    Double number(Node node, String what, String unit, double most) {
        boolean isNumber = Tag.INT.equals(node.getTag()) || Tag.FLOAT.equals(node.getTag());
        try {
            double value = isNumber ? Double.parseDouble(text(node)) : Double.NaN;
            if (value >= 0 && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Numbers that only YAML can write, such as 0o17: no limit is written so.
        }
        problem(node, what + " must be a number of " + unit + (most == 100 ? " from 0 to 100" : " from 0"));
        return null;
    }

    String key(NodeTuple entry) {
        return text(entry.getKeyNode());
    }

    static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    void unknown(Node node, String what, String name, Collection<String> known) {
        var message = "unknown " + what + " '" + printable(name) + "'; there is " + String.join(", ", known);
        problem(node, message, Nearest.of(name, known, 2));
    }

    /** A name as far as it is one: without the blank after its colon, YAML takes the value for a part of it. */
    static String printable(String name) {
        var text = name.replaceFirst("[\\s:=].*", "...").replaceAll("\\p{Cntrl}", "?");
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }

    void problem(Node node, String message) {
        problem(node, message, null);
    }

    void problem(Node node, String message, @Nullable String nearest) {
        source.problems.add(place(node).problem(message, nearest));
    }

    CustomCheck.Place place(Node node) {
        return new CustomCheck.Place(source.file(), line(node), column(node));
    }

    static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    static int column(Node node) {
        return node.getStartMark().map(mark -> mark.getColumn() + 1).orElse(1);
    }
}
