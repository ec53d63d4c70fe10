package dev.koda.checks;

import java.util.Objects;

/**
 * A measured value with its unit.
 *
 * @param value a finite number: a {@code Long} or a {@code Double}
 * @param unit the base unit in plural, such as {@code percent}, {@code bytes} or {@code milliseconds}
 */
public record Observed(Number value, String unit) {
    public Observed {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(unit, "unit");
        if (!Double.isFinite(value.doubleValue())) {
            throw new IllegalArgumentException("an observed value must be finite, not " + value);
        }
    }
}
