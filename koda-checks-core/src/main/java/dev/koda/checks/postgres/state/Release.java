package dev.koda.checks.postgres.state;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A major version of Postgres. From the versioning policy at postgresql.org/support/versioning, which gives each five
 * years; the minor versions are those of 14 May 2026.
 *
 * @param minor the last minor version that is known; a newer one is no surprise
 * @param endOfLife the day of its last fixes
 */
record Release(int major, int minor, LocalDate endOfLife) {
    private static final List<Release> KNOWN = List.of(
            new Release(12, 22, LocalDate.of(2024, 11, 21)),
            new Release(13, 23, LocalDate.of(2025, 11, 13)),
            new Release(14, 23, LocalDate.of(2026, 11, 12)),
            new Release(15, 18, LocalDate.of(2027, 11, 11)),
            new Release(16, 14, LocalDate.of(2028, 11, 9)),
            new Release(17, 10, LocalDate.of(2029, 11, 8)),
            new Release(18, 4, LocalDate.of(2030, 11, 14)));

    static @Nullable Release of(int major) {
        return KNOWN.stream()
                .filter(release -> release.major == major)
                .findFirst()
                .orElse(null);
    }

    static Release oldest() {
        return KNOWN.get(0);
    }

    static Release newest() {
        return KNOWN.get(KNOWN.size() - 1);
    }
}
