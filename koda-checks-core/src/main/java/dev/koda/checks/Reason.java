package dev.koda.checks;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A stable, machine-readable code for why a status is what it is. Codes are append-only: consumers match on them.
 *
 * @param code a snake_case word, such as {@code low_space}
 */
public record Reason(String code) {
    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    /** Not evaluated yet. */
    public static final Reason PENDING = new Reason("pending");
    /** The last result is too old to be believed. */
    public static final Reason STALE = new Reason("stale");
    /** No answer within the time-out or the deadline. */
    public static final Reason TIMEOUT = new Reason("timeout");
    /** Waits for a check that failed, which {@code root_cause} names. */
    public static final Reason NOT_RUN = new Reason("not_run");
    /** The check threw. */
    public static final Reason ERROR = new Reason("error");
    /** The check answered nothing usable, such as null. */
    public static final Reason INVALID_OUTCOME = new Reason("invalid_outcome");
    /** The check was removed or the engine closed while it ran. */
    public static final Reason CANCELLED = new Reason("cancelled");
    /** All threads for blocking checks were taken. */
    public static final Reason REJECTED = new Reason("rejected");
    /** The process takes no new work because it is about to end. */
    public static final Reason DRAINING = new Reason("draining");

    public Reason {
        Objects.requireNonNull(code, "code");
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException("reason '" + code + "' is not a snake_case word");
        }
    }

    @Override
    public String toString() {
        return code;
    }
}
