package dev.koda.checks.meters.events;

import dev.koda.checks.meters.series.CatalogMeters;
import java.time.Duration;

/** What the quality cockpit, the evaluations, the RunGraph and the operations benchmark find. Thread-safe. */
public final class QualityEvents {
    private final CatalogMeters meters;

    QualityEvents(CatalogMeters meters) {
        this.meters = meters;
    }

    /** The cockpit shows a failure. */
    public void failure(String dimension, String category, String status) {
        meters.counter("koda_quality_cockpit_failures_total")
                .at(dimension, category, status)
                .increment();
    }

    /** The completeness gate of the RunGraph decided. */
    public void completenessGate(String agentId, String scenario, String status, String failureCategory) {
        meters.counter("koda_run_graph_completeness_gates_total")
                .at(agentId, scenario, status, failureCategory)
                .increment();
    }

    /** A blocker of a release: 1 while it is active, 0 when it is not any more. */
    public void releaseBlocker(String agentId, String gateId, String severity, String status, double now) {
        meters.gauge("koda_release_blockers")
                .at(agentId, gateId, severity, status)
                .set(now);
    }

    /** The quality gate of a release decided. */
    public void releaseGate(String agentId, String status) {
        meters.counter("koda_release_quality_gates_total").at(agentId, status).increment();
    }

    /** An offline evaluation of knowledge ended. */
    public void evaluated(String agentId, String strategy, String result) {
        meters.counter("koda_knowledge_evaluation_runs_total")
                .at(agentId, strategy, result)
                .increment();
    }

    /** An offline evaluation of knowledge gave a score, 0 to 1. */
    public void evaluationScore(String agentId, String strategy, String metric, double score) {
        meters.histogram("koda_knowledge_evaluation_score")
                .at(agentId, strategy, metric)
                .observe(score);
    }

    /** Something happened to an evaluation case. */
    public void evaluationCase(String agentId, String event, String status) {
        meters.counter("koda_eval_case_events_total").at(agentId, event, status).increment();
    }

    /** An evaluation case was run. */
    public void evaluationCaseRun(String agentId, String strategy, String status) {
        meters.counter("koda_eval_run_cases_total")
                .at(agentId, strategy, status)
                .increment();
    }

    /** A redacted trajectory was exported. */
    public void trajectoryExported(String agentId, String status) {
        meters.counter("koda_trajectory_exports_total").at(agentId, status).increment();
    }

    /** It was checked whether an agent is ready for use. */
    public void onboardingCheck(String agentId, String check, String status) {
        meters.counter("koda_onboarding_readiness_checks_total")
                .at(agentId, check, status)
                .increment();
    }

    /** A run of the operations benchmark ended. */
    public void benchmarkEnded(String mode, String status, Duration took) {
        meters.counter("koda_ops_benchmark_runs_total").at(mode, status).increment();
        meters.histogram("koda_ops_benchmark_duration_seconds").at(mode).observe(took);
    }
}
