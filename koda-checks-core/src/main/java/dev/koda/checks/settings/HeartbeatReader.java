package dev.koda.checks.settings;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code heartbeat} of a check of koda.yaml: when the next one is expected. */
final class HeartbeatReader {
    static final List<String> KEYS = List.of("every", "grace");

    /** What runs once a year still says so. */
    private static final Duration LONGEST = Duration.ofDays(366);

    private static final int SHARE_OF_GRACE = 10;

    private final YamlReader yaml;

    HeartbeatReader(YamlReader yaml) {
        this.yaml = yaml;
    }

    @Nullable
    CheckKind read(Node node) {
        var values = yaml.values(node, "heartbeat", "every, such as {every: 24h, grace: 2h}", KEYS);
        var everyNode = values.get("every");
        if (everyNode == null) {
            yaml.problem(node, "heartbeat has no every");
            return null;
        }
        var every = duration(everyNode, "every");
        if (every != null && every.isZero()) {
            yaml.problem(everyNode, "every must be more than 0");
            return null;
        }
        var graceNode = values.get("grace");
        var grace = graceNode == null ? null : duration(graceNode, "grace");
        if (every == null) {
            return null;
        }
        return new CheckKind.Heartbeat(every, grace == null ? every.dividedBy(SHARE_OF_GRACE) : grace);
    }

    private @Nullable Duration duration(Node node, String key) {
        var duration = yaml.typed(node, key, SettingType.DURATION);
        if (duration != null && duration.compareTo(LONGEST) > 0) {
            yaml.problem(node, key + " must be at most " + LONGEST.toDays() + " days");
            return null;
        }
        return duration;
    }
}
