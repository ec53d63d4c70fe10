package dev.koda.checks.meters;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckResult;
import dev.koda.checks.Reason;
import dev.koda.checks.Report;
import dev.koda.checks.SelectionException;
import dev.koda.checks.Suite;
import dev.koda.checks.engine.CheckEngine;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Gauges that are read from the last reports at the moment of a scrape. */
final class SnapshotMeters implements MultiCollector {
    private record Shown(CheckEngine engine, Suite suite) {
        Optional<Report> snapshot() {
            try {
                return Optional.of(engine.snapshot(suite));
            } catch (SelectionException noChecks) {
                return Optional.empty();
            }
        }
    }

    private final List<Shown> shown = new CopyOnWriteArrayList<>();

    void show(CheckEngine engine, Suite... suites) {
        for (var suite : suites) {
            shown.add(new Shown(engine, suite));
        }
    }

    @Override
    public MetricSnapshots collect() {
        var reports =
                shown.stream().map(Shown::snapshot).flatMap(Optional::stream).toList();
        var gauges = MetricSnapshots.builder()
                .metricSnapshot(checks(
                        CheckGauge.STATUS, reports, result -> result.status().metricValue()))
                .metricSnapshot(checks(CheckGauge.DURATION, reports, result -> seconds(result.took())))
                .metricSnapshot(checks(CheckGauge.AGE, reports, result -> seconds(result.age())))
                .metricSnapshot(suites(reports))
                .metricSnapshot(lastDoctor(reports));
        var results = new LinkedHashMap<CheckId, CheckResult>();
        reports.forEach(report -> report.checks().forEach(result -> results.put(result.id(), result)));
        for (var measured : MeasuredGauge.values()) {
            gauges.metricSnapshot(measured.snapshot(results.values()));
        }
        return gauges.build();
    }

    @Override
    public List<MetricFamilyDescriptor> getMetricFamilyDescriptors() {
        return Stream.concat(
                        Stream.of(CheckGauge.values()).map(CheckGauge::descriptor),
                        Stream.of(MeasuredGauge.values()).map(MeasuredGauge::descriptor))
                .toList();
    }

    private static GaugeSnapshot checks(CheckGauge gauge, List<Report> reports, ToDoubleFunction<CheckResult> value) {
        var points = new ArrayList<GaugeDataPointSnapshot>();
        for (var report : reports) {
            for (var result : report.checks()) {
                points.add(point(CheckLabels.of(result.id(), report.suite()), value.applyAsDouble(result)));
            }
        }
        return gauge.snapshot(points);
    }

    private static GaugeSnapshot suites(List<Report> reports) {
        var points = reports.stream()
                .map(report -> point(
                        Labels.of("suite", report.suite().name()),
                        report.status().metricValue()));
        return CheckGauge.SUITE.snapshot(points.toList());
    }

    /** When an evaluation of the doctor last began; no sample before the first one. */
    private static GaugeSnapshot lastDoctor(List<Report> reports) {
        var last = reports.stream()
                .filter(report -> report.suite().equals(Suite.DOCTOR))
                .flatMap(report -> report.checks().stream())
                .filter(result -> !Reason.PENDING.equals(result.reason()))
                .map(CheckResult::startedAt)
                .max(Comparator.naturalOrder());
        var point = last.map(at -> point(Labels.EMPTY, seconds(Duration.between(Instant.EPOCH, at))));
        return CheckGauge.LAST_DOCTOR.snapshot(point.stream().toList());
    }

    private static GaugeDataPointSnapshot point(Labels labels, double value) {
        return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
