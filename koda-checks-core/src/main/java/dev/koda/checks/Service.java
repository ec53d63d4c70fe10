package dev.koda.checks;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a report is about.
 *
 * @param name such as {@code koda}
 * @param version of the software that checks, or null if unknown
 * @param environment such as {@code production}, or null if unknown
 */
public record Service(
        String name, @Nullable String version, @Nullable String environment) {
    public Service {
        Objects.requireNonNull(name, "name");
    }
}
