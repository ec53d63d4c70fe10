package dev.koda.checks.network;

/**
 * By how much clocks may differ.
 *
 * @param warnSeconds warns above
 * @param failSeconds fails above
 */
public record ClockLimits(double warnSeconds, double failSeconds) {
    /** From here on S3 refuses requests: its RequestTimeTooSkewed allows 15 minutes. */
    static final double S3_SIGNATURE_SECONDS = 900;

    /** 2 s, below which a {@code Date} header tells nothing, and 30 s. */
    public static final ClockLimits DEFAULT = new ClockLimits(2, 30);

    public ClockLimits {
        if (!(0 <= warnSeconds && warnSeconds <= failSeconds)) {
            throw new IllegalArgumentException("limits must be 0 <= warn <= fail seconds");
        }
    }
}
