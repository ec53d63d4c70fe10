package dev.koda.server.metrics;

import dev.koda.checks.TimeSource;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Requests by route and class of status. Every timer is made at start, so that a request costs two readings of
 * the clock and one bound timer, and a label never holds what a client sent.
 */
public final class HttpMeters {
    /** The first is for requests whose client, or whose server, left before the answer. */
    private static final String[] STATUS_CLASSES = {"none", "1xx", "2xx", "3xx", "4xx", "5xx"};

    private static final Duration[] OBJECTIVES = {
        Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(25), Duration.ofMillis(100), Duration.ofSeconds(1)
    };

    private final TimeSource time;
    private final Map<Route, List<Timer>> timers = new EnumMap<>(Route.class);
    private final AtomicInteger active = new AtomicInteger();

    HttpMeters(MeterRegistry registry, TimeSource time) {
        this.time = time;
        for (var route : Route.values()) {
            timers.put(route, bind(registry, route));
        }
        Gauge.builder("koda.http.server.active.requests", active, AtomicInteger::get)
                .description("Requests that are being answered")
                .register(registry);
    }

    private static List<Timer> bind(MeterRegistry registry, Route route) {
        var bound = new Timer[STATUS_CLASSES.length];
        for (int i = 0; i < bound.length; i++) {
            bound[i] = Timer.builder("koda.http.server.requests")
                    .description("Time from the head of a request to the end of its answer")
                    .tag("route", route.path())
                    .tag("status", STATUS_CLASSES[i])
                    .serviceLevelObjectives(OBJECTIVES)
                    .register(registry);
        }
        return List.of(bound);
    }

    /**
     * Measures the request from now to the end of its answer or of its connection, whichever comes first.
     *
     * @param then is run after that
     */
    public void observe(Route route, HttpServerRequest request, Runnable then) {
        long start = time.nanos();
        active.incrementAndGet();
        var response = request.response();
        response.endHandler(ended -> {
            active.decrementAndGet();
            record(route, response.headWritten() ? response.getStatusCode() / 100 : 0, time.nanos() - start);
            then.run();
        });
    }

    private void record(Route route, int statusClass, long tookNanos) {
        var bound = timers.get(route);
        if (bound != null) {
            int index = Math.min(statusClass, STATUS_CLASSES.length - 1);
            bound.get(index).record(tookNanos, TimeUnit.NANOSECONDS);
        }
    }
}
