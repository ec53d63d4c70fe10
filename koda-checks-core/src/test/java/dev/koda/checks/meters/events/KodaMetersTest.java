package dev.koda.checks.meters.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.koda.checks.meters.MetricCatalog;
import dev.koda.checks.meters.series.ScrapedText;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KodaMetersTest {
    private static final int RECORDINGS = 100_000;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final KodaMeters meters = KodaMeters.in(registry);

    @Test
    void oneEventFeedsEveryMetricThatItIsPartOf() throws IOException {
        meters.requests().ended("atlas", "anthropic", "claude", "completed", Duration.ofSeconds(12), 0.02);

        assertThat(ScrapedText.samples(registry))
                .contains(
                        "koda_requests_total{agent_id=\"atlas\",status=\"completed\"} 1.0",
                        "koda_request_duration_seconds_sum{agent_id=\"atlas\",model=\"claude\",provider=\"anthropic\"} 12.0",
                        "koda_cost_per_query_usd_sum{agent_id=\"atlas\",model=\"claude\",provider=\"anthropic\"} 0.02",
                        "koda_cost_total_usd_total{agent_id=\"atlas\",model=\"claude\",provider=\"anthropic\"} 0.02");
    }

    /** Whatever the methods are: after each was called, every metric of the platform has a sample. */
    @Test
    void thereIsAMethodForEveryMetric() throws Exception {
        for (var family : List.of(
                meters.requests(),
                meters.dependencies(),
                meters.tools(),
                meters.squads(),
                meters.memories(),
                meters.knowledge(),
                meters.governance(),
                meters.quality(),
                meters.changes(),
                meters.runtime(),
                meters.scheduler())) {
            for (var method : family.getClass().getDeclaredMethods()) {
                if (Modifier.isPublic(method.getModifiers()) && method.getReturnType() == void.class) {
                    method.invoke(family, arguments(method, true));
                    method.invoke(family, arguments(method, false));
                }
            }
        }

        var text = ScrapedText.of(registry);
        for (var metric : MetricCatalog.bundled().platform()) {
            assertThat(text).contains("# TYPE " + metric.exposedName() + " ");
        }
    }

    private static Object[] arguments(Method method, boolean flag) {
        var arguments = new ArrayList<Object>();
        for (var type : method.getParameterTypes()) {
            if (type == String.class) {
                arguments.add("x");
            } else if (type == boolean.class) {
                arguments.add(flag);
            } else if (type == double.class) {
                arguments.add(0.5);
            } else if (type == Duration.class) {
                arguments.add(Duration.ofSeconds(1));
            } else if (type.isEnum()) {
                arguments.add(type.getEnumConstants()[0]);
            } else {
                arguments.add(new ToolEvents.Grant("allowed", "oauth", flag));
            }
        }
        return arguments.toArray();
    }

    @Test
    void whatIsABreakerAndAProviderWorth() throws IOException {
        meters.dependencies().breaker("default", "postgres", DependencyEvents.Breaker.OPEN);
        meters.dependencies().breaker("default", "browser", DependencyEvents.Breaker.CLOSED);
        meters.dependencies().compatibility("default", "codex", "new", DependencyEvents.Compatibility.DEGRADED);

        assertThat(ScrapedText.samples(registry))
                .containsExactly(
                        "koda_circuit_breaker_state{agent_id=\"default\",dependency=\"browser\"} 0.0",
                        "koda_circuit_breaker_state{agent_id=\"default\",dependency=\"postgres\"} 2.0",
                        "koda_provider_compatibility_state{agent_id=\"default\",provider=\"codex\",turn_mode=\"new\"} 1.0");
    }

    @Test
    void aBoundHandleRecordsWithoutAllocating() {
        var request = meters.requests().bind("atlas", "anthropic", "claude", "completed");
        var call = meters.requests().bindCalls("atlas", "anthropic", "claude", true);
        var tool = meters.tools().bind("atlas", "web_search", "completed");
        var action = meters.tools().bindAction("atlas", "github", "issues.list", "ok");
        var postgres = meters.dependencies().bind("atlas", "postgres", "ok");
        Runnable record = () -> {
            for (int i = 0; i < RECORDINGS; i++) {
                request.ended(i, 0.001);
                call.ended(i);
                tool.ended();
                action.ended(i);
                postgres.ended(i);
            }
        };
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        record.run();

        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        record.run();
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;

        // Asking for the number costs a little itself.
        assertThat(allocated).isLessThan(RECORDINGS / 100);
        assertThat(meters.requests()).isNotNull();
    }
}
