package dev.koda.checks.meters.events;

import dev.koda.checks.meters.series.CatalogMeters;

/** What happens under the governance of execution: confidence, grounding, people who decide. Thread-safe. */
public final class GovernanceEvents {
    private final CatalogMeters meters;

    GovernanceEvents(CatalogMeters meters) {
        this.meters = meters;
    }

    /** The confidence before a sensitive write, 0 to 1. */
    public void confidence(String agentId, String mode, double score) {
        meters.histogram("koda_execution_confidence_score").at(agentId, mode).observe(score);
    }

    /** A write was stopped for want of confidence. */
    public void confidenceBlocked(String agentId, String reason) {
        meters.counter("koda_execution_confidence_blocks_total")
                .at(agentId, reason)
                .increment();
    }

    /** An answer was given, grounded or not. */
    public void answered(String agentId, String status) {
        meters.counter("koda_grounded_answers_total").at(agentId, status).increment();
    }

    /** An answer after a write was given, with the write verified first or not. */
    public void finalized(String agentId, String taskKind, String status) {
        meters.counter("koda_verification_before_finalize_total")
                .at(agentId, taskKind, status)
                .increment();
    }

    /** A person approved or denied, or did not in time. */
    public void humanDecided(String agentId, String decision) {
        meters.counter("koda_human_override_total").at(agentId, decision).increment();
    }

    /** A task failed in a way that calls for a rollback. */
    public void rollbackNeeded(String agentId, String taskKind) {
        meters.counter("koda_rollback_needed_total").at(agentId, taskKind).increment();
    }

    /** A person corrected what a task did. */
    public void humanCorrected(String agentId, String feedbackType) {
        meters.counter("koda_human_correction_events_total")
                .at(agentId, feedbackType)
                .increment();
    }

    /** Something was executed in an autonomy tier. */
    public void executedInTier(String agentId, String taskKind, String tier) {
        meters.counter("koda_autonomy_tier_distribution_total")
                .at(agentId, taskKind, tier)
                .increment();
    }
}
