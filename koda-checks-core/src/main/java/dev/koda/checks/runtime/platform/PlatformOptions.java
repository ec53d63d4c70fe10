package dev.koda.checks.runtime.platform;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What is expected of a Koda platform. Where the numbers come from stands in {@code docs/checks.md}.
 *
 * @param after the checks without which these are not run, such as {@code postgres.round-trip}
 * @param timeout how long one check may take; 4 s
 * @param schema where the tables are; {@code knowledge_v2}
 * @param heartbeatSeconds age of the newest heartbeat of a supervisor; 30 and 120
 * @param waitingItems items that wait in queues; 50 and 500
 * @param expiredSeconds since when the lease of a running task has expired; 90 and 600
 */
public record PlatformOptions(
        List<String> after,
        Duration timeout,
        String schema,
        Limit heartbeatSeconds,
        Limit waitingItems,
        Limit expiredSeconds) {
    /** What is said above. */
    public static final PlatformOptions DEFAULT = new PlatformOptions(
            List.of(),
            Duration.ofSeconds(4),
            "knowledge_v2",
            new Limit(30, 120),
            new Limit(50, 500),
            new Limit(90, 600));

    public PlatformOptions {
        after = List.copyOf(after);
        Objects.requireNonNull(timeout, "timeout");
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(heartbeatSeconds, "heartbeatSeconds");
        Objects.requireNonNull(waitingItems, "waitingItems");
        Objects.requireNonNull(expiredSeconds, "expiredSeconds");
    }

    /** The same, run only after these checks have not failed. */
    public PlatformOptions after(String... checks) {
        return new PlatformOptions(List.of(checks), timeout, schema, heartbeatSeconds, waitingItems, expiredSeconds);
    }

    /** The same with tables in another schema. */
    public PlatformOptions schema(String name) {
        return new PlatformOptions(after, timeout, name, heartbeatSeconds, waitingItems, expiredSeconds);
    }

    /** The same with other limits. */
    public PlatformOptions limits(Limit heartbeat, Limit waiting, Limit expired) {
        return new PlatformOptions(after, timeout, schema, heartbeat, waiting, expired);
    }

    /**
     * Two upper limits in the unit of what they hold for.
     *
     * @param warn above this somebody should look
     * @param fail above this it does not work; may be infinite
     */
    public record Limit(double warn, double fail) {
        public Limit {
            if (!(warn <= fail)) {
                throw new IllegalArgumentException("warn must not be above fail, not " + warn + " above " + fail);
            }
        }
    }
}
