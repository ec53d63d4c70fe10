package dev.koda.checks.network;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is sent to a URL. Never prints a header's value or the body.
 *
 * @param method {@code GET}, {@code HEAD} or {@code POST}
 * @param headers beside those that every check sends; they may hold credentials
 * @param body of a POST, or null
 */
public record HttpRequest(
        String method,
        Map<String, String> headers,
        @Nullable String body) {
    /** A plain GET. */
    public static final HttpRequest GET = new HttpRequest("GET", Map.of(), null);

    public HttpRequest {
        Objects.requireNonNull(method, "method");
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    @Override
    public String toString() {
        return method + " with headers " + headers.keySet();
    }
}
