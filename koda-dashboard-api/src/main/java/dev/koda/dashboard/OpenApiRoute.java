package dev.koda.dashboard;

import dev.koda.dashboard.http.EntityTag;
import dev.koda.dashboard.http.Refusal;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Answers with the OpenAPI document of the operations, as it stands beside this class. */
final class OpenApiRoute implements Handler<RoutingContext> {
    private static final String NAME = "openapi.json";

    private final Buffer document;
    private final EntityTag tag;

    private OpenApiRoute(byte[] document) {
        this.document = Buffer.buffer(document);
        tag = EntityTag.of(document);
    }

    /** With the document of this build. */
    static OpenApiRoute ofThisBuild() {
        try (var file = OpenApiRoute.class.getResourceAsStream(NAME)) {
            if (file == null) {
                throw new IllegalStateException(NAME + " is missing beside OpenApiRoute");
            }
            return new OpenApiRoute(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(NAME + " cannot be read", e);
        }
    }

    @Override
    public void handle(RoutingContext context) {
        if (!context.queryParams().isEmpty()) {
            throw Refusal.of(400, "this takes no parameters");
        }
        var response = context.response();
        // Whoever has it may keep it, and asks, with a credential, whether it is still the one.
        response.putHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache").putHeader(HttpHeaders.ETAG, tag.toString());
        if (tag.isKnownBy(context.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(document.length()));
        if (HttpMethod.HEAD.equals(context.request().method())) {
            response.end();
        } else {
            response.end(document);
        }
    }
}
