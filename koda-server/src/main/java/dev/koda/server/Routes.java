package dev.koda.server;

import dev.koda.checks.docs.CheckDocs;
import dev.koda.dashboard.Operations;
import dev.koda.dashboard.http.Problem;
import dev.koda.dashboard.page.Page;
import dev.koda.server.metrics.ServerMetrics;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything but the probes. Every error is a {@link Problem}; what is our own fault is logged here, once. */
final class Routes {
    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

    private final ServerOptions options;
    private final Operations operations;
    private final ServerMetrics metrics;
    private final CheckDocs docs = CheckDocs.bundled();
    private final Runbooks runbooks = Runbooks.bundled();
    private final Page page;

    Routes(ServerOptions options, Operations operations, ServerMetrics metrics) {
        this.options = options;
        this.operations = operations;
        this.metrics = metrics;
        page = Page.of(options.links());
    }

    Router router(Vertx vertx) {
        var router = Router.router(vertx);
        router.route().handler(Routes::protect);
        get(router, "/metrics", metrics.route(new MetricsAccess(options.tokens())));
        get(
                router,
                "/docs/checks/:id",
                context -> show(context, docs.of(context.pathParam("id")), "no check of this id is documented"));
        get(router, "/docs/runbooks", this::listRunbooks);
        get(
                router,
                "/docs/runbooks/:alert",
                context ->
                        show(context, runbooks.of(context.pathParam("alert")), "no alert of this name has a runbook"));
        page.mount(router);
        router.route(Operations.PATH).subRouter(operations.router(vertx));
        // Last, because the first route that matches takes a failure: the operations answer their own.
        router.route()
                .handler(context -> refuse(context, new Problem(404, "there is nothing at this path")))
                .failureHandler(this::failed);
        return router;
    }

    private void get(Router router, String path, Handler<RoutingContext> handler) {
        router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(handler);
        router.route(path).handler(context -> refuse(context, Problem.ofMethod(context.request(), "GET, HEAD")));
    }

    /** No answer is a page that may run or frame anything, but for the one that says what. */
    private static void protect(RoutingContext context) {
        context.response()
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
                .putHeader("Referrer-Policy", "no-referrer");
        context.next();
    }

    /** @param absence what to say if there is no such text */
    private void show(RoutingContext context, Optional<String> text, String absence) {
        if (text.isEmpty()) {
            refuse(context, new Problem(404, absence));
        } else {
            answer(context, "text/plain; charset=utf-8", text.get());
        }
    }

    private void listRunbooks(RoutingContext context) {
        answer(context, "text/html; charset=utf-8", runbooks.list());
    }

    private static void answer(RoutingContext context, String type, String text) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=300")
                .end(text);
    }

    private void refuse(RoutingContext context, Problem problem) {
        operations.refusals().answer(context.request(), problem);
    }

    private void failed(RoutingContext context) {
        int status = context.statusCode() < 400 ? 500 : context.statusCode();
        if (status >= 500) {
            LOG.atError()
                    .addKeyValue("event", "request.failed")
                    .addKeyValue("trace_id", TraceParent.traceOf(context.request()))
                    .setCause(context.failure())
                    .log("a request could not be answered");
        }
        var detail = status < 500 ? "the request cannot be read" : "the answer could not be made; the log says why";
        refuse(context, new Problem(status, detail));
    }
}
