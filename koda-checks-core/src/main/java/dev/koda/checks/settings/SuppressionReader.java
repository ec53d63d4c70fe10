package dev.koda.checks.settings;

import dev.koda.checks.CheckId;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code suppress} of a koda.yaml. */
final class SuppressionReader {
    static final List<String> KEYS = List.of("check", "reason", "until");

    /** Nobody else tells when an entry is over. */
    private static final String WATCHER = "config.suppress";

    private static final String EXPECTED =
            "check, reason and until, such as " + "{check: disk.space, reason: grown on Monday, until: 2026-12-31}";

    private final YamlReader yaml;
    private final List<Suppression> suppressions = new ArrayList<>();
    private final Set<CheckId> seen = new HashSet<>();

    SuppressionReader(YamlReader yaml) {
        this.yaml = yaml;
    }

    List<Suppression> suppressions() {
        return suppressions;
    }

    void read(Node node) {
        yaml.items(node, "suppress", "entries").forEach(this::entry);
    }

    private void entry(Node node) {
        var values = yaml.values(node, "an entry of suppress", EXPECTED, KEYS);
        if (values.isEmpty()) {
            return;
        }
        KEYS.stream()
                .filter(key -> !values.containsKey(key))
                .forEach(key -> yaml.problem(node, "an entry of suppress has no " + key));
        var checkNode = values.get("check");
        var check = checkNode == null ? null : yaml.checkId(checkNode, "check");
        if (checkNode != null && check != null && !seen.add(check)) {
            yaml.problem(checkNode, check + " is suppressed twice");
        }
        if (checkNode != null && check != null && check.name().equals(WATCHER)) {
            yaml.problem(checkNode, WATCHER + " watches over these entries, and cannot be suppressed");
        }
        var reasonNode = values.get("reason");
        var reason = reasonNode == null ? null : yaml.word(reasonNode, "reason");
        var untilNode = values.get("until");
        var until = untilNode == null ? null : date(untilNode);
        if (check != null && reason != null && until != null) {
            suppressions.add(new Suppression(check, reason, until));
        }
    }

    private @Nullable LocalDate date(Node node) {
        var text = yaml.word(node, "until");
        if (text == null) {
            return null;
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            yaml.problem(node, "until must be a day such as 2026-12-31");
            return null;
        }
    }
}
