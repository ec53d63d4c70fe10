package dev.koda.dashboard.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * An error as RFC 9457 describes it: the only body that an HTTP error of this product has. It never holds the text of
 * an exception.
 *
 * @param status the HTTP status, 400 to 599
 * @param detail what was wrong with this request and what would be right
 * @param reason a stable word for programs, such as {@code operations_store_unavailable}
 */
public record Problem(int status, String detail, String reason) {
    /** The media type of the body. */
    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        Objects.requireNonNull(detail, "detail");
        Objects.requireNonNull(reason, "reason");
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("status must be 400 to 599, not " + status);
        }
    }

    /** One whose status says all that a program needs: its reason is the name of the status, such as {@code not_found}. */
    public Problem(int status, String detail) {
        this(status, detail, nameOf(status));
    }

    private static String nameOf(int status) {
        return HttpResponseStatus.valueOf(status)
                .reasonPhrase()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_");
    }

    /** The same with a stable reason. */
    public Problem reason(String word) {
        return new Problem(status, detail, word);
    }

    /** 401 with the challenge for a bearer token. */
    public static void challenge(HttpServerRequest request, String detail) {
        request.response().putHeader("WWW-Authenticate", "Bearer realm=\"koda\"");
        new Problem(401, detail).answer(request);
    }

    /** 405 with the methods that there are. */
    public static void methodNotAllowed(HttpServerRequest request, String allowed) {
        ofMethod(request, allowed).answer(request);
    }

    /** What {@link #methodNotAllowed} answers with, when the answer's head says already which methods there are. */
    public static Problem ofMethod(HttpServerRequest request, String allowed) {
        request.response().putHeader(HttpHeaders.ALLOW, allowed);
        return new Problem(405, "this answers " + allowed);
    }

    /** The body: type, title, status, detail and reason. */
    public Buffer body() {
        return new JsonObject()
                .put("type", "about:blank")
                .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
                .put("status", status)
                .put("detail", detail)
                .put("reason", reason)
                .toBuffer();
    }

    /** Answers the request with this; does nothing if the answer has begun or the connection is gone. */
    public void answer(HttpServerRequest request) {
        begin(request).ifPresent(HttpServerResponse::end);
    }

    /**
     * Writes the whole answer but does not end it, for whoever is not done with the connection: that of a request that
     * is not well-formed is closed at the end.
     *
     * @return what is to be ended; empty if the answer had begun before or the connection is gone
     */
    public Optional<HttpServerResponse> begin(HttpServerRequest request) {
        var response = request.response();
        if (response.headWritten() || response.closed()) {
            return Optional.empty();
        }
        var body = body();
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
        if (HttpMethod.HEAD.equals(request.method())) {
            response.writeHead();
        } else {
            response.write(body);
        }
        return Optional.of(response);
    }
}
