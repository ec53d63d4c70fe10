package dev.koda.dashboard.store;

import java.util.Objects;

/**
 * A right that one process at a time has, such as to seal the audit log.
 *
 * @param name what it is for
 * @param holder the process that has it
 * @param epoch grows by one whenever the holder changes; a writer shows it to {@link Leases#fence}
 */
public record Lease(String name, String holder, long epoch) {
    public Lease {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(holder, "holder");
    }
}
