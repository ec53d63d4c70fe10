package dev.koda.benchmarks;

import dev.koda.checks.meters.events.KodaMeters;
import dev.koda.checks.meters.events.RequestEvents;
import dev.koda.checks.meters.events.ToolEvents;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A bound handle of the platform's meters beside the bare call of prometheus-metrics-core that records the same. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class MeterBenchmark {
    private static final long TOOK = 3_200_000_000L;
    private static final double COST = 0.0042;
    private static final double[] SECONDS = {1, 5, 10, 30, 60, 120, 300, 600, 1_800};
    private static final double[] DOLLARS = {0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5};

    private final KodaMeters meters = KodaMeters.in(new PrometheusRegistry());
    private final ToolEvents.Bound tool = meters.tools().bind("atlas", "web_search", "completed");
    private final RequestEvents.BoundCalls call = meters.requests().bindCalls("atlas", "anthropic", "claude", true);
    private final RequestEvents.Bound request = meters.requests().bind("atlas", "anthropic", "claude", "completed");

    private final PrometheusRegistry bare = new PrometheusRegistry();
    private final CounterDataPoint bareCounter = counter("tools_total");
    private final CounterDataPoint bareCost = counter("cost_total");
    private final DistributionDataPoint bareHistogram = histogram("call_seconds", SECONDS);
    private final DistributionDataPoint bareQuery = histogram("query_usd", DOLLARS);

    private CounterDataPoint counter(String name) {
        return Counter.builder()
                .name(name)
                .labelNames("agent_id", "tool_name", "status")
                .withoutExemplars()
                .register(bare)
                .labelValues("atlas", "web_search", "completed");
    }

    private DistributionDataPoint histogram(String name, double[] bounds) {
        return Histogram.builder()
                .name(name)
                .labelNames("agent_id", "provider", "model")
                .classicOnly()
                .classicUpperBounds(bounds)
                .withoutExemplars()
                .register(bare)
                .labelValues("atlas", "anthropic", "claude");
    }

    @Benchmark
    public void counterBound() {
        tool.ended();
    }

    @Benchmark
    public void counterBare() {
        bareCounter.inc();
    }

    @Benchmark
    public void histogramBound() {
        call.ended(TOOK);
    }

    @Benchmark
    public void histogramBare() {
        bareHistogram.observe(TOOK / 1e9);
    }

    @Benchmark
    public void requestBound() {
        request.ended(TOOK, COST);
    }

    @Benchmark
    public void requestBare() {
        bareCounter.inc();
        bareHistogram.observe(TOOK / 1e9);
        bareQuery.observe(COST);
        bareCost.inc(COST);
    }
}
