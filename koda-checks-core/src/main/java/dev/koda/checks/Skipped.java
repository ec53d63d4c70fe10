package dev.koda.checks;

import java.util.Objects;

/**
 * A check that does not apply here.
 *
 * @param id the check
 * @param why one sentence
 */
public record Skipped(CheckId id, String why) {
    public Skipped {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(why, "why");
    }
}
