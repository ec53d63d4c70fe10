package dev.koda.server.metrics;

import dev.koda.dashboard.http.Accepts;
import dev.koda.dashboard.http.Problem;
import dev.koda.server.metrics.Scrape.Asked;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Answers a scrape to whom the access policy lets in. The samples are written off the event loop, once for all scrapes of
 * one kind that come while it is done. Belongs to one event loop.
 */
public final class MetricsRoute implements Handler<RoutingContext> {
    private final Runnable refused;
    private final Scrape scrape;
    private final Predicate<HttpServerRequest> access;
    private final Map<Asked, Future<Buffer>> underway = new HashMap<>();

    /**
     * A route that shows what is in this registry.
     *
     * @param access true for a request that may see it
     * @param refused is run for each that may not
     */
    public MetricsRoute(PrometheusRegistry registry, Predicate<HttpServerRequest> access, Runnable refused) {
        scrape = new Scrape(registry);
        this.access = access;
        this.refused = refused;
    }

    @Override
    public void handle(RoutingContext context) {
        var request = context.request();
        if (!access.test(request)) {
            refused.run();
            Problem.challenge(request, "from here, metrics need an Authorization header with a valid bearer token");
            return;
        }
        var asked = new Asked(
                ScrapeFormat.of(request.getHeader(HttpHeaders.ACCEPT)),
                Accepts.gzip(request.getHeader(HttpHeaders.ACCEPT_ENCODING)));
        shared(context.vertx(), asked).onComplete(body -> send(context, asked, body), context::fail);
    }

    private Future<Buffer> shared(Vertx vertx, Asked asked) {
        var begun = underway.get(asked);
        if (begun != null) {
            return begun;
        }
        // In the order of this context: the buffers are there once.
        var writing = vertx.executeBlocking(() -> scrape.write(asked), true);
        underway.put(asked, writing);
        writing.onComplete(done -> underway.remove(asked));
        return writing;
    }

    private static void send(RoutingContext context, Asked asked, Buffer body) {
        var response = context.response();
        if (response.closed() || response.headWritten()) {
            return;
        }
        if (asked.isGzipped()) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, asked.format().contentType())
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader(HttpHeaders.VARY, "accept, accept-encoding")
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
        if (HttpMethod.HEAD.equals(context.request().method())) {
            response.end();
        } else {
            new PacedBody(response, body).send();
        }
    }
}
