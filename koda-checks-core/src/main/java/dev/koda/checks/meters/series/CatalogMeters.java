package dev.koda.checks.meters.series;

import dev.koda.checks.meters.CatalogMetric;
import dev.koda.checks.meters.CatalogMetric.Source;
import dev.koda.checks.meters.StateSamples;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Metrics of the catalogue in one registry. A metric without a sample is still in what the registry hands out, so that a
 * writer can show its name, type and help. Thread-safe.
 */
public final class CatalogMeters {
    /** Counts the label values that were shown as {@code other}, if it is among the metrics. */
    public static final String OVERFLOW = "koda_metrics_label_overflow_total";

    private static final Set<Source> PUBLISHED = Set.of(Source.STATE, Source.SERVER, Source.OPERATIONS);

    private final Map<String, Family<?>> families = new LinkedHashMap<>();

    private CatalogMeters(Collection<CatalogMetric> metrics, SeriesLimits limits) {
        int reserved = metrics.stream().mapToInt(CatalogMetric::samplesPerSet).sum();
        var budget = new SeriesBudget(limits.all() - reserved);
        for (var metric : metrics) {
            Runnable overflow = metric.name().equals(OVERFLOW) ? () -> {} : () -> overflowed(metric.name());
            families.put(metric.name(), family(new MetricShape(metric), budget, limits.ofOne(), overflow));
        }
    }

    private static Family<?> family(MetricShape shape, SeriesBudget budget, int most, Runnable overflow) {
        return switch (shape.metric().type()) {
            case COUNTER -> Family.of(shape, budget, most, overflow, CounterSeries::new, shape::counters);
            case GAUGE -> Family.of(shape, budget, most, overflow, GaugeSeries::new, shape::gauges);
            case HISTOGRAM ->
                Family.of(shape, budget, most, overflow, () -> new HistogramSeries(shape.bounds()), shape::histograms);
        };
    }

    /**
     * Registers these metrics, within {@link SeriesLimits#DEFAULT}.
     *
     * @throws IllegalArgumentException if the registry has one of them already
     */
    public static CatalogMeters in(PrometheusRegistry registry, Collection<CatalogMetric> metrics) {
        return in(registry, metrics, SeriesLimits.DEFAULT);
    }

    /**
     * Registers these metrics.
     *
     * @throws IllegalArgumentException if the registry has one of them already
     */
    public static CatalogMeters in(
            PrometheusRegistry registry, Collection<CatalogMetric> metrics, SeriesLimits limits) {
        var meters = new CatalogMeters(metrics, limits);
        var shown = meters.families.values().stream().map(Shown::new).toList();
        try {
            shown.forEach(registry::register);
        } catch (RuntimeException e) {
            shown.forEach(registry::unregister);
            throw e;
        }
        return meters;
    }

    /**
     * The meter of a counter.
     *
     * @throws IllegalArgumentException if the name is not that of a counter among these metrics
     */
    public Meter<CounterSeries> counter(String name) {
        return cast(named(name, CatalogMetric.Type.COUNTER).meter());
    }

    /**
     * The meter of a gauge.
     *
     * @throws IllegalArgumentException if the name is not that of a gauge among these metrics
     */
    public Meter<GaugeSeries> gauge(String name) {
        return cast(named(name, CatalogMetric.Type.GAUGE).meter());
    }

    /**
     * The meter of a histogram.
     *
     * @throws IllegalArgumentException if the name is not that of a histogram among these metrics
     */
    public Meter<HistogramSeries> histogram(String name) {
        return cast(named(name, CatalogMetric.Type.HISTOGRAM).meter());
    }

    @SuppressWarnings("unchecked") // the type of the metric, which was asked for, decides about the type of its series
    private static <S> Meter<S> cast(Meter<?> meter) {
        return (Meter<S>) meter;
    }

    private Family<?> named(String name, CatalogMetric.Type type) {
        var family = family(name);
        if (family.metric().type() != type) {
            throw new IllegalArgumentException(name + " is a " + family.metric().type());
        }
        return family;
    }

    private Family<?> family(String name) {
        var family = families.get(name);
        if (family == null) {
            throw new IllegalArgumentException("there is no meter " + name);
        }
        return family;
    }

    /** Where collectors publish. */
    public StateSamples state() {
        return new State();
    }

    private void overflowed(String name) {
        if (families.containsKey(OVERFLOW)) {
            counter(OVERFLOW).at(name).increment();
        }
    }

    private StateTable table(String name) {
        var family = family(name);
        if (Collections.disjoint(family.metric().sources(), PUBLISHED)) {
            throw new IllegalArgumentException(
                    name + " has none of the sources state, server and operations in the catalogue");
        }
        return family.state();
    }

    private final class State implements StateSamples {
        @Override
        public void publish(String metric, List<Sample> samples) {
            table(metric).publish(samples);
        }

        @Override
        public void publishDistributions(String metric, List<Distribution> distributions) {
            table(metric).publishDistributions(distributions);
        }

        @Override
        public void clear(String metric) {
            table(metric).clear();
        }

        @Override
        public void release(String metric) {
            table(metric).release();
        }
    }

    /** Each family is a collector of its own, so that a registry can do without one. */
    private record Shown(Family<?> family) implements Collector {
        @Override
        public MetricSnapshot collect() {
            return family.now();
        }

        @Override
        public MetricFamilyDescriptor getMetricFamilyDescriptor() {
            return family.shape().descriptor();
        }
    }
}
