package dev.koda.server;

import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.vertx.ProbeHandler;
import dev.koda.server.metrics.Route;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The paths that orchestrators and load balancers poll. */
final class Probes {
    private static final Buffer PASS = Buffer.buffer("{\"status\":\"pass\"}");
    private static final CharSequence PASS_LENGTH = HttpHeaders.createOptimized(Integer.toString(PASS.length()));
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence NO_SNIFF = HttpHeaders.createOptimized("nosniff");
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");

    /**
     * One of them.
     *
     * @param route how it is counted
     * @param handler answers GET and HEAD at once
     */
    record Probe(Route route, Handler<HttpServerRequest> handler) {}

    private final Map<String, Probe> byPath;

    private Probes(Map<String, Probe> byPath) {
        this.byPath = byPath;
    }

    static Probes of(CheckEngine engine, ServerOptions options) {
        var health = new Probe(Route.HEALTH, Probes::pass);
        var readiness = new Probe(Route.READINESS, ProbeHandler.readiness(engine, options.withReasons()));
        // Older Koda documentation names the last two.
        return new Probes(Map.of(
                "/health", health,
                "/api/runtime/readiness", readiness,
                "/api/runtime/ready", readiness,
                "/api/control-plane/health", readiness));
    }

    /** The probe at exactly this path, or null. */
    @Nullable
    Probe at(String path) {
        return byPath.get(path);
    }

    /** Says that the process answers, and nothing else: whatever it looked at could make an orchestrator restart it. */
    private static void pass(HttpServerRequest request) {
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .putHeader(CONTENT_TYPE_OPTIONS, NO_SNIFF)
                .putHeader(HttpHeaders.CONTENT_LENGTH, PASS_LENGTH);
        if (HttpMethod.HEAD.equals(request.method())) {
            request.response().end();
        } else {
            request.response().end(PASS);
        }
    }

    /** Probes are polled with GET, by some with HEAD. */
    static boolean takes(HttpServerRequest request) {
        return HttpMethod.GET.equals(request.method()) || HttpMethod.HEAD.equals(request.method());
    }
}
