package dev.koda.checks.vertx;

import dev.koda.checks.Report;
import dev.koda.checks.SelectionException;
import dev.koda.checks.Suite;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.report.ReportJson;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Function;

/**
 * Answers an orchestrator's probe from the engine's snapshot: 200 for pass and warn, 503 for fail, at once and without
 * running anything. The body tells strangers no more than {@link ReportJson#readiness} does, and its bytes are made
 * once per report. GET and HEAD are answered, other methods with 405 and a problem
 * of RFC 9457. Safe for any number of event loops.
 */
public final class ProbeHandler implements Handler<HttpServerRequest> {
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
    private static final CharSequence NO_SNIFF = HttpHeaders.createOptimized("nosniff");
    private static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("X-Content-Type-Options");

    private static final String PROBLEM = "application/problem+json";
    private static final Buffer NOT_ALLOWED =
            Buffer.buffer("{\"type\":\"about:blank\",\"title\":\"Method Not Allowed\","
                    + "\"status\":405,\"detail\":\"this answers GET, HEAD\"}");

    private record Answer(Report report, int status, Buffer body, CharSequence length) {}

    private final CheckEngine engine;
    private final Suite suite;
    private final Function<Report, byte[]> json;
    private volatile Answer last;

    private ProbeHandler(CheckEngine engine, Suite suite, Function<Report, byte[]> json) {
        this.engine = engine;
        this.suite = suite;
        this.json = json;
        last = answer(engine.snapshot(suite));
    }

    /**
     * May the process take work, and if not, why.
     *
     * @throws SelectionException if the engine has no check in {@link Suite#READINESS}
     */
    public static ProbeHandler readiness(CheckEngine engine) {
        return readiness(engine, true);
    }

    /**
     * May the process take work.
     *
     * @param withReasons false to tell strangers the status only
     * @throws SelectionException if the engine has no check in {@link Suite#READINESS}
     */
    public static ProbeHandler readiness(CheckEngine engine, boolean withReasons) {
        return new ProbeHandler(engine, Suite.READINESS, report -> ReportJson.readiness(report, withReasons));
    }

    /**
     * Is the process alive.
     *
     * @throws SelectionException if the engine has no check in {@link Suite#LIVENESS}
     */
    public static ProbeHandler liveness(CheckEngine engine) {
        return new ProbeHandler(engine, Suite.LIVENESS, ReportJson::liveness);
    }

    @Override
    public void handle(HttpServerRequest request) {
        boolean isHead = HttpMethod.HEAD.equals(request.method());
        if (!isHead && !HttpMethod.GET.equals(request.method())) {
            request.response()
                    .setStatusCode(405)
                    .putHeader(HttpHeaders.ALLOW, "GET, HEAD")
                    .putHeader(HttpHeaders.CONTENT_TYPE, PROBLEM)
                    .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE)
                    .end(NOT_ALLOWED.copy());
            return;
        }
        var answer = current();
        var response = request.response().setStatusCode(answer.status);
        response.headers()
                .set(HttpHeaders.CONTENT_TYPE, JSON)
                .set(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .set(CONTENT_TYPE_OPTIONS, NO_SNIFF)
                .set(HttpHeaders.CONTENT_LENGTH, answer.length);
        if (isHead) {
            response.end();
        } else {
            response.end(answer.body);
        }
    }

    @SuppressWarnings(
            "ReferenceEquality") // The engine makes one report per evaluation; equal content is not the point.
    private Answer current() {
        var report = engine.snapshot(suite);
        var answer = last;
        if (answer.report != report) {
            answer = answer(report);
            last = answer;
        }
        return answer;
    }

    private Answer answer(Report report) {
        var body = json.apply(report);
        return new Answer(
                report, report.ok() ? 200 : 503, Buffer.buffer(body), HttpHeaders.createOptimized("" + body.length));
    }
}
