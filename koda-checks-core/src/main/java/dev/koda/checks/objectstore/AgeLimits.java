package dev.koda.checks.objectstore;

import org.jspecify.annotations.Nullable;

/**
 * How old the newest object may be.
 *
 * @param warnHours warns if it is older; null to never warn
 * @param failHours fails if it is older; null to never fail
 */
public record AgeLimits(
        @Nullable Double warnHours, @Nullable Double failHours) {
    public AgeLimits {
        if (warnHours != null && failHours != null && warnHours > failHours) {
            throw new IllegalArgumentException("limits of the age must be warn <= fail");
        }
    }
}
