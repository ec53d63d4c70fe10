package dev.koda.checks.meters.events;

import dev.koda.checks.meters.series.CatalogMeters;
import dev.koda.checks.meters.series.CounterSeries;
import dev.koda.checks.meters.series.HistogramSeries;
import java.time.Duration;

/** What happens to requests: their end, their cost, the model calls and the queues behind them. Thread-safe. */
public final class RequestEvents {
    private final CatalogMeters meters;

    RequestEvents(CatalogMeters meters) {
        this.meters = meters;
    }

    /** The requests of one agent, provider, model and outcome. Recording allocates nothing. */
    public static final class Bound {
        private final CounterSeries requests;
        private final HistogramSeries duration;
        private final HistogramSeries costOfQuery;
        private final CounterSeries cost;

        private Bound(CatalogMeters meters, String agentId, String provider, String model, String status) {
            requests = meters.counter("koda_requests_total").at(agentId, status);
            duration = meters.histogram("koda_request_duration_seconds").at(agentId, provider, model);
            costOfQuery = meters.histogram("koda_cost_per_query_usd").at(agentId, provider, model);
            cost = meters.counter("koda_cost_total_usd").at(agentId, provider, model);
        }

        /**
         * A request ended.
         *
         * @param tookNanos from taking it to its end
         * @param costUsd what it cost, 0 if nothing
         */
        public void ended(long tookNanos, double costUsd) {
            requests.increment();
            duration.observeNanos(tookNanos);
            costOfQuery.observe(costUsd);
            cost.add(costUsd);
        }
    }

    /** Model calls of one agent, provider and model. Recording allocates nothing. */
    public static final class BoundCalls {
        private final HistogramSeries duration;

        private BoundCalls(HistogramSeries duration) {
            this.duration = duration;
        }

        /** A call ended. */
        public void ended(long tookNanos) {
            duration.observeNanos(tookNanos);
        }
    }

    /** A handle for requests that end often: ask for it once. */
    public Bound bind(String agentId, String provider, String model, String status) {
        return new Bound(meters, agentId, provider, model, status);
    }

    /** A handle for model calls: ask for it once. */
    public BoundCalls bindCalls(String agentId, String provider, String model, boolean isStreaming) {
        return new BoundCalls(meters.histogram("koda_claude_execution_seconds")
                .at(agentId, provider, model, Boolean.toString(isStreaming)));
    }

    /**
     * A request ended.
     *
     * @param status how, such as {@code completed}, {@code failed} or {@code retried}
     * @param took from taking it to its end
     * @param costUsd what it cost, 0 if nothing
     */
    public void ended(String agentId, String provider, String model, String status, Duration took, double costUsd) {
        bind(agentId, provider, model, status).ended(took.toNanos(), costUsd);
    }

    /** A call of a language model ended. */
    public void modelCalled(String agentId, String provider, String model, boolean isStreaming, Duration took) {
        bindCalls(agentId, provider, model, isStreaming).ended(took.toNanos());
    }

    /** Tasks that run now. */
    public void activeTasks(String agentId, double now) {
        meters.gauge("koda_active_tasks").at(agentId).set(now);
    }

    /** Items that wait in the queues of all users now. */
    public void queueDepth(String agentId, double now) {
        meters.gauge("koda_queue_depth").at(agentId).set(now);
    }

    /** The response cache was asked. */
    public void cacheAsked(String agentId, boolean isHit) {
        meters.counter(isHit ? "koda_cache_hits_total" : "koda_cache_misses_total")
                .at(agentId)
                .increment();
    }
}
