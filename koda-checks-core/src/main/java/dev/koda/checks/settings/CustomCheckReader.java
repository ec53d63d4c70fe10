package dev.koda.checks.settings;

import dev.koda.checks.Category;
import dev.koda.checks.CheckId;
import dev.koda.checks.Reason;
import dev.koda.checks.Suite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads {@code checks} of a koda.yaml: the keys that all kinds have. */
final class CustomCheckReader {
    static final List<String> COMMON = List.of(
            "id",
            "title",
            "timeout",
            "every",
            "suites",
            "critical",
            "fail_closed",
            "unavailable",
            "depends_on",
            "hint",
            "thresholds");

    static final List<String> SUITES = List.of("readiness", "doctor", "hardening");

    private static final List<String> KEYS =
            Stream.concat(COMMON.stream(), KindReader.KINDS.stream()).toList();
    private static final Duration LONGEST = Duration.ofDays(1);

    private final YamlReader yaml;
    private final KindReader kinds;
    private final Map<CheckId, CustomCheck> checks = new LinkedHashMap<>();

    CustomCheckReader(YamlReader yaml) {
        this.yaml = yaml;
        kinds = new KindReader(yaml);
    }

    List<CustomCheck> checks() {
        return List.copyOf(checks.values());
    }

    void read(Node node) {
        yaml.items(node, "checks", "checks").forEach(this::check);
        new DependencyCircle(checks).problem().ifPresent(yaml.source.problems::add);
    }

    private void check(Node node) {
        var values = yaml.values(
                node, "a check", "an id and what it asks, such as {id: a.b, tcp: {host: localhost, port: 22}}", KEYS);
        if (values.isEmpty()) {
            return;
        }
        var id = id(node, values.get("id"));
        var kind = kind(node, values);
        var limits = limits(values.get("thresholds"), kind);
        var title = optional(values.get("title"), "title");
        var timeout = duration(values.get("timeout"), "timeout");
        var every = duration(values.get("every"), "every");
        var suites = suites(values.get("suites"));
        boolean isCritical = flag(values.get("critical"), "critical", true);
        boolean isFailClosed = flag(values.get("fail_closed"), "fail_closed", false);
        var unavailable = unavailable(values.get("unavailable"));
        var dependsOn = dependencies(values.get("depends_on"));
        var hint = optional(values.get("hint"), "hint");
        if (id == null || kind == null) {
            return;
        }
        var check = new CustomCheck(
                yaml.place(values.getOrDefault("id", node)),
                id,
                title,
                timeout,
                every,
                suites,
                isCritical,
                isFailClosed,
                unavailable,
                dependsOn,
                hint,
                limits.get("warn"),
                limits.get("fail"),
                kind);
        if (checks.putIfAbsent(id, check) != null) {
            yaml.problem(values.getOrDefault("id", node), "there is another check " + id);
        }
    }

    private @Nullable CheckId id(Node check, @Nullable Node node) {
        if (node == null) {
            yaml.problem(check, "a check has no id");
            return null;
        }
        var text = yaml.word(node, "id");
        if (text == null) {
            return null;
        }
        CheckId id;
        try {
            id = CheckId.of(text);
        } catch (IllegalArgumentException malformed) {
            yaml.problem(node, "id must be of the form group.kebab-case, such as billing.api");
            return null;
        }
        if (Category.of(id) != Category.CUSTOM) {
            yaml.problem(
                    node,
                    "the group " + id.group() + " is that of built-in checks; take another one, such as custom"
                            + text.substring(id.group().length()));
            return null;
        }
        return id;
    }

    private @Nullable CheckKind kind(Node check, Map<String, Node> values) {
        var asked = KindReader.KINDS.stream().filter(values::containsKey).toList();
        if (asked.isEmpty()) {
            yaml.problem(check, "a check asks nothing; give it one of " + String.join(", ", KindReader.KINDS));
        } else if (asked.size() > 1) {
            yaml.problem(check, "a check asks one thing, not " + String.join(" and ", asked));
        }
        CheckKind kind = null;
        for (var key : asked) {
            var node = values.get(key);
            kind = node == null ? null : kinds.read(key, node);
        }
        return asked.size() == 1 ? kind : null;
    }

    private Map<String, Double> limits(@Nullable Node node, @Nullable CheckKind kind) {
        var limits = new LinkedHashMap<String, Double>();
        if (node == null || kind == null) {
            return limits;
        }
        if (kind instanceof CheckKind.S3 s3 && s3.prefix() == null) {
            yaml.problem(
                    node, "thresholds of s3 are the age of the newest object under a prefix, and there is no prefix");
            return limits;
        }
        var unit = kind.limitUnit();
        if (unit.isEmpty()) {
            yaml.problem(node, "a check of kind " + kind.key() + " has no thresholds");
            return limits;
        }
        var values = yaml.values(node, "thresholds", "limits, such as {warn: 500, fail: 2000}", StackFileReader.LIMITS);
        values.forEach((key, value) -> {
            var number = yaml.number(value, "the limit " + key, unit, kind instanceof CheckKind.Disk ? 100 : 1e12);
            if (number != null) {
                limits.put(key, number);
            }
        });
        var warn = limits.get("warn");
        var fail = limits.get("fail");
        if (warn != null && fail != null && (kind.isLowWorse() ? warn < fail : warn > fail)) {
            yaml.problem(node, "the limits are the wrong way round: it must warn before it fails");
        }
        return limits;
    }

    private @Nullable String optional(@Nullable Node node, String key) {
        return node == null ? null : yaml.word(node, key);
    }

    private @Nullable Duration duration(@Nullable Node node, String key) {
        var duration = node == null ? null : yaml.typed(node, key, SettingType.DURATION);
        if (node != null && duration != null && (duration.isZero() || duration.compareTo(LONGEST) > 0)) {
            yaml.problem(node, key + " must be more than 0 and at most a day");
            return null;
        }
        return duration;
    }

    private boolean flag(@Nullable Node node, String key, boolean otherwise) {
        var value = node == null ? null : yaml.typed(node, key, SettingType.BOOLEAN);
        return value == null ? otherwise : value;
    }

    private Set<Suite> suites(@Nullable Node node) {
        if (node == null) {
            return Set.of(Suite.DOCTOR);
        }
        var suites = new LinkedHashSet<Suite>();
        for (var name : yaml.words(node, "suites")) {
            if (SUITES.contains(name)) {
                suites.add(new Suite(name));
            } else {
                yaml.unknown(node, "suite", name, SUITES);
            }
        }
        if (suites.isEmpty()) {
            yaml.problem(node, "suites must name at least one of " + String.join(", ", SUITES));
        }
        return suites;
    }

    private @Nullable String unavailable(@Nullable Node node) {
        var word = optional(node, "unavailable");
        if (node == null || word == null) {
            return null;
        }
        try {
            return new Reason(word).code();
        } catch (IllegalArgumentException malformed) {
            yaml.problem(node, "unavailable must be a word such as billing_unavailable");
            return null;
        }
    }

    private List<CheckId> dependencies(@Nullable Node node) {
        if (node == null) {
            return List.of();
        }
        var nodes = node instanceof SequenceNode list ? list.getValue() : List.of(node);
        var ids = new ArrayList<CheckId>();
        for (var item : nodes) {
            var id = yaml.checkId(item, "depends_on");
            if (id != null) {
                ids.add(id);
            }
        }
        return ids;
    }
}
