package dev.koda.checks.postgres.state;

import dev.koda.checks.Status;
import dev.koda.checks.Threshold;

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

    Threshold threshold(String of, String unit) {
        return new Threshold(of, Threshold.Direction.ABOVE, unit, warn, Double.isInfinite(fail) ? null : fail);
    }
}
