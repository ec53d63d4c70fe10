package dev.koda.dashboard.sessions;

import dev.koda.dashboard.http.Caller;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

/** What a page learns about who uses it. */
final class SessionJson {
    private SessionJson() {}

    static JsonObject of(Session session, Identity identity, String csrf) {
        return new JsonObject()
                .put("name", identity.name())
                .put("role", identity.role().toString())
                .put("means", "session")
                .put("session", session.id().toString())
                .put("csrf", csrf)
                .put("begun_at", session.begunAt().toString())
                .put("ends_at", session.end().toString())
                .put("idle_seconds", Session.IDLE.toSeconds());
    }

    /** Of who has none. */
    static JsonObject of(Caller caller) {
        return new JsonObject()
                .put("name", caller.name())
                .put("role", caller.role().toString())
                .put("means", caller.means().name().toLowerCase(Locale.ROOT));
    }

    static void answer(RoutingContext context, int status, JsonObject body) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(body.toBuffer());
    }
}
