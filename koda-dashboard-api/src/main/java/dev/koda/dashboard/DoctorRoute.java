package dev.koda.dashboard;

import dev.koda.checks.Query;
import dev.koda.checks.Report;
import dev.koda.checks.SelectionException;
import dev.koda.checks.Suite;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.report.HealthJson;
import dev.koda.checks.report.ReportJson;
import dev.koda.dashboard.http.Accepts;
import dev.koda.dashboard.http.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs the doctor for one request, and writes the report as the client likes it. */
final class DoctorRoute implements Handler<RoutingContext> {
    private static final String REPORT = "application/json";
    private static final String HEALTH = "application/health+json";

    /** The engine answers at the deadline, unless checks that block by mistake hold all of its threads. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

    private final CheckEngine engine;
    private final OperationsOptions options;

    DoctorRoute(CheckEngine engine, OperationsOptions options) {
        this.engine = engine;
        this.options = options;
    }

    @Override
    public void handle(RoutingContext context) {
        var mediaType = Accepts.best(context.request().getHeader(HttpHeaders.ACCEPT), REPORT, HEALTH);
        if (mediaType == null) {
            refuse(context, 406, "a report is " + REPORT + " or " + HEALTH);
            return;
        }
        DoctorRequest request;
        try {
            request = DoctorRequest.of(context.queryParams());
        } catch (IllegalArgumentException e) {
            refuse(context, 400, String.valueOf(e.getMessage()));
            return;
        }
        boolean isHealth = mediaType.equals(HEALTH);
        if (isHealth && request.stable()) {
            refuse(context, 406, "stable=true is " + REPORT + " only");
            return;
        }
        reportFor(request, context)
                .map(report -> isHealth
                        ? HealthJson.write(report)
                        : request.stable() ? ReportJson.stable(report) : ReportJson.write(report))
                .onComplete(body -> answer(context, mediaType, body), failure -> failed(context, request, failure));
    }

    private Future<Report> reportFor(DoctorRequest request, RoutingContext context) {
        if (request.cached()) {
            return Future.succeededFuture().map(ignored -> engine.snapshot(Suite.DOCTOR));
        }
        var query = Query.of(Suite.DOCTOR)
                .only(request.only())
                .skip(request.skip())
                .freshOnly()
                .deadline(options.deadline());
        var wanted = request.strict() && hasHardening() ? query.with(Suite.HARDENING) : query;
        var own = context.vertx().getOrCreateContext();
        // The engine begins checks on its caller's thread: one that blocks by mistake must not hold this event loop.
        var begun = CompletableFuture.supplyAsync(
                () -> engine.run(wanted), options.time().executor());
        return Future.fromCompletionStage(begun, own)
                .compose(running -> Future.fromCompletionStage(running, own))
                .timeout(options.deadline().plus(MARGIN).toMillis(), TimeUnit.MILLISECONDS);
    }

    private boolean hasHardening() {
        return !engine.checks(Suite.HARDENING).isEmpty();
    }

    private static void failed(RoutingContext context, DoctorRequest request, Throwable failure) {
        if (failure instanceof SelectionException && request.isNarrowed()) {
            refuse(context, 400, String.valueOf(failure.getMessage()));
        } else if (failure instanceof SelectionException) {
            context.fail(Refusal.of(404, "no_checks", "this server has no check that the doctor runs"));
        } else {
            context.fail(500, failure);
        }
    }

    private static void refuse(RoutingContext context, int status, String detail) {
        context.fail(Refusal.of(status, detail));
    }

    private static void answer(RoutingContext context, String mediaType, byte[] body) {
        var response = context.response();
        if (response.closed()) {
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, mediaType)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader(HttpHeaders.VARY, "accept, authorization")
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length));
        if (HttpMethod.HEAD.equals(context.request().method())) {
            response.end();
        } else {
            response.end(Buffer.buffer(body));
        }
    }
}
