package dev.koda.server.metrics;

import dev.koda.dashboard.http.Problem;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Predicate;

/** Answers a scrape to whom the access policy lets in, one at a time and off the event loop. */
public final class MetricsRoute implements Handler<RoutingContext> {
    private final Scrape scrape;
    private final Predicate<HttpServerRequest> access;

    /**
     * A route that shows these metrics.
     *
     * @param access true for a request that may see them
     */
    public MetricsRoute(ServerMetrics metrics, Predicate<HttpServerRequest> access) {
        scrape = new Scrape(metrics.registry());
        this.access = access;
    }

    @Override
    public void handle(RoutingContext context) {
        var request = context.request();
        if (!access.test(request)) {
            Problem.challenge(request, "from here, metrics need an Authorization header with a valid bearer token");
            return;
        }
        var accept = request.getHeader(HttpHeaders.ACCEPT);
        var encoding = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
        context.vertx()
                .executeBlocking(() -> scrape.write(accept, encoding))
                .onComplete(answer -> send(context, answer), context::fail);
    }

    private static void send(RoutingContext context, Scrape.Answer answer) {
        var response = context.response();
        if (response.closed()) {
            return;
        }
        if (answer.isGzipped()) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType())
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader(HttpHeaders.VARY, "accept, accept-encoding")
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(answer.body().length));
        if (HttpMethod.HEAD.equals(context.request().method())) {
            response.end();
        } else {
            response.end(Buffer.buffer(answer.body()));
        }
    }
}
