package dev.koda.server;

import dev.koda.dashboard.http.Problem;
import dev.koda.dashboard.http.RefusalLog;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a client may send: no route takes a body of more than a few kilobytes, and nothing is kept in memory for one. */
final class HttpLimits {
    static final int LINE_BYTES = 4_096;
    static final int HEADER_BYTES = 16_384;
    static final int BODY_BYTES = 65_536;

    /** Longer than the scrape interval of most, so that their connection is still there. */
    static final int IDLE_SECONDS = 75;

    private static final long LINGER_MILLIS = 500;

    private static final Pattern MALFORMED = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private HttpLimits() {}

    static HttpServerOptions options(ServerOptions options) {
        return new HttpServerOptions()
                .setHost(options.host())
                .setPort(options.port())
                .setMaxInitialLineLength(LINE_BYTES)
                .setMaxHeaderSize(HEADER_BYTES)
                .setIdleTimeout(IDLE_SECONDS)
                .setHttp2ClearTextEnabled(false);
    }

    /** Answers what is no HTTP request, or too long a one, and ends the connection: its rest cannot be understood. */
    static void refuseInvalid(HttpServerRequest request, RefusalLog log) {
        var decoded = request.decoderResult();
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        var problem = problemOf(decoded == null ? null : decoded.cause());
        log.note(request, problem);
        problem.begin(request).ifPresent(response -> later(() -> endAndClose(response, request.connection())));
    }

    private static void endAndClose(HttpServerResponse response, HttpConnection connection) {
        if (!response.closed()) {
            response.end();
        }
        connection.close();
    }

    private static Problem problemOf(@Nullable Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return new Problem(414, "the request line is longer than " + LINE_BYTES + " bytes");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return new Problem(431, "the header is larger than " + HEADER_BYTES + " bytes");
        }
        return new Problem(400, "this is not a well-formed HTTP request");
    }

    /**
     * Refuses a path in which a percent sign begins nothing, which no router can read.
     *
     * @return true if the request has been answered
     */
    static boolean refusesPath(HttpServerRequest request, String path, RefusalLog log) {
        if (!MALFORMED.matcher(path).find()) {
            return false;
        }
        log.answer(
                request,
                new Problem(
                                400,
                                "in the path, a percent sign is followed by two hexadecimal digits: %25 is the sign itself")
                        .reason("malformed_path"));
        return true;
    }

    /**
     * Refuses a body that says it is too large, and ends the connection of one that turns out to be.
     *
     * @return true if the request has been answered
     */
    static boolean refusesBody(HttpServerRequest request, RefusalLog log) {
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && isTooLong(length)) {
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            log.answer(request, new Problem(413, "the body is larger than " + BODY_BYTES + " bytes"));
            closeAfterReading(request);
            return true;
        }
        if (length != null || request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            readAway(request, BODY_BYTES);
        }
        return false;
    }

    private static boolean isTooLong(String length) {
        return length.length() > 9 || !length.matches("\\d+") || Integer.parseInt(length) > BODY_BYTES;
    }

    private static void closeAfterReading(HttpServerRequest request) {
        readAway(request, BODY_BYTES);
        later(() -> request.connection().close());
    }

    /** An answer is lost if its connection is closed while the client still writes; so it may, for a moment. */
    private static void later(Runnable closing) {
        Vertx.currentContext().owner().setTimer(LINGER_MILLIS, late -> closing.run());
    }

    private static void readAway(HttpServerRequest request, int most) {
        var left = new AtomicInteger(most);
        request.handler(data -> {
            if (left.addAndGet(-data.length()) < 0) {
                request.connection().close();
            }
        });
        request.exceptionHandler(broken -> {});
    }
}
