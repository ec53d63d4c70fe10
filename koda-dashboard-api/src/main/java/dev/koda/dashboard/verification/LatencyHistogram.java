package dev.koda.dashboard.verification;

import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * How many latencies fell into which of 64 fixed buckets. Each is 2^(1/4) times as wide as the one before: four to an
 * octave, from 1 ms to a minute, so that a quantile is off by a tenth at most. Two of them add up bucket by bucket.
 *
 * <p>Immutable. The array of the store lacks the empty buckets at the end.
 */
final class LatencyHistogram {
    static final int BUCKETS = 64;
    private static final int PER_OCTAVE = 4;
    private static final double FIRST_MICROS = 1_000;

    static final LatencyHistogram EMPTY = new LatencyHistogram(new int[0]);

    private final int[] counts;

    private LatencyHistogram(int[] counts) {
        this.counts = counts;
    }

    /** Of one latency. */
    static LatencyHistogram of(Duration latency) {
        int bucket = bucket(latency.toNanos() / 1_000);
        var counts = new int[bucket + 1];
        counts[bucket] = 1;
        return new LatencyHistogram(counts);
    }

    /**
     * From the store.
     *
     * @throws IllegalArgumentException if there are more buckets than this has
     */
    static LatencyHistogram of(Integer[] counts) {
        if (counts.length > BUCKETS) {
            throw new IllegalArgumentException("a histogram has at most " + BUCKETS + " buckets");
        }
        return new LatencyHistogram(
                Arrays.stream(counts).mapToInt(Integer::intValue).toArray());
    }

    /** Where a latency falls: 0 is up to 1 ms, the last one all that is longer than the one before. */
    static int bucket(long micros) {
        if (micros <= FIRST_MICROS) {
            return 0;
        }
        double octaves = Math.log(micros / FIRST_MICROS) / Math.log(2);
        return Math.min(BUCKETS - 1, (int) Math.ceil(octaves * PER_OCTAVE - 1e-9));
    }

    /** The longest latency that falls into a bucket, in microseconds. */
    static double upperMicros(int bucket) {
        return FIRST_MICROS * Math.pow(2, (double) bucket / PER_OCTAVE);
    }

    LatencyHistogram plus(LatencyHistogram other) {
        var sum = Arrays.copyOf(counts, Math.max(counts.length, other.counts.length));
        for (int i = 0; i < other.counts.length; i++) {
            sum[i] += other.counts[i];
        }
        return new LatencyHistogram(sum);
    }

    /** How many latencies there are. */
    long count() {
        return Arrays.stream(counts).asLongStream().sum();
    }

    /**
     * The latency in microseconds that this part of all are not longer than: the middle of its bucket.
     *
     * @param part above 0 and at most 1, such as 0.95
     */
    OptionalLong quantileMicros(double part) {
        long rank = (long) Math.ceil(part * count());
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (counts[i] > 0 && seen >= rank) {
                return OptionalLong.of(Math.round(i == 0 ? FIRST_MICROS / 2 : upperMicros(i) * Math.pow(2, -0.125)));
            }
        }
        return OptionalLong.empty();
    }

    /** As a literal of the database. */
    String literal() {
        return Arrays.toString(counts).replace('[', '{').replace(']', '}').replace(" ", "");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LatencyHistogram that && Arrays.equals(trimmed(), that.trimmed());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(trimmed());
    }

    private int[] trimmed() {
        int length = counts.length;
        while (length > 0 && counts[length - 1] == 0) {
            length--;
        }
        return Arrays.copyOf(counts, length);
    }

    @Override
    public String toString() {
        return literal();
    }
}
