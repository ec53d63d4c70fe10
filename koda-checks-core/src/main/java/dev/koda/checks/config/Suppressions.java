package dev.koda.checks.config;

import dev.koda.checks.CheckId;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What somebody does not want to be asked for a while. Immutable.
 *
 * @param entries in the order in which they stand in the file
 */
public record Suppressions(List<Entry> entries) {
    public Suppressions {
        entries = List.copyOf(entries);
    }

    /**
     * One of them.
     *
     * @param check an id; without an instance it means all instances
     * @param reason why, for people
     * @param until the last day, in UTC
     */
    public record Entry(CheckId check, String reason, LocalDate until) {
        public Entry {
            Objects.requireNonNull(check, "check");
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(until, "until");
        }

        /** Why the check is skipped. */
        public String why() {
            return "suppressed until " + until + ": " + reason;
        }

        /** True on that day and before. */
        public boolean isInForce(LocalDate today) {
            return !today.isAfter(until);
        }
    }

    /** True if an entry is about that check, whether in force or not. */
    public boolean name(CheckId check) {
        return entries.stream().anyMatch(entry -> check.isCoveredBy(entry.check()));
    }

    /** The entry that is in force for a check: the one that names its instance before the one for all of them. */
    public Optional<Entry> inForce(CheckId check, LocalDate today) {
        return entries.stream()
                .filter(entry -> check.isCoveredBy(entry.check()) && entry.isInForce(today))
                .max(Comparator.comparing(entry -> entry.check().equals(check)));
    }
}
