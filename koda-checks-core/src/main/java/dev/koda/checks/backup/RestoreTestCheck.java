package dev.koda.checks.backup;

import dev.koda.checks.CheckContext;
import dev.koda.checks.CheckSpec.BlockingCheck;
import dev.koda.checks.Outcome;
import dev.koda.checks.Status;
import dev.koda.checks.Threshold;
import dev.koda.checks.Threshold.Direction;
import dev.koda.checks.TimeSource;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/** How long ago was a restore proven? A backup that nobody has restored is a hope. */
final class RestoreTestCheck implements BlockingCheck {
    private static final String HINT = "restore the newest backup elsewhere, look at what came back, then touch ";

    private final Path marker;
    private final BackupOptions options;
    private final TimeSource time;

    RestoreTestCheck(Path marker, BackupOptions options, TimeSource time) {
        this.marker = marker;
        this.options = options;
        this.time = time;
    }

    @Override
    public Outcome run(CheckContext context) throws IOException {
        try {
            return judge(Duration.between(Files.getLastModifiedTime(marker).toInstant(), time.now()));
        } catch (NoSuchFileException never) {
            return Outcome.warn("no restore was ever proven: " + marker + " is not there")
                    .reason("never_restored")
                    .hint(HINT + marker);
        } catch (AccessDeniedException denied) {
            return Outcome.warn(marker + " cannot be reached by this user")
                    .reason("access_denied")
                    .hint("let this user enter the directory of " + marker);
        }
    }

    private Outcome judge(Duration age) {
        if (age.plus(AgeRule.CLOCK_TOLERANCE).isNegative()) {
            return Outcome.warn("the last restore is stamped " + Figures.plain(Figures.days(age.negated()))
                            + " d ahead of our clock")
                    .reason("future_stamp")
                    .hint("correct the clock of this host, or the time of " + marker);
        }
        var failAfter = options.restoreFailAfter();
        var limits = new Threshold(
                "age",
                Direction.ABOVE,
                "days",
                Figures.exactDays(options.restoreWarnAfter()),
                failAfter == null ? null : Figures.exactDays(failAfter));
        var status = limits.judge(Figures.exactDays(age));
        var days = Math.max(0, Figures.days(age));
        var seen = "the last restore was proven " + Figures.plain(days) + " d ago";
        var limit = status == Status.FAIL && failAfter != null ? failAfter : options.restoreWarnAfter();
        var outcome = status == Status.PASS
                ? Outcome.pass(seen)
                : Outcome.of(status, seen + ", limit " + Figures.plain(Figures.exactDays(limit)) + " d")
                        .reason("restore_old")
                        .hint(HINT + marker);
        return outcome.observed("age", days, "days").threshold(limits);
    }
}
