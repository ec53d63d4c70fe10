package dev.koda.checks.settings;

import dev.koda.checks.CheckId;
import java.time.LocalDate;
import java.util.Objects;

/**
 * A check that is not asked for a while: an entry under {@code suppress} of koda.yaml.
 *
 * @param check an id; without an instance it means all instances
 * @param reason why, for people
 * @param until the last day, in UTC
 */
public record Suppression(CheckId check, String reason, LocalDate until) {
    public Suppression {
        Objects.requireNonNull(check, "check");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(until, "until");
    }
}
