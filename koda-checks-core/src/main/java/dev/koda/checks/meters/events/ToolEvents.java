package dev.koda.checks.meters.events;

import dev.koda.checks.meters.series.CatalogMeters;
import dev.koda.checks.meters.series.CounterSeries;
import dev.koda.checks.meters.series.HistogramSeries;
import java.time.Duration;

/** What happens when agents use tools and integrations. Thread-safe. */
public final class ToolEvents {
    private final CatalogMeters meters;

    ToolEvents(CatalogMeters meters) {
        this.meters = meters;
    }

    /** Executions of one tool that end in one way. Recording allocates nothing. */
    public static final class Bound {
        private final CounterSeries executions;

        private Bound(CounterSeries executions) {
            this.executions = executions;
        }

        /** An execution ended. */
        public void ended() {
            executions.increment();
        }
    }

    /** Executions of one action of an integration. Recording allocates nothing. */
    public static final class BoundAction {
        private final HistogramSeries duration;

        private BoundAction(HistogramSeries duration) {
            this.duration = duration;
        }

        /** An execution ended. */
        public void ended(long tookNanos) {
            duration.observeNanos(tookNanos);
        }
    }

    /**
     * What was decided about an action before it was allowed.
     *
     * @param decision such as {@code allowed} or {@code denied}
     * @param authMode how the integration knows the agent
     * @param isSensitive whether sensitive access was used
     */
    public record Grant(String decision, String authMode, boolean isSensitive) {}

    /** A handle for executions that end often: ask for it once. */
    public Bound bind(String agentId, String toolName, String status) {
        return new Bound(meters.counter("koda_tool_executions_total").at(agentId, toolName, status));
    }

    /** A handle for actions that are executed often: ask for it once. */
    public BoundAction bindAction(String agentId, String integrationId, String actionId, String resultClass) {
        return new BoundAction(meters.histogram("koda_integration_execution_seconds")
                .at(agentId, integrationId, actionId, resultClass));
    }

    /** A tool was executed. */
    public void executed(String agentId, String toolName, String status) {
        bind(agentId, toolName, status).ended();
    }

    /** It was decided whether an agent may use an action of an integration. */
    public void grantDecided(String agentId, String integrationId, String actionId, Grant grant) {
        meters.counter("koda_integration_grant_decisions_total")
                .at(
                        agentId,
                        integrationId,
                        actionId,
                        grant.decision(),
                        grant.authMode(),
                        Boolean.toString(grant.isSensitive()))
                .increment();
    }

    /** An action of an integration was executed. */
    public void actionExecuted(
            String agentId, String integrationId, String actionId, String resultClass, Duration took) {
        bindAction(agentId, integrationId, actionId, resultClass).ended(took.toNanos());
    }
}
