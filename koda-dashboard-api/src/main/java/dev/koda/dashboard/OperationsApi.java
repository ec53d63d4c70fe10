package dev.koda.dashboard;

import dev.koda.checks.engine.CheckEngine;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes of the operations API. Every one asks for a bearer token first; every error is a {@link Problem}.
 *
 * <p>{@code GET /doctor} runs the doctor: checks that are running are joined and results younger than their ttl reused.
 * It answers 200 whenever there is a report, whatever the report says.
 */
public final class OperationsApi {
    private static final Logger LOG = LoggerFactory.getLogger(OperationsApi.class);

    /** Where a server mounts {@link #router}. */
    public static final String PATH = "/api/operations/*";

    private final CheckEngine engine;
    private final OperationsOptions options;

    private OperationsApi(CheckEngine engine, OperationsOptions options) {
        this.engine = Objects.requireNonNull(engine, "engine");
        this.options = Objects.requireNonNull(options, "options");
    }

    /** The API over this engine, which stays the caller's to close. */
    public static OperationsApi of(CheckEngine engine, OperationsOptions options) {
        return new OperationsApi(engine, options);
    }

    /** A router for {@link #PATH}, to be used by one event loop. */
    public Router router(Vertx vertx) {
        var router = Router.router(vertx);
        router.route().handler(new TokenAccess(options)).failureHandler(OperationsApi::failed);
        router.route("/doctor")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(new DoctorRoute(engine, options));
        router.route("/doctor").handler(context -> Problem.methodNotAllowed(context.request(), "GET, HEAD"));
        router.route()
                .handler(context -> new Problem(404, "no such operation; there is /api/operations/doctor")
                        .answer(context.request()));
        return router;
    }

    private static void failed(RoutingContext context) {
        int status = context.statusCode() < 400 ? 500 : context.statusCode();
        if (status >= 500) {
            LOG.error("the operations API failed to answer", context.failure());
        }
        var detail = status < 500 ? "the request cannot be read" : "the answer could not be made; the log says why";
        new Problem(status, detail).answer(context.request());
    }
}
