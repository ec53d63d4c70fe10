package dev.koda.dashboard.http;

import dev.koda.checks.Nearest;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Objects;

/**
 * One method of one path of the operations API.
 *
 * @param id its {@code operationId} in the OpenAPI document, such as {@code listIntegrations}
 * @param method GET also answers HEAD
 * @param path below {@code /api/operations}, in the notation of OpenAPI: {@code /integrations/{id}/verify}
 * @param access whom it lets in
 * @param handler answers, on an event loop
 * @param parameters what its query string may have; any other is refused
 */
public record Operation(
        String id,
        HttpMethod method,
        String path,
        Access access,
        Handler<RoutingContext> handler,
        List<String> parameters) {
    /** More letters than so many apart is another word. */
    private static final int FARTHEST = 3;

    public Operation {
        parameters = List.copyOf(parameters);
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(handler, "handler");
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("path must begin with a slash, not " + path);
        }
    }

    /** One without a query string. */
    public Operation(String id, HttpMethod method, String path, Access access, Handler<RoutingContext> handler) {
        this(id, method, path, access, handler, List.of());
    }

    /** The same with these parameters in its query string. */
    public Operation taking(List<String> names) {
        return new Operation(id, method, path, access, handler, names);
    }

    /** The same with these parameters in its query string. */
    public Operation taking(String... names) {
        return taking(List.of(names));
    }

    /**
     * Looks at the names of a query string.
     *
     * @throws Refusal 400 {@code unknown_parameter} with the name that was probably meant, because a typo must not change
     *     what is asked without a word
     */
    void check(MultiMap query) {
        for (var name : query.names()) {
            if (!parameters.contains(name)) {
                throw Refusal.of(400, "unknown_parameter", "unknown parameter; " + known(name));
            }
        }
    }

    private String known(String name) {
        if (parameters.isEmpty()) {
            return "this takes none";
        }
        var nearest = Nearest.of(name, parameters, FARTHEST);
        return (nearest == null ? "" : "is " + nearest + " meant? ") + "known are " + String.join(", ", parameters);
    }

    /** A GET for viewers. */
    public static Operation read(String id, String path, Handler<RoutingContext> handler) {
        return new Operation(id, HttpMethod.GET, path, Access.VIEWER, handler);
    }

    /** A POST. */
    public static Operation post(String id, String path, Access access, Handler<RoutingContext> handler) {
        return new Operation(id, HttpMethod.POST, path, access, handler);
    }

    /** A DELETE. */
    public static Operation delete(String id, String path, Access access, Handler<RoutingContext> handler) {
        return new Operation(id, HttpMethod.DELETE, path, access, handler);
    }

    /** The path in the notation of the router: {@code /integrations/:id/verify}. */
    public String route() {
        return path.replaceAll("\\{([A-Za-z]+)}", ":$1");
    }

    /** True if it changes something, so that a browser must prove that its own page asks. */
    public boolean isUnsafe() {
        return !HttpMethod.GET.equals(method);
    }
}
