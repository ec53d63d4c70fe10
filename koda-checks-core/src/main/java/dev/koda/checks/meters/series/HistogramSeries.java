package dev.koda.checks.meters.series;

import java.time.Duration;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/**
 * One histogram with its label values. Thread-safe; recording allocates nothing and never waits. A scrape that comes
 * between the two steps of a recording shows its bucket without its part of the sum.
 */
public final class HistogramSeries {
    private static final double NANOS = 1e9;

    private final double[] bounds;
    private final LongAdder[] counts;
    private final DoubleAdder sum = new DoubleAdder();

    /** Shares the bounds with all others of its metric. */
    HistogramSeries(double[] bounds) {
        this.bounds = bounds;
        counts = new LongAdder[bounds.length + 1];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    /** Records an observation in the unit of the metric; what is no number is left out. */
    public void observe(double value) {
        if (Double.isNaN(value)) {
            return;
        }
        int bucket = 0;
        while (bucket < bounds.length && value > bounds[bucket]) {
            bucket++;
        }
        counts[bucket].increment();
        sum.add(value);
    }

    /** Records how long something took, for a metric in seconds. */
    public void observe(Duration took) {
        observe(took.toNanos() / NANOS);
    }

    /** Records how long something took, for a metric in seconds. */
    public void observeNanos(long took) {
        observe(took / NANOS);
    }

    /** How many fell into each bucket alone, and last those above all bounds. */
    long[] counts() {
        var now = new long[counts.length];
        for (int i = 0; i < now.length; i++) {
            now[i] = counts[i].sum();
        }
        return now;
    }

    double sum() {
        return sum.sum();
    }
}
