package dev.koda.checks.settings;

import dev.koda.checks.Threshold;
import java.util.List;
import java.util.Objects;

/**
 * A check whose limits koda.yaml may set under {@code thresholds}.
 *
 * @param id the check
 * @param unit the unit of both limits
 * @param direction on which side of the limits trouble lies
 * @param defaults what holds without the file; where they come from stands in {@code docs/checks.md}
 */
public record LimitedCheck(String id, String unit, Threshold.Direction direction, Limits defaults) {
    private static final List<LimitedCheck> ALL = List.of(
            new LimitedCheck("disk.space", "percent", Threshold.Direction.BELOW, new Limits(15, 5)),
            new LimitedCheck("disk.inodes", "percent", Threshold.Direction.BELOW, new Limits(10, 3)),
            new LimitedCheck("disk.writable", "milliseconds", Threshold.Direction.ABOVE, new Limits(250, 2000)),
            new LimitedCheck("postgres.round-trip", "milliseconds", Threshold.Direction.ABOVE, new Limits(500, 2000)),
            new LimitedCheck("postgres.connections", "percent", Threshold.Direction.ABOVE, new Limits(80, 95)));

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
