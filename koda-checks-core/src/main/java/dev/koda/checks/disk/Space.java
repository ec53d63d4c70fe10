package dev.koda.checks.disk;

import dev.koda.checks.Outcome;
import dev.koda.checks.Status;
import dev.koda.checks.Threshold;
import dev.koda.checks.Threshold.Direction;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The room of a volume in bytes.
 *
 * @param total its size
 * @param free what is available to us
 */
record Space(long total, long free) {
    private static final double GIB = 1L << 30;
    /** More than a percentage loses on its way through bytes, less than one byte of any disk. */
    private static final double ROUNDING_ERROR = 1e-12;

    Outcome judge(Path path, DiskOptions options) {
        if (total <= 0) {
            return Outcome.warn("the size of the volume of " + path + " cannot be read")
                    .reason("unknown_size")
                    .hint("a pseudo file system is no place for state: choose another directory");
        }
        double warnShare = share(options.space().warnPercent());
        double failShare = share(options.space().failPercent());
        double fail = Math.max(Math.min(failShare, (double) options.enoughBytes()), (double) options.tooFewBytes());
        double warn = Math.max(Math.max(warnShare, (double) options.fewBytes()), fail);
        var status = free < fail ? Status.FAIL : free < warn ? Status.WARN : Status.PASS;
        double limit = status == Status.FAIL ? fail : warn;
        boolean isShare = limit == (status == Status.FAIL ? failShare : warnShare);
        var outcome = Outcome.of(status, sentence(isShare, limit))
                .observed("free", rounded(percent((double) free)), "percent")
                .observed("free_bytes", free, "bytes")
                .observed("total_bytes", total, "bytes")
                .threshold(new Threshold("free", Direction.BELOW, "percent", shownLimit(warn), shownLimit(fail)))
                .threshold(new Threshold("free_bytes", Direction.BELOW, "bytes", Math.ceil(warn), Math.ceil(fail)));
        return status == Status.PASS
                ? outcome
                : outcome.reason("low_space")
                        .hint("grow the volume of " + path + ", or remove what is not needed there");
    }

    private String sentence(boolean isShare, double limit) {
        var seen = String.format(
                Locale.ROOT,
                "%.1f %% free (%.1f of %.1f GiB)",
                rounded(percent((double) free)),
                free / GIB,
                total / GIB);
        return isShare
                ? String.format(Locale.ROOT, "%s, limit %.1f %%", seen, shownLimit(limit))
                : String.format(Locale.ROOT, "%s, limit %.1f GiB", seen, limit / GIB);
    }

    private double share(double percent) {
        return total / 100.0 * percent;
    }

    /** One number for text and JSON, rounded down like what is held against it; 15 % of odd bytes is not 14.9 %. */
    private double shownLimit(double bytes) {
        return rounded(percent(bytes) + ROUNDING_ERROR);
    }

    /** Rounded down, so that what is below a limit also reads so. */
    private static double rounded(double percent) {
        return Math.floor(percent * 10) / 10.0;
    }

    private double percent(double bytes) {
        return bytes * 100.0 / total;
    }
}
