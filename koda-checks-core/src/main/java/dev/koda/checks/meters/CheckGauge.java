package dev.koda.checks.meters;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The gauges that a snapshot shows, with their labels. */
enum CheckGauge {
    STATUS("koda_check_status", "Status of the check: 0 fail, 1 warn, 2 pass.", true, true),
    DURATION("koda_check_duration_seconds", "Time the last evaluation took.", true, true),
    AGE("koda_check_age_seconds", "Age of the result in the last report.", true, true),
    SUITE("koda_report_status", "Status of the report: 0 fail, 1 warn, 2 pass.", false, true),
    LAST_DOCTOR(
            "koda_doctor_last_run_timestamp_seconds", "When the doctor last ran, in seconds since 1970.", false, false);

    private final String metricName;
    private final String help;
    private final boolean isOfCheck;
    private final boolean isOfSuite;

    CheckGauge(String metricName, String help, boolean isOfCheck, boolean isOfSuite) {
        this.metricName = metricName;
        this.help = help;
        this.isOfCheck = isOfCheck;
        this.isOfSuite = isOfSuite;
    }

    MetricFamilyDescriptor descriptor() {
        var labels = new ArrayList<String>();
        if (isOfCheck) {
            labels.addAll(List.of("check", "instance"));
        }
        if (isOfSuite) {
            labels.add("suite");
        }
        return MetricFamilyDescriptor.gauge(metricName)
                .help(help)
                .labelNames(labels)
                .build();
    }

    GaugeSnapshot snapshot(Collection<GaugeDataPointSnapshot> points) {
        var gauge = GaugeSnapshot.builder().name(metricName).help(help);
        points.forEach(gauge::dataPoint);
        return gauge.build();
    }
}
