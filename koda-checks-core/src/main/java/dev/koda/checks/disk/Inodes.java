package dev.koda.checks.disk;

import dev.koda.checks.Outcome;
import dev.koda.checks.Status;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How many files a volume can hold, and how many more.
 *
 * @param total 0 where the file system makes inodes as it needs them
 * @param free how many more
 */
record Inodes(long total, long free) {
    private static final Pattern TWO_NUMBERS = Pattern.compile("\\s*(\\d{1,18}) (\\d{1,18})\\s*");

    /** Reads {@code total free}, as {@code stat -f -c '%c %d'} prints them; empty if it is something else. */
    static Optional<Inodes> parse(String text) {
        var numbers = TWO_NUMBERS.matcher(text);
        return numbers.matches()
                ? Optional.of(new Inodes(Long.parseLong(numbers.group(1)), Long.parseLong(numbers.group(2))))
                : Optional.empty();
    }

    Outcome judge(Path path, DiskOptions.Shares limits) {
        if (total == 0) {
            return Outcome.skipped("the file system has no fixed number of inodes");
        }
        double percent = Math.floor(free * 1000.0 / total) / 10.0;
        var outcome = Outcome.below("free", percent, "percent")
                .warn(limits.warnPercent())
                .fail(limits.failPercent())
                .observed("free_inodes", free, "inodes")
                .observed("total_inodes", total, "inodes");
        double limit = outcome.status() == Status.FAIL ? limits.failPercent() : limits.warnPercent();
        var told = outcome.message(
                String.format(Locale.ROOT, "%.1f %% of the inodes free, limit %.1f %%", percent, limit));
        return told.status() == Status.PASS
                ? told
                : told.reason("low_inodes")
                        .hint("remove small files below " + path + ", or make the file system anew with more inodes");
    }
}
