package dev.koda.checks.meters.events;

import dev.koda.checks.meters.series.CatalogMeters;
import dev.koda.checks.meters.series.CounterSeries;
import dev.koda.checks.meters.series.HistogramSeries;
import java.time.Duration;

/** What happens between a Koda and the services that it needs. Thread-safe. */
public final class DependencyEvents {
    private final CatalogMeters meters;

    DependencyEvents(CatalogMeters meters) {
        this.meters = meters;
    }

    /** The state of a circuit breaker. */
    public enum Breaker {
        CLOSED(0),
        HALF_OPEN(1),
        OPEN(2);

        private final int value;

        Breaker(int value) {
            this.value = value;
        }
    }

    /** Whether a provider can be used. */
    public enum Compatibility {
        UNAVAILABLE(0),
        DEGRADED(1),
        READY(2);

        private final int value;

        Compatibility(int value) {
            this.value = value;
        }
    }

    /** Calls of one dependency that end in one way. Recording allocates nothing. */
    public static final class Bound {
        private final CounterSeries calls;
        private final HistogramSeries duration;

        private Bound(CounterSeries calls, HistogramSeries duration) {
            this.calls = calls;
            this.duration = duration;
        }

        /** A call ended. */
        public void ended(long tookNanos) {
            calls.increment();
            duration.observeNanos(tookNanos);
        }
    }

    /** A handle for calls that end often: ask for it once. */
    public Bound bind(String agentId, String dependency, String status) {
        return new Bound(
                meters.counter("koda_dependency_requests_total").at(agentId, dependency, status),
                meters.histogram("koda_dependency_latency_seconds").at(agentId, dependency));
    }

    /** A call of a service outside ended. */
    public void called(String agentId, String dependency, String status, Duration took) {
        bind(agentId, dependency, status).ended(took.toNanos());
    }

    /** A circuit breaker has this state now. */
    public void breaker(String agentId, String dependency, Breaker now) {
        meters.gauge("koda_circuit_breaker_state").at(agentId, dependency).set(now.value);
    }

    /** A provider can be used, or not, for turns of a mode. */
    public void compatibility(String agentId, String provider, String turnMode, Compatibility now) {
        meters.gauge("koda_provider_compatibility_state")
                .at(agentId, provider, turnMode)
                .set(now.value);
    }

    /** A turn could only be resumed by replaying its transcript. */
    public void resumeDegraded(String agentId, String provider) {
        meters.counter("koda_provider_resume_degraded_total")
                .at(agentId, provider)
                .increment();
    }

    /** A provider answered with what its adapter does not allow. */
    public void contractBroken(String agentId, String provider, String turnMode) {
        meters.counter("koda_provider_adapter_contract_errors_total")
                .at(agentId, provider, turnMode)
                .increment();
    }
}
