package dev.koda.checks.meters.events;

import dev.koda.checks.meters.series.CatalogMeters;

/** What happens in squads: replies, messages, hand-offs, routing and the final answer. Thread-safe. */
public final class SquadEvents {
    private final CatalogMeters meters;

    SquadEvents(CatalogMeters meters) {
        this.meters = meters;
    }

    /** A squad member owed, gave or missed a reply. */
    public void reply(String agentId, String eventType, String status) {
        meters.counter("koda_squad_reply_events_total")
                .at(agentId, eventType, status)
                .increment();
    }

    /** A message went its way within a squad. */
    public void delivery(String eventType, String status, String source) {
        meters.counter("koda_squad_delivery_events_total")
                .at(eventType, status, source)
                .increment();
    }

    /** Work was handed from one member to another. */
    public void handoff(String eventType, String status, String handoffKind) {
        meters.counter("koda_squad_handoff_events_total")
                .at(eventType, status, handoffKind)
                .increment();
    }

    /** A route was chosen, more or less surely. */
    public void routed(String source, String status, String confidenceBand) {
        meters.counter("koda_squad_route_quality_total")
                .at(source, status, confidenceBand)
                .increment();
    }

    /** The gate before the final answer decided. */
    public void synthesisGate(String gate, String status, String reason) {
        meters.counter("koda_squad_synthesis_gate_total")
                .at(gate, status, reason)
                .increment();
    }

    /** Routed work ended. */
    public void routeEnded(String agentId, String routeSource, String status, boolean isTimeout) {
        meters.counter("koda_route_outcomes_total")
                .at(agentId, routeSource, status, Boolean.toString(isTimeout))
                .increment();
    }
}
