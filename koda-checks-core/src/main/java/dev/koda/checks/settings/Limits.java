package dev.koda.checks.settings;

/**
 * The limits of a check as koda.yaml sets them; what the file leaves out is the default.
 *
 * @param warn the limit of warn, in the unit of {@link LimitedCheck}
 * @param fail the limit of fail
 */
public record Limits(double warn, double fail) {
    /** The limits of an upper one that never fails: nothing is beyond infinity. */
    static Limits warnOnly(double warn) {
        return new Limits(warn, Double.POSITIVE_INFINITY);
    }
}
