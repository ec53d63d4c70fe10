package dev.koda.dashboard.verification;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a subject stands after its last result.
 *
 * @param verifiedAt the start of that result
 * @param interval the one that it belongs to
 * @param message of that result, or null
 * @param reason of that result, or null
 * @param credential the last that was known, or null
 * @param revision the last that was known, or null
 * @param incident the one that is open, or null
 */
record State(
        Instant verifiedAt,
        Interval interval,
        @Nullable String reason,
        @Nullable String message,
        @Nullable Fingerprint credential,
        @Nullable String revision,
        @Nullable Open incident) {
    /**
     * An incident that goes on.
     *
     * @param failures how many results it has
     */
    record Open(Instant since, int failures) {}

    /** The same as it was at a moment before its last result: all that it says about later is taken back. */
    State cutAt(Instant at) {
        var since = interval.since().isBefore(at) ? interval.since() : at;
        var until = interval.until().isBefore(at) ? interval.until() : at;
        return new State(
                at,
                new Interval(since, until, interval.standing(), interval.reason(), interval.runs()),
                reason,
                message,
                credential,
                revision,
                incident);
    }

    /** What is the case at a moment: what the last result vouches for, or unknown. */
    Standing at(Instant now) {
        return interval.until().isAfter(now) ? interval.standing() : Standing.UNKNOWN;
    }
}
