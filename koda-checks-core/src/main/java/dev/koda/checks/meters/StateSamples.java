package dev.koda.checks.meters;

import java.util.List;

/**
 * Where collectors put what they read from the database of a Koda, for metrics of the catalogue that have the source
 * {@code state}; and the server what it knows of itself at a time, for those that are its own (sources {@code server} and
 * {@code operations}). A scrape shows what was put last; it never asks a collector.
 *
 * <p>The first call for a metric makes the state its active source: what events record is not shown from then on, and the
 * two are never added up. Label values are held to the metric's declaration: what does not fit it becomes {@code other},
 * and samples that then have the same labels are added up (of a state or a share, the greatest is shown). Thread-safe;
 * nothing blocks.
 *
 * <p>Every method throws {@link IllegalArgumentException} for a name that the catalogue lacks, or has with the sources
 * {@code events} and {@code checks} alone.
 */
public interface StateSamples {
    /**
     * One sample.
     *
     * @param labelValues in the order of the metric's labels
     * @param value as it stands; of a counter not negative
     */
    record Sample(List<String> labelValues, double value) {
        public Sample {
            labelValues = List.copyOf(labelValues);
        }
    }

    /**
     * The observations of one histogram.
     *
     * @param labelValues in the order of the metric's labels
     * @param bucketCounts how many fell into each bucket alone, in the order of the metric's bounds, and last how many
     *     lie above all of them: one more than there are bounds
     * @param sum of all observations
     */
    record Distribution(List<String> labelValues, List<Long> bucketCounts, double sum) {
        public Distribution {
            labelValues = List.copyOf(labelValues);
            bucketCounts = List.copyOf(bucketCounts);
        }
    }

    /**
     * Shows these samples of a counter or a gauge from now on, and none of those before. The caller keeps counters from
     * falling.
     *
     * @param metric its name in the catalogue
     * @param samples may be empty, which shows none, as {@link #clear} does
     * @throws IllegalArgumentException also if the metric is a histogram, a sample has not one value for each label, or
     *     the value of a counter is negative or no number
     */
    void publish(String metric, List<Sample> samples);

    /**
     * Shows these observations of a histogram from now on, and none of those before.
     *
     * @param metric its name in the catalogue
     * @throws IllegalArgumentException also if the metric is no histogram, or values or counts do not fit it
     */
    void publishDistributions(String metric, List<Distribution> distributions);

    /** Shows no sample of the metric until the next are published; its name, type and help stay visible. */
    void clear(String metric);

    /** Makes what events record the active source again. */
    void release(String metric);

    /** A sample of a metric without labels. */
    static Sample sample(double value) {
        return new Sample(List.of(), value);
    }

    /** A sample with these label values. */
    static Sample sample(double value, String... labelValues) {
        return new Sample(List.of(labelValues), value);
    }
}
