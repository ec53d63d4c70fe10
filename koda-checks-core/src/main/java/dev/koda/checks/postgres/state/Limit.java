package dev.koda.checks.postgres.state;

/**
 * Two upper limits in the unit of what they hold for.
 *
 * @param warn above this somebody should look
 * @param fail above this it does not work, or soon will not
 */
public record Limit(double warn, double fail) {
    public Limit {
        if (!(warn <= fail)) {
            throw new IllegalArgumentException("warn must not be above fail, not " + warn + " above " + fail);
        }
    }
}
