package dev.koda.server;

import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The trace that a request belongs to, as its header {@code traceparent} (W3C Trace Context) says. */
final class TraceParent {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final String NONE = "0".repeat(32);

    private TraceParent() {}

    /** 32 digits; null if the request names none, or not in that form. */
    static @Nullable String traceOf(HttpServerRequest request) {
        return traceOf(request.getHeader("traceparent"));
    }

    static @Nullable String traceOf(@Nullable String header) {
        if (header == null) {
            return null;
        }
        var found = FORM.matcher(header);
        return found.matches() && !found.group(1).equals(NONE) ? found.group(1) : null;
    }
}
