package dev.koda.checks.meters.events;

import dev.koda.checks.meters.series.CatalogMeters;
import java.time.Duration;

/** What happens to grounded knowledge and runbooks. Thread-safe. */
public final class KnowledgeEvents {
    private final CatalogMeters meters;

    KnowledgeEvents(CatalogMeters meters) {
        this.meters = meters;
    }

    /** A trace of a retrieval was kept. */
    public void tracePersisted(String agentId, String strategy) {
        meters.counter("koda_knowledge_trace_persisted_total")
                .at(agentId, strategy)
                .increment();
    }

    /** A retrieval strategy was chosen. */
    public void strategySelected(String agentId, String strategy, String route) {
        meters.counter("koda_knowledge_strategy_selections_total")
                .at(agentId, strategy, route)
                .increment();
    }

    /** A contradiction was found only after the answer. */
    public void contradictionEscaped(String agentId, String strategy, String status) {
        meters.counter("koda_knowledge_contradiction_escape_total")
                .at(agentId, strategy, status)
                .increment();
    }

    /** The judge of answers decided. */
    public void judgeDecided(String agentId, String status) {
        meters.counter("koda_knowledge_judge_outcomes_total")
                .at(agentId, status)
                .increment();
    }

    /** A knowledge candidate was reviewed. */
    public void candidateReviewed(String agentId, String status) {
        meters.counter("koda_candidate_promotions_total").at(agentId, status).increment();
    }

    /** An answer leaned on a stale source. */
    public void staleSourceUsed(String agentId, String layer) {
        meters.counter("koda_stale_source_usage_total").at(agentId, layer).increment();
    }

    /** A task matched an approved runbook, or none. */
    public void runbookMatched(String agentId, String taskKind, String status) {
        meters.counter("koda_runbook_hits_total").at(agentId, taskKind, status).increment();
    }

    /** The governance of runbooks acted. */
    public void runbookGoverned(String agentId, String action) {
        meters.counter("koda_runbook_governance_actions_total")
                .at(agentId, action)
                .increment();
    }

    /** A pass of the governance of runbooks ended. */
    public void governancePassEnded(String agentId, Duration took) {
        meters.histogram("koda_runbook_governance_latency_seconds").at(agentId).observe(took);
    }

    /** A recall of grounded knowledge ended, with or without something found. */
    public void recalled(String agentId, boolean isHit, Duration took) {
        meters.histogram("koda_knowledge_recall_seconds").at(agentId).observe(took);
        meters.counter(isHit ? "koda_knowledge_hits_total" : "koda_knowledge_misses_total")
                .at(agentId)
                .increment();
    }

    /**
     * An answer was scored.
     *
     * @param grounding how well it is grounded, 0 to 1
     * @param coverage share of its sources that it cites, 0 to 1
     * @param precision how exactly its citations match, 0 to 1
     */
    public void scored(String agentId, String strategy, double grounding, double coverage, double precision) {
        meters.histogram("koda_knowledge_grounding_score").at(agentId, strategy).observe(grounding);
        meters.histogram("koda_knowledge_citation_coverage")
                .at(agentId, strategy)
                .observe(coverage);
        meters.histogram("koda_knowledge_citation_span_precision")
                .at(agentId, strategy)
                .observe(precision);
    }
}
