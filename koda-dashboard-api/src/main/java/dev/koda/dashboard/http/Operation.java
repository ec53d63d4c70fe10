package dev.koda.dashboard.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;

/**
 * One method of one path of the operations API.
 *
 * @param id its {@code operationId} in the OpenAPI document, such as {@code listIntegrations}
 * @param method GET also answers HEAD
 * @param path below {@code /api/operations}, in the notation of OpenAPI: {@code /integrations/{id}/verify}
 * @param access whom it lets in
 * @param handler answers, on an event loop
 */
public record Operation(String id, HttpMethod method, String path, Access access, Handler<RoutingContext> handler) {
    public Operation {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(handler, "handler");
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("path must begin with a slash, not " + path);
        }
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
