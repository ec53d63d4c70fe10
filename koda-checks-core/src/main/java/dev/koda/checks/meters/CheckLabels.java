package dev.koda.checks.meters;

import dev.koda.checks.CheckId;
import dev.koda.checks.Suite;
import io.prometheus.metrics.model.snapshots.Labels;

/** The labels that name a check. */
final class CheckLabels {
    private CheckLabels() {}

    static Labels of(CheckId id, Suite suite) {
        return Labels.of("check", id.name(), "instance", instance(id), "suite", suite.name());
    }

    /** Empty where an id has one target only, which Prometheus takes for an absent label. */
    static String instance(CheckId id) {
        return id.instance() == null ? "" : id.instance();
    }
}
