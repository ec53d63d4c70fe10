package dev.koda.checks.heartbeat;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one that is expected.
 *
 * @param expectedSince when it was first declared
 * @param last the last one that was heard, or null if none was
 */
public record Heartbeat(Instant expectedSince, @Nullable Beat last) {
    public Heartbeat {
        Objects.requireNonNull(expectedSince, "expectedSince");
    }

    /**
     * One that was heard.
     *
     * @param at when
     * @param exit the exit code of what ran; 0 if it did its work
     */
    public record Beat(Instant at, int exit) {
        public Beat {
            Objects.requireNonNull(at, "at");
        }
    }
}
