package dev.koda.dashboard.http;

import dev.koda.checks.TimeSource;
import dev.koda.dashboard.store.StoreException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Routes of operations: each behind the gate that its access asks for, 405 for other methods of its path, 404 for other
 * paths, and a problem for whatever goes wrong.
 */
public final class OperationRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(OperationRoutes.class);

    /** After so long whoever needs the store may look whether it is back. */
    private static final Duration STORE_RETRY = Duration.ofSeconds(5);

    /** What a Postgres says to a text with a NUL, which only a request can have brought. */
    private static final String NO_TEXT = "22021";

    /** The id of what is at no path, or of no method there. */
    private static final String NONE = "none";

    private final List<Operation> operations;
    private final Gate gate;
    private final RefusalLog log;

    private OperationRoutes(List<Operation> operations, Gate gate, RefusalLog log) {
        this.operations = List.copyOf(operations);
        this.gate = gate;
        this.log = log;
    }

    /** Of these operations, which no two paths may overlap in; what is refused is logged by the system's time. */
    public static OperationRoutes of(List<Operation> operations, Gate gate) {
        return new OperationRoutes(operations, gate, RefusalLog.of(TimeSource.system()));
    }

    /** The same with a log of another time. */
    public OperationRoutes log(RefusalLog other) {
        return new OperationRoutes(operations, gate, other);
    }

    /** A router to be used by one event loop. */
    public Router router(Vertx vertx) {
        var router = Router.router(vertx);
        router.route().failureHandler(this::failed);
        var methods = new LinkedHashMap<String, Set<String>>();
        for (var operation : operations) {
            var allowed = methods.computeIfAbsent(operation.route(), path -> new TreeSet<>());
            allowed.add(operation.method().name());
            var route = router.route(operation.route()).method(operation.method());
            if (operation.method().equals(HttpMethod.GET)) {
                route.method(HttpMethod.HEAD);
                allowed.add(HttpMethod.HEAD.name());
            }
            route.handler(context -> enter(context, operation));
        }
        refuseTheRest(router, methods);
        return router;
    }

    /** Strangers do not learn which paths there are. */
    private void refuseTheRest(Router router, Map<String, Set<String>> methods) {
        methods.forEach((path, allowed) -> router.route(path)
                .handler(context -> enter(
                        context,
                        unknown(asked ->
                                answer(asked, Problem.ofMethod(asked.request(), String.join(", ", allowed)))))));
        router.route()
                .handler(context ->
                        enter(context, unknown(asked -> asked.fail(Refusal.of(404, "there is no such operation")))));
    }

    private static Operation unknown(Handler<RoutingContext> answer) {
        return Operation.read(NONE, "/", answer);
    }

    private void enter(RoutingContext context, Operation operation) {
        if (HttpMethod.GET.equals(context.request().method())
                || HttpMethod.HEAD.equals(context.request().method())) {
            admit(context, operation);
        } else {
            JsonBody.collect(context)
                    .onSuccess(there -> admit(context, operation))
                    .onFailure(context::fail);
        }
    }

    private void admit(RoutingContext context, Operation operation) {
        if (operation.access() == Access.ANYONE) {
            run(context, operation);
            return;
        }
        Future.<Void>succeededFuture()
                .compose(asked -> gate.admit(context, operation))
                .onSuccess(caller -> {
                    caller.noteOn(context);
                    run(context, operation);
                })
                .onFailure(context::fail);
    }

    /** A handler that is run later throws into nowhere otherwise. */
    private static void run(RoutingContext context, Operation operation) {
        try {
            if (!operation.id().equals(NONE)) {
                operation.check(context.queryParams());
            }
            operation.handler().handle(context);
        } catch (RuntimeException broken) {
            context.fail(broken);
        }
    }

    private void failed(RoutingContext context) {
        if (context.failure() instanceof Refusal refusal) {
            refusal.retryAfter()
                    .ifPresent(time -> context.response()
                            .putHeader(
                                    HttpHeaders.RETRY_AFTER,
                                    Long.toString(
                                            Math.max(1, time.plusMillis(999).toSeconds()))));
            answer(context, refusal.problem());
        } else if (context.failure() instanceof StoreException failure) {
            unavailable(context, failure);
        } else if (context.statusCode() >= 400 && context.statusCode() < 500) {
            answer(context, new Problem(context.statusCode(), "the request cannot be read"));
        } else {
            LOG.error("the operations API failed to answer", context.failure());
            new Problem(500, "the answer could not be made; the log says why").answer(context.request());
        }
    }

    private void answer(RoutingContext context, Problem problem) {
        if (problem.status() == 401) {
            context.response().putHeader("WWW-Authenticate", "Bearer realm=\"koda\"");
        }
        log.answer(context.request(), problem);
    }

    private void unavailable(RoutingContext context, StoreException failure) {
        if (NO_TEXT.equals(failure.sqlState())) {
            answer(context, new Problem(400, "a value of the request is no text: there is a NUL in it"));
            return;
        }
        log.note(failure);
        context.response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString(STORE_RETRY.toSeconds()));
        new Problem(503, String.valueOf(failure.getMessage()), "operations_store_unavailable")
                .answer(context.request());
    }
}
