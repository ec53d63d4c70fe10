package dev.koda.checks;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An outcome with identity and time: one entry of a report.
 *
 * @param spec the check's declaration
 * @param status what counts: the raw status after the failure and success thresholds
 * @param rawStatus what the last evaluation said
 * @param outcome message, reason, hint, values and limits; redacted, one line
 * @param startedAt when the evaluation began, by the wall clock
 * @param took how long it took
 * @param age how old it was when the report was made
 * @param since when {@code status} began to be what it is
 * @param streak how many evaluations in a row had this raw status, at least 1; 0 before the first
 * @param rootCause the failed check that this one waits for, or null
 */
public record CheckResult(
        CheckSpec spec,
        Status status,
        Status rawStatus,
        Outcome outcome,
        Instant startedAt,
        Duration took,
        Duration age,
        Instant since,
        int streak,
        @Nullable CheckId rootCause) {
    public CheckResult {
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(rawStatus, "rawStatus");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(took, "took");
        Objects.requireNonNull(age, "age");
        Objects.requireNonNull(since, "since");
    }

    /** The check. */
    public CheckId id() {
        return spec.id();
    }

    /** One sentence: what was seen and what was expected. */
    public String message() {
        return outcome.message();
    }

    /** The machine-readable reason, or null. */
    public @Nullable Reason reason() {
        return outcome.reason();
    }

    /** True if the check waits for a failed one. */
    public boolean isNotRun() {
        return Reason.NOT_RUN.equals(outcome.reason());
    }

    /** The same, seen {@code age} after it was taken. */
    public CheckResult aged(Duration newAge) {
        return new CheckResult(spec, status, rawStatus, outcome, startedAt, took, newAge, since, streak, rootCause);
    }
}
