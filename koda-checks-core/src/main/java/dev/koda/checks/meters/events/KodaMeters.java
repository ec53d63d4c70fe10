package dev.koda.checks.meters.events;

import dev.koda.checks.meters.CatalogMetric;
import dev.koda.checks.meters.MetricCatalog;
import dev.koda.checks.meters.StateSamples;
import dev.koda.checks.meters.series.CatalogMeters;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.ArrayList;
import java.util.List;

/**
 * The metrics of the Koda platform, recorded by the application in which the events happen. Thread-safe; recording never
 * waits and never fails.
 */
public final class KodaMeters {
    private final CatalogMeters meters;
    private final RequestEvents requests;
    private final DependencyEvents dependencies;
    private final ToolEvents tools;
    private final SquadEvents squads;
    private final MemoryEvents memories;
    private final KnowledgeEvents knowledge;
    private final GovernanceEvents governance;
    private final QualityEvents quality;
    private final ChangeEvents changes;
    private final RuntimeEvents runtime;
    private final SchedulerEvents scheduler;

    private KodaMeters(CatalogMeters meters) {
        this.meters = meters;
        requests = new RequestEvents(meters);
        dependencies = new DependencyEvents(meters);
        tools = new ToolEvents(meters);
        squads = new SquadEvents(meters);
        memories = new MemoryEvents(meters);
        knowledge = new KnowledgeEvents(meters);
        governance = new GovernanceEvents(meters);
        quality = new QualityEvents(meters);
        changes = new ChangeEvents(meters);
        runtime = new RuntimeEvents(meters);
        scheduler = new SchedulerEvents(meters);
    }

    /**
     * Registers all metrics of the platform and the count of label values that did not fit.
     *
     * @throws IllegalArgumentException if the registry has one of them already
     */
    public static KodaMeters in(PrometheusRegistry registry) {
        return over(CatalogMeters.in(registry, metrics()));
    }

    /** Records into meters that are registered already, which must be those of the whole platform. */
    public static KodaMeters over(CatalogMeters meters) {
        return new KodaMeters(meters);
    }

    private static List<CatalogMetric> metrics() {
        var metrics = new ArrayList<>(MetricCatalog.bundled().platform());
        metrics.add(MetricCatalog.bundled().metric(CatalogMeters.OVERFLOW));
        return metrics;
    }

    /** Requests, model calls, queues, cost and the response cache. */
    public RequestEvents requests() {
        return requests;
    }

    /** Services outside, providers and circuit breakers. */
    public DependencyEvents dependencies() {
        return dependencies;
    }

    /** Tools and actions of integrations. */
    public ToolEvents tools() {
        return tools;
    }

    /** Squads. */
    public SquadEvents squads() {
        return squads;
    }

    /** Memories and procedures. */
    public MemoryEvents memories() {
        return memories;
    }

    /** Grounded knowledge and runbooks. */
    public KnowledgeEvents knowledge() {
        return knowledge;
    }

    /** Confidence, grounding and decisions of people. */
    public GovernanceEvents governance() {
        return governance;
    }

    /** The quality cockpit, evaluations, the RunGraph and the operations benchmark. */
    public QualityEvents quality() {
        return quality;
    }

    /** Skill packages, proposals, channels and imports. */
    public ChangeEvents changes() {
        return changes;
    }

    /** Runtime environments. */
    public RuntimeEvents runtime() {
        return runtime;
    }

    /** The scheduler. */
    public SchedulerEvents scheduler() {
        return scheduler;
    }

    /** Where collectors publish what they read from the database of a Koda. */
    public StateSamples state() {
        return meters.state();
    }
}
