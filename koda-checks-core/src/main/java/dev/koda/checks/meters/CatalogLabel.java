package dev.koda.checks.meters;

import java.util.List;
import java.util.Objects;

/**
 * A label of a metric and the values that it may have.
 *
 * @param name its name in a sample
 * @param values the only ones, besides {@value #OTHER}; empty if they are not known beforehand
 * @param most how many different values may stand beside {@value #OTHER}
 */
public record CatalogLabel(String name, List<String> values, int most) {
    /** Stands for every value that is not declared, or comes after the last that has room. */
    public static final String OTHER = "other";

    public CatalogLabel {
        Objects.requireNonNull(name, "name");
        values = List.copyOf(values);
        if (most < 1) {
            throw new IllegalArgumentException("most must be at least 1, not " + most);
        }
    }

    /** True if the values are not known beforehand: the first {@link #most} are shown. */
    public boolean isOpen() {
        return values.isEmpty();
    }
}
