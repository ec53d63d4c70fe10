package dev.koda.checks.backup;

import dev.koda.checks.Outcome;
import dev.koda.checks.Status;
import dev.koda.checks.Threshold;
import dev.koda.checks.Threshold.Direction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Judges what a source knows; the first sentence that holds decides. */
final class AgeRule {
    /** What clocks that are kept by NTP differ at most, with room. */
    static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

    /** The median of fewer says nothing. */
    private static final int FEWEST_TO_COMPARE = 3;

    private static final double SHRUNKEN = 0.5;

    private final String source;
    private final BackupOptions options;

    AgeRule(String source, BackupOptions options) {
        this.source = source;
        this.options = options;
    }

    Outcome judge(Backups backups, Instant now) {
        var trouble = backups.trouble();
        if (trouble != null) {
            return trouble;
        }
        if (backups.newestFirst().isEmpty()) {
            return Outcome.fail(source + ": there is no backup")
                    .reason("no_backup")
                    .hint(
                            "make one now, then look why the job that should make them has not: its schedule and its log");
        }
        var newest = backups.newestFirst().get(0);
        var age = Duration.between(newest.endedAt(), now);
        if (age.plus(CLOCK_TOLERANCE).isNegative()) {
            return future(age.negated());
        }
        var outcome = newest.bytes() == 0 ? empty() : aged(age.isNegative() ? Duration.ZERO : age, backups);
        return newest.hasSize() ? outcome.observed("size", newest.bytes(), "bytes") : outcome;
    }

    private Outcome future(Duration ahead) {
        return Outcome.fail(source + ": the newest backup is stamped " + Figures.plain(Figures.hours(ahead))
                        + " h ahead of our clock, so its age is not known")
                .reason("future_stamp")
                .hint("synchronise the clocks of this host and of the one that makes the backups");
    }

    private Outcome empty() {
        return Outcome.fail(source + ": the newest backup is empty, 0 bytes")
                .reason("empty_backup")
                .hint("look at the log of the backup job: it ended without writing anything");
    }

    private Outcome aged(Duration age, Backups backups) {
        var limits = new Threshold(
                "age",
                Direction.ABOVE,
                "hours",
                Figures.exactHours(options.warnAfter()),
                Figures.exactHours(options.failAfter()));
        var status = limits.judge(Figures.exactHours(age));
        var judged = status == Status.PASS ? sized(age, backups) : late(age, status, backups.isRunning());
        return judged.observed("age", Figures.hours(age), "hours").threshold(limits);
    }

    private Outcome late(Duration age, Status status, boolean isRunning) {
        var limit = status == Status.FAIL ? options.failAfter() : options.warnAfter();
        var sentence = sentence(age) + ", limit " + Figures.plain(Figures.exactHours(limit)) + " h";
        boolean isLateOnly = isRunning && age.compareTo(options.failAfter().plus(options.lateWhileRunning())) <= 0;
        if (status == Status.FAIL && isLateOnly) {
            return Outcome.warn(sentence + ", and the next one is being made")
                    .reason("running_late")
                    .hint("let it end; if this happens often, start it earlier");
        }
        return Outcome.of(status, sentence)
                .reason("backup_old")
                .hint("look at the schedule and the log of the backup job, and make a backup now");
    }

    private Outcome sized(Duration age, Backups backups) {
        var newest = backups.newestFirst().get(0);
        var before = backups.newestFirst().stream()
                .skip(1)
                .limit(Newest.KEPT - 1)
                .filter(Backup::hasSize)
                .map(Backup::bytes)
                .sorted()
                .toList();
        if (newest.hasSize() && before.size() >= FEWEST_TO_COMPARE && newest.bytes() < SHRUNKEN * median(before)) {
            return Outcome.warn(source + ": the newest backup has " + Figures.size(newest.bytes())
                            + ", less than half of the median of the " + before.size() + " before it, "
                            + Figures.size(Math.round(median(before))))
                    .reason("shrunken")
                    .hint("look whether data is missing from it: restore it elsewhere and count");
        }
        return Outcome.pass(sentence(age));
    }

    private String sentence(Duration age) {
        return source + ": the newest backup is " + Figures.plain(Figures.hours(age)) + " h old";
    }

    private static double median(List<Long> sorted) {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2.0;
    }
}
