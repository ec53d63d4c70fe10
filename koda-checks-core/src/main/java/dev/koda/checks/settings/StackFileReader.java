package dev.koda.checks.settings;

import dev.koda.checks.Threshold;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Holds the tree of one {@code koda.yaml} against what may be in it; goes on after a problem to find them all. */
final class StackFileReader {
    static final List<String> TOP =
            List.of("version", "service", "settings", "thresholds", "checks", "suppress", "notify");
    /** What is declared, beside the settings. */
    private static final Set<String> DECLARED = Set.of("thresholds", "checks", "suppress", "notify");

    static final List<String> SERVICE = List.of("name");
    static final List<String> LIMITS = List.of("warn", "fail");

    private final SourceText source;
    private final YamlReader yaml;
    private final Map<String, StackFile.Entry> settings = new LinkedHashMap<>();
    private final Map<String, Limits> thresholds = new LinkedHashMap<>();
    private final CustomCheckReader checks;
    private final SuppressionReader suppressions;
    private final NotifyReader notifications;
    private @Nullable String serviceName;
    private boolean hasVersion;
    private String declared = "";

    StackFileReader(SourceText source, Function<String, @Nullable String> variables) {
        this.source = source;
        yaml = new YamlReader(source, variables);
        checks = new CustomCheckReader(yaml);
        suppressions = new SuppressionReader(yaml);
        notifications = new NotifyReader(yaml);
    }

    StackFile read() {
        var root = new YamlTree(source).root();
        if (source.problems.isEmpty()) {
            top(root);
        }
        source.throwProblems();
        return new StackFile(
                source.file(),
                serviceName,
                settings,
                thresholds,
                checks.checks(),
                suppressions.suppressions(),
                notifications.notifications(),
                declared,
                yaml.secrets(),
                yaml.holdsSecret(),
                source.notices);
    }

    private void top(@Nullable Node root) {
        if (!(root instanceof MappingNode map)) {
            source.problem(0, "expected 'version: 1' and further keys");
            return;
        }
        declared = DeclaredText.of(map, DECLARED);
        for (var entry : yaml.distinct(map)) {
            var key = yaml.key(entry);
            var value = entry.getValueNode();
            switch (key) {
                case "version" -> version(value);
                case "service" -> service(value);
                case "settings" -> settings(value);
                case "thresholds" -> thresholds(value);
                case "checks" -> checks.read(value);
                case "suppress" -> suppressions.read(value);
                case "notify" -> notifications.read(value);
                default -> yaml.unknown(entry.getKeyNode(), "key", key, TOP);
            }
        }
        if (!hasVersion) {
            source.problem(0, "has no 'version: 1'");
        }
    }

    private void version(Node node) {
        hasVersion = true;
        if (!Tag.INT.equals(node.getTag()) || !"1".equals(YamlReader.text(node))) {
            yaml.problem(node, "version must be 1, the only one there is");
        }
    }

    private void service(Node node) {
        var name = yaml.values(node, "service", "a name, such as {name: koda}", SERVICE)
                .get("name");
        if (name != null) {
            serviceName = yaml.word(name, "service.name");
        }
    }

    private void settings(Node node) {
        for (var entry : yaml.entries(node, "settings", "names with values")) {
            var name = yaml.key(entry);
            var key = entry.getKeyNode();
            if (KnownSettings.find(name).isEmpty()) {
                var message = "unknown setting '" + YamlReader.printable(name) + "'";
                yaml.problem(key, message, KnownSettings.nearest(name).orElse(null));
            }
            var value = yaml.expansion(entry.getValueNode(), name);
            if (value != null) {
                boolean isLiteral = Secrecy.standsIn(name, value.literal());
                settings.put(
                        name,
                        new StackFile.Entry(value.text(), YamlReader.line(key), YamlReader.column(key), isLiteral));
            }
        }
    }

    private void thresholds(Node node) {
        var ids = LimitedCheck.all().stream().map(LimitedCheck::id).toList();
        for (var entry : yaml.entries(node, "thresholds", "check ids with limits")) {
            var id = yaml.key(entry);
            var check = LimitedCheck.all().stream()
                    .filter(candidate -> candidate.id().equals(id))
                    .findFirst();
            if (check.isPresent()) {
                limits(check.get(), entry.getValueNode());
            } else {
                yaml.unknown(entry.getKeyNode(), "check with limits", id, ids);
            }
        }
    }

    private void limits(LimitedCheck check, Node node) {
        Double warn = check.defaults().warn();
        Double fail = check.defaults().fail();
        for (var entry : yaml.entries(node, check.id(), "limits, such as {warn: 15, fail: 5}")) {
            var key = yaml.key(entry);
            switch (key) {
                case "warn" -> warn = number(entry.getValueNode(), check);
                case "fail" -> fail = number(entry.getValueNode(), check);
                default -> yaml.unknown(entry.getKeyNode(), "limit of " + check.id(), key, LIMITS);
            }
        }
        if (warn == null || fail == null) {
            return;
        }
        boolean isBelow = check.direction() == Threshold.Direction.BELOW;
        if (isBelow ? warn < fail : warn > fail) {
            yaml.problem(
                    node,
                    check.id() + " fails " + (isBelow ? "below" : "above") + " " + fail + " " + check.unit()
                            + ", so warn must be " + (isBelow ? "higher" : "lower") + " than that, not " + warn);
            return;
        }
        thresholds.put(check.id(), new Limits(warn, fail));
    }

    private @Nullable Double number(Node node, LimitedCheck check) {
        double most = check.unit().equals("percent") ? 100 : 1e12;
        return yaml.number(node, "a limit of " + check.id(), check.unit(), most);
    }
}
