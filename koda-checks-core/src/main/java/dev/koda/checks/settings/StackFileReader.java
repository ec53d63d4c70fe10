package dev.koda.checks.settings;

import dev.koda.checks.Nearest;
import dev.koda.checks.Threshold;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Holds the tree of one {@code koda.yaml} against what may be in it; goes on after a problem to find them all. */
final class StackFileReader {
    private static final List<String> TOP = List.of("version", "service", "settings", "thresholds");

    private final SourceText source;
    private final Map<String, StackFile.Entry> settings = new LinkedHashMap<>();
    private final Map<String, Limits> thresholds = new LinkedHashMap<>();
    private final Interpolation interpolation;
    private @Nullable String serviceName;
    private boolean hasVersion;
    private int line;
    private boolean isSecret;
    private String what = "";
    private String template = "";

    StackFileReader(SourceText source, Function<String, @Nullable String> variables) {
        this.source = source;
        this.interpolation = new Interpolation(variables, this::noteUnset);
    }

    StackFile read() {
        var root = new YamlTree(source).root();
        if (source.problems.isEmpty()) {
            top(root);
        }
        source.throwProblems();
        return new StackFile(source.file(), serviceName, settings, thresholds, source.notices);
    }

    private void noteUnset(String variable) {
        source.unset(line, what, variable, !isSecret || Secrecy.isVariable(variable, template));
    }

    private void top(@Nullable Node root) {
        if (!(root instanceof MappingNode map)) {
            source.problem(0, "expected 'version: 1' and further keys");
            return;
        }
        for (var entry : distinct(map)) {
            var key = key(entry);
            switch (key) {
                case "version" -> version(entry.getValueNode());
                case "service" -> service(entry.getValueNode());
                case "settings" -> settings(entry.getValueNode());
                case "thresholds" -> thresholds(entry.getValueNode());
                default -> unknown(entry.getKeyNode(), "key", key, TOP);
            }
        }
        if (!hasVersion) {
            source.problem(0, "has no 'version: 1'");
        }
    }

    private void version(Node node) {
        hasVersion = true;
        if (!Tag.INT.equals(node.getTag()) || !"1".equals(text(node))) {
            problem(node, "version must be 1, the only one there is");
        }
    }

    private void service(Node node) {
        for (var entry : entries(node, "service", "a name, such as {name: koda}")) {
            var key = key(entry);
            if (key.equals("name")) {
                serviceName = name(entry.getValueNode());
            } else {
                unknown(entry.getKeyNode(), "key of service", key, List.of("name"));
            }
        }
    }

    private @Nullable String name(Node node) {
        var value = scalar(node, "service.name");
        if (value != null && value.text().isBlank()) {
            problem(node, "service.name must not be empty");
            return null;
        }
        return value == null ? null : value.text();
    }

    private void settings(Node node) {
        for (var entry : entries(node, "settings", "names with values")) {
            var name = key(entry);
            var key = entry.getKeyNode();
            if (KnownSettings.find(name).isEmpty()) {
                var nearest = KnownSettings.nearest(name).orElse(null);
                var message = "unknown setting '" + printable(name) + "'";
                source.problems.add(new SettingsProblem(source.file(), line(key), column(key), message, nearest));
            }
            var value = scalar(entry.getValueNode(), name);
            if (value != null) {
                boolean isLiteral = Secrecy.standsIn(name, value.literal());
                settings.put(name, new StackFile.Entry(value.text(), line(key), column(key), isLiteral));
            }
        }
    }

    private void thresholds(Node node) {
        var ids = LimitedCheck.all().stream().map(LimitedCheck::id).toList();
        for (var entry : entries(node, "thresholds", "check ids with limits")) {
            var id = key(entry);
            var check = LimitedCheck.all().stream()
                    .filter(candidate -> candidate.id().equals(id))
                    .findFirst();
            if (check.isPresent()) {
                limits(check.get(), entry.getValueNode());
            } else {
                unknown(entry.getKeyNode(), "check with limits", id, ids);
            }
        }
    }

