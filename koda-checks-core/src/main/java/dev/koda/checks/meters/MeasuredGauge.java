package dev.koda.checks.meters;

import dev.koda.checks.CheckResult;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import java.util.ArrayList;
import java.util.Collection;

/**
 * What checks measured, in base units and under names of their own, so that an alert can look at the value itself. There is
 * a sample for each instance of the check that has measured it.
 */
enum MeasuredGauge {
    BACKUP_AGE("koda_backup_age_seconds", "backup.age", "age", 3_600, true),
    BACKUP_SIZE("koda_backup_size_bytes", "backup.age", "size", 1, false),
    DISK_AVAILABLE("koda_disk_available_bytes", "disk.space", "free_bytes", 1, false),
    DISK_SIZE("koda_disk_size_bytes", "disk.space", "total_bytes", 1, false),
    INODES("koda_disk_inodes_available_ratio", "disk.inodes", "free", 0.01, false),
    OBJECT_ROUND_TRIP("koda_object_store_round_trip_seconds", "object-store.canary", "round_trip", 0.001, false),
    OBJECT_AVAILABLE("koda_object_store_available_ratio", "object-store.headroom", "free", 0.01, false),
    CONNECTIONS("koda_postgres_connections", "postgres.connections", "used_connections", 1, false),
    USABLE("koda_postgres_connections_usable", "postgres.connections", "usable_connections", 1, false),
    LAG("koda_postgres_replication_lag_seconds", "postgres.replication-lag", "lag", 1, false),
    RETAINED("koda_postgres_slot_retained_bytes", "postgres.slots", "retained", 1L << 30, false),
    CERTIFICATE("koda_tls_certificate_not_after_seconds", "tls.certificate", "not_after", 1, false),
    CLOCK("koda_clock_offset_seconds", "network.clock", "offset", 1, false),
    MEMORY("koda_host_memory_available_ratio", "system.memory", "available", 0.01, false);

    private static final double NANOS = 1e9;

    private final String metricName;
    private final String check;
    private final String observed;
    private final double factor;
    private final boolean isAge;

    /** The check measures in its own unit, of which {@code factor} makes the base unit; an age grows with the result's. */
    MeasuredGauge(String metricName, String check, String observed, double factor, boolean isAge) {
        this.metricName = metricName;
        this.check = check;
        this.observed = observed;
        this.factor = factor;
        this.isAge = isAge;
    }

    private CatalogMetric metric() {
        return MetricCatalog.bundled().metric(metricName);
    }

    MetricFamilyDescriptor descriptor() {
        return CheckGauge.descriptor(metric());
    }

    /** Of results of which no two have the same id. */
    GaugeSnapshot snapshot(Collection<CheckResult> results) {
        var points = new ArrayList<GaugeDataPointSnapshot>();
        for (var result : results) {
            var value = result.outcome().observed().get(observed);
            if (value != null && result.id().name().equals(check)) {
                double age = isAge ? result.age().toNanos() / NANOS : 0;
                points.add(GaugeDataPointSnapshot.builder()
                        .labels(Labels.of("instance", CheckLabels.instance(result.id())))
                        .value(value.value().doubleValue() * factor + age)
                        .build());
            }
        }
        return CheckGauge.snapshot(metric(), points);
    }
}
