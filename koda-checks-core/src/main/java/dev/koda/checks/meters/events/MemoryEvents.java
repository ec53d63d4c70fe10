package dev.koda.checks.meters.events;

import dev.koda.checks.meters.series.CatalogMeters;
import java.time.Duration;

/** What happens to memories and procedures. Thread-safe. */
public final class MemoryEvents {
    private final CatalogMeters meters;

    MemoryEvents(CatalogMeters meters) {
        this.meters = meters;
    }

    /** A recall of memories ended. */
    public void recalled(String agentId, Duration took) {
        meters.histogram("koda_memory_recall_seconds").at(agentId).observe(took);
    }

    /** A recall of procedures found something or nothing. */
    public void proceduresRecalled(String agentId, boolean isHit) {
        meters.counter(isHit ? "koda_procedural_hits_total" : "koda_procedural_misses_total")
                .at(agentId)
                .increment();
    }

    /** An attempt to extract memories ended. */
    public void extracted(String agentId, String status) {
        meters.counter("koda_memory_extractions_total").at(agentId, status).increment();
    }

    /** A recall chose a memory. */
    public void selected(String agentId, String layer, String retrievalSource) {
        meters.counter("koda_memory_recall_selections_total")
                .at(agentId, layer, retrievalSource)
                .increment();
    }

    /** A recall left a memory out. */
    public void discarded(String agentId, String reason) {
        meters.counter("koda_memory_recall_discards_total").at(agentId, reason).increment();
    }

    /** It was decided about memories that say the same. */
    public void deduplicated(String agentId, String reason) {
        meters.counter("koda_memory_dedup_decisions_total").at(agentId, reason).increment();
    }

    /** A memory changed its status. */
    public void transition(String agentId, String fromStatus, String toStatus) {
        meters.counter("koda_memory_status_transitions_total")
                .at(agentId, fromStatus, toStatus)
                .increment();
    }

    /** A conflict between memories was resolved. */
    public void conflictResolved(String agentId, String outcome) {
        meters.counter("koda_memory_conflict_resolutions_total")
                .at(agentId, outcome)
                .increment();
    }

    /** The safety scanner refused a memory. */
    public void safetyBlocked(String agentId, String category) {
        meters.counter("koda_memory_safety_blocks_total").at(agentId, category).increment();
    }

    /** An embedding was repaired, or could not be. */
    public void embeddingRepaired(String agentId, String status) {
        meters.counter("koda_memory_embedding_repairs_total")
                .at(agentId, status)
                .increment();
    }

    /** A batch of embedding repairs ended. */
    public void embeddingBatchEnded(String agentId, Duration took) {
        meters.histogram("koda_memory_embedding_repair_latency_seconds")
                .at(agentId)
                .observe(took);
    }

    /** Embedding jobs of a status now. */
    public void embeddingJobs(String agentId, String status, double now) {
        meters.gauge("koda_memory_embedding_queue").at(agentId, status).set(now);
    }

    /** Somebody said how useful a memory was. */
    public void utility(String agentId, String outcome) {
        meters.counter("koda_memory_utility_events_total").at(agentId, outcome).increment();
    }
}
