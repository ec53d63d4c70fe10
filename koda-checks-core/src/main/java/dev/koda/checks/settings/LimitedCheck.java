package dev.koda.checks.settings;

import dev.koda.checks.Threshold;
import java.util.List;
import java.util.Objects;

/**
 * A check whose limits koda.yaml may set under {@code thresholds}.
 *
 * @param id the check, and behind another dot what it judges beside its first question
 * @param unit the unit of both limits
 * @param direction on which side of the limits trouble lies
 * @param defaults what holds without the file; where they come from stands in {@code docs/checks.md}
 */
public record LimitedCheck(String id, String unit, Threshold.Direction direction, Limits defaults) {
    private static final List<LimitedCheck> ALL = List.of(
            new LimitedCheck("disk.space", "percent", Threshold.Direction.BELOW, new Limits(15, 5)),
            new LimitedCheck("disk.inodes", "percent", Threshold.Direction.BELOW, new Limits(10, 3)),
            new LimitedCheck("disk.writable", "milliseconds", Threshold.Direction.ABOVE, new Limits(250, 2000)),
            new LimitedCheck("object-store.headroom", "percent", Threshold.Direction.BELOW, new Limits(15, 5)),
            new LimitedCheck("postgres.round-trip", "milliseconds", Threshold.Direction.ABOVE, new Limits(500, 2000)),
            new LimitedCheck("postgres.connections", "percent", Threshold.Direction.ABOVE, new Limits(80, 95)),
            new LimitedCheck("postgres.replication-lag", "seconds", Threshold.Direction.ABOVE, new Limits(60, 300)),
            new LimitedCheck(
                    "postgres.replication-lag.bytes", "mebibytes", Threshold.Direction.ABOVE, new Limits(16, 256)),
            new LimitedCheck("postgres.slots", "gibibytes", Threshold.Direction.ABOVE, new Limits(10, 100)),
            new LimitedCheck("postgres.slots.inactive", "minutes", Threshold.Direction.ABOVE, Limits.warnOnly(30)),
            new LimitedCheck("postgres.sessions", "seconds", Threshold.Direction.ABOVE, new Limits(300, 1800)),
            new LimitedCheck(
                    "postgres.sessions.transaction", "seconds", Threshold.Direction.ABOVE, new Limits(900, 3600)),
            new LimitedCheck("postgres.locks", "seconds", Threshold.Direction.ABOVE, new Limits(60, 120)),
            new LimitedCheck("postgres.locks.prepared", "seconds", Threshold.Direction.ABOVE, new Limits(300, 86_400)),
            new LimitedCheck("postgres.transaction-rate", "percent", Threshold.Direction.ABOVE, new Limits(10, 100)),
            new LimitedCheck(
                    "postgres.transaction-rate.deadlocks",
                    "deadlocks a minute",
                    Threshold.Direction.ABOVE,
                    Limits.warnOnly(5)),
            new LimitedCheck("postgres.wraparound", "transactions", Threshold.Direction.ABOVE, new Limits(500e6, 1e9)),
            new LimitedCheck("runtime.supervisors", "seconds", Threshold.Direction.ABOVE, new Limits(30, 120)),
            new LimitedCheck("runtime.queue", "items", Threshold.Direction.ABOVE, new Limits(50, 500)),
            new LimitedCheck("runtime.leases", "seconds", Threshold.Direction.ABOVE, new Limits(90, 600)),
            new LimitedCheck("runtime.sidecars", "milliseconds", Threshold.Direction.ABOVE, Limits.warnOnly(500)),
            new LimitedCheck("tls.certificate", "days", Threshold.Direction.BELOW, new Limits(30, 7)),
            new LimitedCheck("network.dns", "milliseconds", Threshold.Direction.ABOVE, new Limits(1000, 5000)),
            new LimitedCheck("network.clock", "seconds", Threshold.Direction.ABOVE, new Limits(2, 30)),
            new LimitedCheck("system.memory", "percent", Threshold.Direction.BELOW, new Limits(10, 5)),
            new LimitedCheck("system.file-descriptors", "percent", Threshold.Direction.ABOVE, new Limits(70, 90)),
            new LimitedCheck("backup.age", "hours", Threshold.Direction.ABOVE, new Limits(24, 24)),
            new LimitedCheck("backup.age.archive", "minutes", Threshold.Direction.ABOVE, new Limits(15, 60)),
            new LimitedCheck("backup.age.archive-failure", "hours", Threshold.Direction.BELOW, new Limits(24, 1)),
            new LimitedCheck("backup.restore-test", "days", Threshold.Direction.ABOVE, Limits.warnOnly(30)));

    public LimitedCheck {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(defaults, "defaults");
    }

    /** All of them. */
    public static List<LimitedCheck> all() {
        return ALL;
    }
}
