package dev.koda.dashboard.verification;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Answers with JSON that nobody caches. */
final class Answers {
    private Answers() {}

    /** With what comes of it; a failure goes to whoever answers failures. */
    static void with(RoutingContext context, int status, Future<JsonObject> body) {
        body.onSuccess(json -> send(context, status, json.toBuffer())).onFailure(context::fail);
    }

    private static void send(RoutingContext context, int status, Buffer body) {
        var response = context.response();
        if (response.closed() || response.ended()) {
            return;
        }
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
        if (HttpMethod.HEAD.equals(context.request().method())) {
            response.end();
        } else {
            response.end(body);
        }
    }
}
