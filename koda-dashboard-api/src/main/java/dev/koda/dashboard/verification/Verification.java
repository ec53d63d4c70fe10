package dev.koda.dashboard.verification;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One result. Prints no message.
 *
 * @param subject what it is of
 * @param id of its own
 * @param startedAt in whole microseconds, as the store keeps them
 * @param vouches for how long after its start its status is taken to hold
 * @param trigger why it was made
 * @param reason the stable word for why it is not pass, or null
 * @param message what was seen, without secrets, or null
 * @param latency how long it took, or null if nothing ran
 * @param httpStatus what a server answered, or null if it did not or that is not known
 * @param credential which credential was shown, or null if there is none or it has no fingerprint
 * @param revision of the configuration, or null
 * @param node the server that ran it
 */
record Verification(
        String subject,
        UUID id,
        Instant startedAt,
        Duration vouches,
        Trigger trigger,
        Standing standing,
        @Nullable String reason,
        @Nullable String message,
        @Nullable Duration latency,
        @Nullable Integer httpStatus,
        @Nullable Fingerprint credential,
        @Nullable String revision,
        String node) {
    /** Why a verification was made. */
    enum Trigger {
        SCHEDULE,
        DEMAND,
        DOCTOR;

        /** In lower case, as in JSON and in the store. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How far the clocks of servers may differ. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    Verification {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(id, "id");
        startedAt = startedAt.truncatedTo(ChronoUnit.MICROS);
        vouches = vouches.truncatedTo(ChronoUnit.MICROS);
        Objects.requireNonNull(trigger, "trigger");
        Objects.requireNonNull(standing, "standing");
        Objects.requireNonNull(node, "node");
    }

    /** Until when its status is taken to hold, unless another result comes first. */
    Instant until() {
        return startedAt.plus(vouches);
    }

    /**
     * Whether a moment that a server wrote as past lies so far ahead that its clock was wrong. What it says then holds off
     * nothing until the right clocks have caught up.
     */
    static boolean isAhead(Instant at, Instant now) {
        return at.isAfter(now.plus(SKEW));
    }

    /** Half an interval longer than until the next one is due, and some time for that one to run. */
    static Duration vouches(Duration every) {
        return every.multipliedBy(3).dividedBy(2).plusSeconds(30);
    }

    @Override
    public String toString() {
        return subject + " " + standing + " at " + startedAt;
    }
}
