package dev.koda.checks.meters;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import java.util.Collection;

/** The gauges that a snapshot shows of every check and suite, as the catalogue declares them. */
enum CheckGauge {
    STATUS("koda_check_status"),
    DURATION("koda_check_duration_seconds"),
    AGE("koda_check_age_seconds"),
    SUITE("koda_report_status"),
    LAST_DOCTOR("koda_doctor_last_run_timestamp_seconds");

    private final String metricName;

    CheckGauge(String metricName) {
        this.metricName = metricName;
    }

    private CatalogMetric metric() {
        return MetricCatalog.bundled().metric(metricName);
    }

    MetricFamilyDescriptor descriptor() {
        return descriptor(metric());
    }

    GaugeSnapshot snapshot(Collection<GaugeDataPointSnapshot> points) {
        return snapshot(metric(), points);
    }

    static MetricFamilyDescriptor descriptor(CatalogMetric metric) {
        return MetricFamilyDescriptor.gauge(metric.name())
                .help(metric.help())
                .labelNames(metric.labelNames())
                .build();
    }

    static GaugeSnapshot snapshot(CatalogMetric metric, Collection<GaugeDataPointSnapshot> points) {
        var gauge = GaugeSnapshot.builder().name(metric.name()).help(metric.help());
        points.forEach(gauge::dataPoint);
        return gauge.build();
    }
}
