package dev.koda.checks.backup;

import java.time.Instant;
import java.util.Objects;

/**
 * One backup that was completed.
 *
 * @param endedAt when it was complete, by the clock of whoever made it
 * @param bytes its size; {@link #UNKNOWN_SIZE} if that is not known
 */
public record Backup(Instant endedAt, long bytes) {
    /** Nobody says how big it is; then its size is not judged. */
    public static final long UNKNOWN_SIZE = -1;

    public Backup {
        Objects.requireNonNull(endedAt, "endedAt");
        if (bytes < UNKNOWN_SIZE) {
            throw new IllegalArgumentException("bytes must be a size, not " + bytes);
        }
    }

    boolean hasSize() {
        return bytes >= 0;
    }
}
