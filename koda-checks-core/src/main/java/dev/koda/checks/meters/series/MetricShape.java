package dev.koda.checks.meters.series;

import dev.koda.checks.meters.CatalogMetric;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;

/** How one metric of the catalogue looks to Prometheus. Immutable. */
final class MetricShape {
    private final CatalogMetric metric;
    private final MetricMetadata metadata;
    private final double[] bounds;
    private final MetricSnapshot empty;

    MetricShape(CatalogMetric metric) {
        this.metric = metric;
        metadata = descriptor().getMetadata();
        bounds = new double[metric.buckets().size()];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = metric.buckets().get(i);
        }
        empty = switch (metric.type()) {
            case COUNTER -> new CounterSnapshot(metadata, List.of());
            case GAUGE -> new GaugeSnapshot(metadata, List.of());
            case HISTOGRAM -> new HistogramSnapshot(metadata, List.of());
        };
    }

    CatalogMetric metric() {
        return metric;
    }

    double[] bounds() {
        return bounds;
    }

    MetricFamilyDescriptor descriptor() {
        var builder = switch (metric.type()) {
            case COUNTER -> MetricFamilyDescriptor.counter(metric.name());
            case GAUGE -> MetricFamilyDescriptor.gauge(metric.name());
            case HISTOGRAM -> MetricFamilyDescriptor.histogram(metric.name());
        };
        return builder.help(metric.help()).labelNames(metric.labelNames()).build();
    }

    /** Without a sample. */
    MetricSnapshot empty() {
        return empty;
    }

    MetricSnapshot counters(List<Meter.Shown<CounterSeries>> shown) {
        var points = new ArrayList<CounterDataPointSnapshot>(shown.size());
        shown.forEach(one -> points.add(counter(one.labels(), one.series().value())));
        return new CounterSnapshot(metadata, points);
    }

    MetricSnapshot gauges(List<Meter.Shown<GaugeSeries>> shown) {
        var points = new ArrayList<GaugeDataPointSnapshot>(shown.size());
        shown.forEach(one -> points.add(gauge(one.labels(), one.series().value())));
        return new GaugeSnapshot(metadata, points);
    }

    MetricSnapshot histograms(List<Meter.Shown<HistogramSeries>> shown) {
        var points = new ArrayList<HistogramDataPointSnapshot>(shown.size());
        shown.forEach(one -> points.add(
                histogram(one.labels(), one.series().counts(), one.series().sum())));
        return histogramsOf(points);
    }

    MetricSnapshot countersOf(List<CounterDataPointSnapshot> points) {
        return new CounterSnapshot(metadata, points);
    }

    MetricSnapshot gaugesOf(List<GaugeDataPointSnapshot> points) {
        return new GaugeSnapshot(metadata, points);
    }

    MetricSnapshot histogramsOf(List<HistogramDataPointSnapshot> points) {
        return new HistogramSnapshot(metadata, points);
    }

    @SuppressWarnings("NullAway") // a counter without an exemplar is made with null
    static CounterDataPointSnapshot counter(Labels labels, double value) {
        return new CounterDataPointSnapshot(value, labels, null, 0L);
    }

    @SuppressWarnings("NullAway") // a gauge without an exemplar is made with null
    static GaugeDataPointSnapshot gauge(Labels labels, double value) {
        return new GaugeDataPointSnapshot(value, labels, null);
    }

    HistogramDataPointSnapshot histogram(Labels labels, long[] counts, double sum) {
        var upTo = new double[bounds.length + 1];
        System.arraycopy(bounds, 0, upTo, 0, bounds.length);
        upTo[bounds.length] = Double.POSITIVE_INFINITY;
        var buckets = ClassicHistogramBuckets.of(upTo, counts);
        return new HistogramDataPointSnapshot(buckets, sum, labels, Exemplars.EMPTY, 0L);
    }
}
