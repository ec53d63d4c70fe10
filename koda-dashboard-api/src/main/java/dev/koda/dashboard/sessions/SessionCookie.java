package dev.koda.dashboard.sessions;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * The cookie of a session. Under TLS its name keeps other hosts and plain connections from setting it; without TLS, on
 * this machine alone, it is for the paths of the API only.
 */
final class SessionCookie {
    static final String NAME = "koda_operations_session";
    static final String SECURE_NAME = "__Host-" + NAME;
    private static final String PLAIN_PATH = "/api/operations";

    private SessionCookie() {}

    /** Its value; null if there is none. */
    static @Nullable String read(RoutingContext context, boolean isSecure) {
        var cookie = context.request().getCookie(isSecure ? SECURE_NAME : NAME);
        return cookie == null || cookie.getValue().isEmpty() ? null : cookie.getValue();
    }

    /** Gives it to the browser, which forgets it when it is closed. */
    static void write(RoutingContext context, boolean isSecure, String value) {
        context.response().addCookie(cookie(isSecure, value));
    }

    /** Takes it away. */
    static void clear(RoutingContext context, boolean isSecure) {
        context.response().addCookie(cookie(isSecure, "").setMaxAge(0));
    }

    private static Cookie cookie(boolean isSecure, String value) {
        return Cookie.cookie(isSecure ? SECURE_NAME : NAME, value)
                .setPath(isSecure ? "/" : PLAIN_PATH)
                .setSecure(isSecure)
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.STRICT);
    }
}
