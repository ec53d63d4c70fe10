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
 * @param failureWarnWithin warns if archiving failed less long ago, and not worked since
 * @param failureFailWithin fails if it did so less long ago
 */
public record BackupOptions(
        Duration warnAfter,
        Duration failAfter,
        Duration lateWhileRunning,
        Duration restoreWarnAfter,
        @Nullable Duration restoreFailAfter,
        Duration archiveWarnAfter,
        Duration archiveFailAfter,
        Duration failureWarnWithin,
        Duration failureFailWithin) {
    public BackupOptions {
        requireOrder("age", warnAfter, failAfter);
        if (lateWhileRunning.isNegative()) {
            throw new IllegalArgumentException("lateWhileRunning must not be negative");
        }
        requireOrder("restore", restoreWarnAfter, restoreFailAfter == null ? restoreWarnAfter : restoreFailAfter);
        requireOrder("archive", archiveWarnAfter, archiveFailAfter);
        if (failureFailWithin.isNegative() || failureWarnWithin.compareTo(failureFailWithin) < 0) {
            throw new IllegalArgumentException("limits of a failure to archive must be 0 <= fail <= warn");
        }
    }

    /**
     * 24 h, of which Koda's monitoring page speaks, 2 h more while one is running, 30 days for a restore, for WAL 15 min
     * and 1 h, and for a failure to archive it 24 h and 1 h, as in pgEdge's pg-healthcheck.
     */
    public static BackupOptions defaults() {
        var day = Duration.ofDays(1);
        return new BackupOptions(
                day,
                day,
                Duration.ofHours(2),
                Duration.ofDays(30),
                null,
                Duration.ofMinutes(15),
                Duration.ofHours(1),
                day,
                Duration.ofHours(1));
    }

    /** The same with other limits of the age. */
    public BackupOptions age(Duration warn, Duration fail) {
        return new BackupOptions(
                warn,
                fail,
                lateWhileRunning,
                restoreWarnAfter,
                restoreFailAfter,
                archiveWarnAfter,
                archiveFailAfter,
                failureWarnWithin,
                failureFailWithin);
    }

    /** The same with other limits of the last restore. */
    public BackupOptions restore(Duration warn, @Nullable Duration fail) {
        return new BackupOptions(
                warnAfter,
                failAfter,
                lateWhileRunning,
                warn,
                fail,
                archiveWarnAfter,
                archiveFailAfter,
                failureWarnWithin,
                failureFailWithin);
    }

    /** The same with other limits of WAL that waits to be archived. */
    public BackupOptions archive(Duration warn, Duration fail) {
        return new BackupOptions(
                warnAfter,
                failAfter,
                lateWhileRunning,
                restoreWarnAfter,
                restoreFailAfter,
                warn,
                fail,
                failureWarnWithin,
                failureFailWithin);
    }

    /** The same with other limits of a failure to archive WAL: it matters less the longer it is ago. */
    public BackupOptions archiveFailure(Duration warn, Duration fail) {
        return new BackupOptions(
                warnAfter,
                failAfter,
                lateWhileRunning,
                restoreWarnAfter,
                restoreFailAfter,
                archiveWarnAfter,
                archiveFailAfter,
                warn,
                fail);
    }

    private static void requireOrder(String what, Duration warn, Duration fail) {
        if (warn.isNegative() || fail.compareTo(warn) < 0) {
            throw new IllegalArgumentException("limits of " + what + " must be 0 <= warn <= fail");
        }
    }
}
