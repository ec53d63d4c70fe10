package dev.koda.checks.meters.series;

import dev.koda.checks.meters.CatalogMetric;
import dev.koda.checks.meters.StateSamples.Distribution;
import dev.koda.checks.meters.StateSamples.Sample;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** What a collector published of one metric, as the next scrapes show it. Thread-safe. */
final class StateTable {
    /** Units whose values mean nothing when they are added up. */
    private static final Set<String> NOT_ADDED = Set.of("state", "ratio", "percent", "timestamp");

    private final MetricShape shape;
    private final SeriesRoom room;
    private final Runnable overflow;
    private volatile @Nullable MetricSnapshot now;

    StateTable(MetricShape shape, SeriesRoom room, Runnable overflow) {
        this.shape = shape;
        this.room = room;
        this.overflow = overflow;
    }

    /** What to show, or null while events are the active source. */
    @Nullable
    MetricSnapshot now() {
        return now;
    }

    void clear() {
        show(shape.empty());
    }

    void release() {
        show(null);
    }

    private void show(@Nullable MetricSnapshot next) {
        synchronized (room) {
            room.clear();
            now = next;
        }
    }

    void publish(List<Sample> samples) {
        var type = shape.metric().type();
        if (type == CatalogMetric.Type.HISTOGRAM) {
            throw new IllegalArgumentException(shape.metric().name() + " is a histogram: it takes distributions");
        }
        boolean isCounter = type == CatalogMetric.Type.COUNTER;
        if (isCounter && !samples.stream().allMatch(sample -> sample.value() >= 0)) {
            throw new IllegalArgumentException(shape.metric().name() + " is a counter: it takes no value below 0");
        }
        DoubleBinaryOperator both = NOT_ADDED.contains(shape.metric().unit()) ? Math::max : Double::sum;
        synchronized (room) {
            room.clear();
            var merged = new TreeMap<Labels, Double>();
            for (var sample : samples) {
                merged.merge(labels(sample.labelValues()), sample.value(), both::applyAsDouble);
            }
            now = isCounter
                    ? shape.countersOf(merged.entrySet().stream()
                            .map(one -> MetricShape.counter(one.getKey(), one.getValue()))
                            .toList())
                    : shape.gaugesOf(merged.entrySet().stream()
                            .map(one -> MetricShape.gauge(one.getKey(), one.getValue()))
                            .toList());
        }
    }

    void publishDistributions(List<Distribution> distributions) {
        if (shape.metric().type() != CatalogMetric.Type.HISTOGRAM) {
            throw new IllegalArgumentException(shape.metric().name() + " is no histogram: it takes samples");
        }
        distributions.forEach(this::requireBuckets);
        synchronized (room) {
            room.clear();
            var merged = new TreeMap<Labels, Distribution>();
            for (var one : distributions) {
                merged.merge(labels(one.labelValues()), one, StateTable::sum);
            }
            now = shape.histogramsOf(merged.entrySet().stream()
                    .map(one -> shape.histogram(
                            one.getKey(), counts(one.getValue()), one.getValue().sum()))
                    .toList());
        }
    }

    private Labels labels(List<String> values) {
        var set = room.place(values);
        if (!set.equals(values)) {
            overflow.run();
        }
        return Labels.of(shape.metric().labelNames(), set);
    }

    private void requireBuckets(Distribution one) {
        int expected = shape.bounds().length + 1;
        if (one.bucketCounts().size() != expected || one.bucketCounts().stream().anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException(
                    shape.metric().name() + " takes " + expected + " counts of 0 or more, not " + one.bucketCounts());
        }
    }

    private static Distribution sum(Distribution a, Distribution b) {
        var counts = LongStream.range(0, a.bucketCounts().size())
                .mapToObj(i -> a.bucketCounts().get((int) i) + b.bucketCounts().get((int) i))
                .toList();
        return new Distribution(a.labelValues(), counts, a.sum() + b.sum());
    }

    private static long[] counts(Distribution one) {
        return one.bucketCounts().stream().mapToLong(Long::longValue).toArray();
    }
}
