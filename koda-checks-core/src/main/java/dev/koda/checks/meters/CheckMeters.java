package dev.koda.checks.meters;

import dev.koda.checks.CheckId;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.engine.CheckListener;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The {@code koda_check_*} meters of one engine: hand it to the engine's builder as a listener, then {@link #show} the
 * engine. A scrape reads snapshots; it never runs a check and never waits.
 *
 * <pre>{@code
 * var meters = CheckMeters.in(registry);
 * var engine = CheckEngine.builder().listener(meters).checks(specs).start();
 * meters.show(engine, Suite.READINESS, Suite.DOCTOR);
 * }</pre>
 *
 * <p>Labels hold declared ids and instances, the closed set of statuses, and reasons, of which the first
 * {@value #MOST_REASONS} keep their names and later ones count as {@code other}. Thread-safe.
 */
public final class CheckMeters implements CheckListener {
    private static final int MOST_REASONS = 100;

    private final SnapshotMeters snapshots = new SnapshotMeters();
    private final Set<String> reasons = ConcurrentHashMap.newKeySet();
    private final Counter executions;
    private final Counter transitions;

    private CheckMeters(PrometheusRegistry registry) {
        executions = counter(registry, "koda_check_executions_total");
        transitions = counter(registry, "koda_check_transitions_total");
        registry.register(snapshots);
    }

    private static Counter counter(PrometheusRegistry registry, String name) {
        var metric = MetricCatalog.bundled().metric(name);
        return Counter.builder()
                .name(metric.name())
                .help(metric.help())
                .labelNames(metric.labelNames().toArray(String[]::new))
                .withoutExemplars()
                .register(registry);
    }

    /**
     * Registers the meters.
     *
     * @throws IllegalArgumentException if the registry has them already
     */
    public static CheckMeters in(PrometheusRegistry registry) {
        return new CheckMeters(registry);
    }

    /** From now on a scrape shows the snapshots of these suites of the engine; a suite without checks is left out. */
    public void show(CheckEngine engine, Suite... suites) {
        snapshots.show(engine, suites);
    }

    @Override
    public void onEnd(CheckId id, @Nullable Status status, @Nullable Reason reason, long tookNanos) {
        var word = status == null ? "skipped" : status.wireName();
        executions
                .labelValues(id.name(), CheckLabels.instance(id), word, word(reason))
                .inc();
    }

    @Override
    public void onChange(CheckId id, @Nullable Status before, Status after) {
        if (before != null) {
            transitions
                    .labelValues(id.name(), CheckLabels.instance(id), after.wireName())
                    .inc();
        }
    }

    private String word(@Nullable Reason reason) {
        if (reason == null) {
            return "";
        }
        boolean isKnown = reasons.contains(reason.code());
        if (!isKnown && reasons.size() >= MOST_REASONS) {
            return "other";
        }
        reasons.add(reason.code());
        return reason.code();
    }
}
