package dev.koda.server;

import dev.koda.dashboard.http.Problem;
import dev.koda.dashboard.http.RefusalLog;
import dev.koda.server.metrics.HttpMeters;
import dev.koda.server.metrics.Route;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where every request comes in. Probes are answered here, by a look at the path and before the router: they never wait
 * for anything, cost the same whatever else the server does, and are the last thing to break.
 */
final class Entrance implements Handler<HttpServerRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);

    private final Probes probes;
    private final Handler<HttpServerRequest> router;
    private final HttpMeters meters;
    private final Connections connections;
    private final RefusalLog refusals;
    private final DateHeader date;

    Entrance(
            Probes probes,
            Handler<HttpServerRequest> router,
            HttpMeters meters,
            Connections connections,
            RefusalLog refusals,
            DateHeader date) {
        this.probes = probes;
        this.router = router;
        this.meters = meters;
        this.connections = connections;
        this.refusals = refusals;
        this.date = date;
    }

    /** Takes the requests of the server. */
    void open(HttpServer server) {
        server.connectionHandler(connections::opened)
                .requestHandler(this)
                .invalidRequestHandler(this::refuseInvalid)
                .exceptionHandler(broken -> LOG.debug("a connection broke", broken));
    }

    @Override
    public void handle(HttpServerRequest request) {
        var path = request.path();
        if (path == null) {
            refuseInvalid(request);
            return;
        }
        var probe = probes.at(path);
        begin(probe == null ? Route.of(path) : probe.route(), request);
        if (HttpLimits.refusesPath(request, path, refusals) || HttpLimits.refusesBody(request, refusals)) {
            return;
        }
        if (probe == null) {
            router.handle(request);
        } else if (Probes.takes(request)) {
            probe.handler().handle(request);
        } else {
            refusals.answer(request, Problem.ofMethod(request, "GET, HEAD"));
        }
    }

    private void refuseInvalid(HttpServerRequest request) {
        begin(Route.OTHER, request);
        HttpLimits.refuseInvalid(request, refusals);
    }

    private void begin(Route route, HttpServerRequest request) {
        date.putOn(request.response());
        meters.observe(route, request, connections.asked(request.connection()));
    }
}
