package dev.koda.checks.backup;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The limits of the backup checks; {@link #defaults} is what they are unless told otherwise.
 *
 * @param warnAfter warns if the newest backup is older
 * @param failAfter fails if it is older
 * @param lateWhileRunning what it may be older than {@code failAfter} and only warn, while the next one is being made
 * @param restoreWarnAfter warns if the last proven restore is longer ago
 * @param restoreFailAfter fails if it is longer ago; null to never fail
 * @param archiveWarnAfter warns if WAL that is complete waits longer to be archived
 * @param archiveFailAfter fails if it waits longer
 */
public record BackupOptions(
        Duration warnAfter,
        Duration failAfter,
        Duration lateWhileRunning,
        Duration restoreWarnAfter,
        @Nullable Duration restoreFailAfter,
        Duration archiveWarnAfter,
        Duration archiveFailAfter) {
    public BackupOptions {
        requireOrder("age", warnAfter, failAfter);
        if (lateWhileRunning.isNegative()) {
            throw new IllegalArgumentException("lateWhileRunning must not be negative");
        }
        requireOrder("restore", restoreWarnAfter, restoreFailAfter == null ? restoreWarnAfter : restoreFailAfter);
        requireOrder("archive", archiveWarnAfter, archiveFailAfter);
    }

    /**
     * 24 h, of which Koda's monitoring page speaks, 2 h more while one is running, 30 days for a restore, and for WAL 15
     * min and 1 h, as in pgEdge's pg-healthcheck.
     */
    public static BackupOptions defaults() {
        var day = Duration.ofDays(1);
        return new BackupOptions(
                day, day, Duration.ofHours(2), Duration.ofDays(30), null, Duration.ofMinutes(15), Duration.ofHours(1));
    }

    /** The same with other limits of the age. */
    public BackupOptions age(Duration warn, Duration fail) {
        return new BackupOptions(
                warn, fail, lateWhileRunning, restoreWarnAfter, restoreFailAfter, archiveWarnAfter, archiveFailAfter);
    }

    /** The same with other limits of the last restore. */
    public BackupOptions restore(Duration warn, @Nullable Duration fail) {
        return new BackupOptions(
                warnAfter, failAfter, lateWhileRunning, warn, fail, archiveWarnAfter, archiveFailAfter);
    }

    /** The same with other limits of WAL that waits to be archived. */
    public BackupOptions archive(Duration warn, Duration fail) {
        return new BackupOptions(
                warnAfter, failAfter, lateWhileRunning, restoreWarnAfter, restoreFailAfter, warn, fail);
    }

    private static void requireOrder(String what, Duration warn, Duration fail) {
        if (warn.isNegative() || fail.compareTo(warn) < 0) {
            throw new IllegalArgumentException("limits of " + what + " must be 0 <= warn <= fail");
        }
    }
}
