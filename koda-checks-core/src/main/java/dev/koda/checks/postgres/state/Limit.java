package dev.koda.checks.postgres.state;

import dev.koda.checks.Status;
import dev.koda.checks.Threshold;
import java.math.BigDecimal;

/**
 * Two upper limits in the unit of what they hold for.
 *
 * @param warn above this somebody should look
 * @param fail above this it does not work, or soon will not; infinite if it never fails
 */
public record Limit(double warn, double fail) {
    public Limit {
        if (!(warn <= fail)) {
            throw new IllegalArgumentException("warn must not be above fail, not " + warn + " above " + fail);
        }
    }

    /** A limit that never fails: nothing is beyond infinity. */
    public static Limit warnOnly(double warn) {
        return new Limit(warn, Double.POSITIVE_INFINITY);
    }

    Status judge(double value) {
        if (value > fail) {
            return Status.FAIL;
        }
        return value > warn ? Status.WARN : Status.PASS;
    }

    /** The limit that a value of this status is beyond, or that of warn. */
    double crossed(Status status) {
        return status == Status.FAIL ? fail : warn;
    }

    /** The limit as people read it: {@code 80}, or {@code 92.5}. */
    static String plain(double limit) {
        return Double.isInfinite(limit)
                ? "none"
                : BigDecimal.valueOf(limit).stripTrailingZeros().toPlainString();
    }

    /** A value as people read it, to a tenth: rounded up where it is above a limit, so that it also reads so, else down. */
    static String shown(double value, Status status) {
        double tenths = value * 10;
        return plain((status == Status.PASS ? Math.floor(tenths) : Math.ceil(tenths)) / 10);
    }

    Threshold threshold(String of, String unit) {
        return new Threshold(of, Threshold.Direction.ABOVE, unit, warn, Double.isInfinite(fail) ? null : fail);
    }
}
