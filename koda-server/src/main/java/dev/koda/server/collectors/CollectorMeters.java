package dev.koda.server.collectors;

import dev.koda.checks.meters.StateSamples;
import dev.koda.checks.meters.StateSamples.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the collectors themselves fare, for Prometheus: shown by the server that holds their lease, and by no other.
 * Thread-safe.
 */
final class CollectorMeters {
    private static final String UP = "koda_collector_up";
    private static final String DISABLED = "koda_collector_disabled";
    private static final String DURATION = "koda_collector_duration_seconds";
    private static final String LAST_SUCCESS = "koda_collector_last_success_timestamp_seconds";

    private record Last(
            boolean isUp,
            boolean isDisabled,
            Duration took,
            @Nullable Instant success) {}

    private final StateSamples samples;
    private final Map<String, Last> all = new LinkedHashMap<>();

    CollectorMeters(StateSamples samples) {
        this.samples = samples;
    }

    synchronized void succeeded(String collector, Duration took, Instant now) {
        all.put(collector, new Last(true, false, took, now));
        show();
    }

    /** @param isDisabled whether it lacks what it reads */
    synchronized void failed(String collector, Duration took, boolean isDisabled) {
        var before = all.get(collector);
        all.put(collector, new Last(false, isDisabled, took, before == null ? null : before.success()));
        show();
    }

    /** The collectors are another server's now. */
    synchronized void clear() {
        all.clear();
        show();
    }

    private void show() {
        publish(UP, last -> last.isUp() ? 1.0 : 0.0);
        publish(DISABLED, last -> last.isDisabled() ? 1.0 : 0.0);
        publish(DURATION, last -> last.took().toNanos() / 1e9);
        publish(
                LAST_SUCCESS,
                last -> last.success() == null ? null : last.success().toEpochMilli() / 1_000.0);
    }

    private void publish(String metric, Function<Last, @Nullable Double> value) {
        var shown = new ArrayList<Sample>();
        all.forEach((collector, last) -> {
            var now = value.apply(last);
            if (now != null) {
                shown.add(new Sample(List.of(collector), now));
            }
        });
        samples.publish(metric, shown);
    }
}
