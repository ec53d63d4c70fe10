package dev.koda.checks.sql;

import dev.koda.checks.Threshold.Direction;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the number that a query gives is held against.
 *
 * @param unit what is counted, in plural, such as {@code invoices}
 * @param direction on which side of the limits trouble lies
 * @param warn the limit of warn, or null
 * @param fail the limit of fail, or null
 */
public record NumberLimits(
        String unit,
        Direction direction,
        @Nullable Double warn,
        @Nullable Double fail) {
    public NumberLimits {
        Objects.requireNonNull(direction, "direction");
        if (unit.isBlank()) {
            throw new IllegalArgumentException("unit must not be blank");
        }
    }
}
