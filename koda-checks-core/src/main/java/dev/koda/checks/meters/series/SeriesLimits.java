package dev.koda.checks.meters.series;

/**
 * How many samples the meters of one registry may show. Every metric has room for one set of label values in any case,
 * that of {@code other}.
 *
 * @param all most samples of all metrics together
 * @param ofOne most samples of one metric
 */
public record SeriesLimits(int all, int ofOne) {
    /** 4,000 of all metrics and 600 of one, so that a scrape with those of the JVM and the checks stays below 5,000. */
    public static final SeriesLimits DEFAULT = new SeriesLimits(4_000, 600);

    public SeriesLimits {
        if (all < 1 || ofOne < 1) {
            throw new IllegalArgumentException("limits must be at least 1, not " + all + " and " + ofOne);
        }
    }
}