    private void limits(LimitedCheck check, Node node) {
        Double warn = check.defaults().warn();
        Double fail = check.defaults().fail();
        for (var entry : entries(node, check.id(), "limits, such as {warn: 15, fail: 5}")) {
            var key = key(entry);
            switch (key) {
                case "warn" -> warn = number(entry.getValueNode(), check);
                case "fail" -> fail = number(entry.getValueNode(), check);
                default -> unknown(entry.getKeyNode(), "limit of " + check.id(), key, List.of("warn", "fail"));
            }
        }
        if (warn == null || fail == null) {
            return;
        }
        boolean isBelow = check.direction() == Threshold.Direction.BELOW;
        if (isBelow ? warn < fail : warn > fail) {
            problem(
                    node,
                    check.id() + " fails " + (isBelow ? "below" : "above") + " " + fail + " " + check.unit()
                            + ", so warn must be " + (isBelow ? "higher" : "lower") + " than that, not " + warn);
            return;
        }
        thresholds.put(check.id(), new Limits(warn, fail));
    }

    private @Nullable Double number(Node node, LimitedCheck check) {
        boolean isNumber = Tag.INT.equals(node.getTag()) || Tag.FLOAT.equals(node.getTag());
        try {
            double value = isNumber ? Double.parseDouble(text(node)) : Double.NaN;
            boolean isInRange = value >= 0 && value <= (check.unit().equals("percent") ? 100 : 1e12);
            if (isInRange) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Numbers that only YAML can write, such as 0o17: no limit is written so.
        }
        problem(
                node,
                "a limit of " + check.id() + " must be a number of " + check.unit()
                        + (check.unit().equals("percent") ? " from 0 to 100" : " from 0"));
        return null;
    }

    private List<NodeTuple> entries(Node node, String what, String expected) {
        if (node instanceof MappingNode map) {
            return distinct(map);
        }
        problem(node, what + " must hold " + expected);
        return List.of();
    }

    private List<NodeTuple> distinct(MappingNode map) {
        var seen = new HashSet<String>();
        for (var entry : map.getValue()) {
            if (!seen.add(key(entry))) {
                problem(entry.getKeyNode(), "'" + printable(key(entry)) + "' is there twice");
            }
        }
        return map.getValue();
    }

    private Interpolation.@Nullable Expansion scalar(Node node, String what) {
        if (!(node instanceof ScalarNode) || Tag.NULL.equals(node.getTag())) {
            problem(node, printable(what) + " must have a value; write \"\" for an empty one");
            return null;
        }
        try {
            line = line(node);
            this.what = printable(what);
            template = text(node);
            isSecret = Secrecy.isSecret(what, template);
            return interpolation.expand(template);
        } catch (Interpolation.MalformedException e) {
            problem(node, printable(what) + ": " + e.about(isSecret));
            return null;
        }
    }

    private String key(NodeTuple entry) {
        return text(entry.getKeyNode());
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private void unknown(Node node, String what, String name, Collection<String> known) {
        var message = "unknown " + what + " '" + printable(name) + "'; there is " + String.join(", ", known);
        source.problems.add(
                new SettingsProblem(source.file(), line(node), column(node), message, Nearest.of(name, known, 2)));
    }

    /** A name as far as it is one: without the blank after its colon, YAML takes the value for a part of it. */
    private static String printable(String name) {
        var text = name.replaceFirst("[\\s:=].*", "...").replaceAll("\\p{Cntrl}", "?");
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }

    private void problem(Node node, String message) {
        source.problems.add(new SettingsProblem(source.file(), line(node), column(node), message, null));
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    private static int column(Node node) {
        return node.getStartMark().map(mark -> mark.getColumn() + 1).orElse(1);
    }
}
