package dev.koda.checks;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The limit that an observed value was held against.
 *
 * @param of the name of the observed value
 * @param direction on which side of the limit trouble lies
 * @param unit the unit of both limits
 * @param warn the limit of warn, or null if there is none
 * @param fail the limit of fail, or null if there is none
 */
public record Threshold(
        String of,
        Direction direction,
        String unit,
        @Nullable Double warn,
        @Nullable Double fail) {
    /** On which side of the limit trouble lies; the limit itself is still good. */
    public enum Direction {
        BELOW,
        ABOVE;

        /** The lower-case word of JSON. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean isCrossed(double value, @Nullable Double limit) {
            return limit != null && (this == BELOW ? value < limit : value > limit);
        }
    }

    public Threshold {
        Objects.requireNonNull(of, "of");
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(unit, "unit");
    }

    /** The status of a value under these limits. */
    public Status judge(double value) {
        if (direction.isCrossed(value, fail)) {
            return Status.FAIL;
        }
        return direction.isCrossed(value, warn) ? Status.WARN : Status.PASS;
    }
}
