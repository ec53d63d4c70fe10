package dev.koda.dashboard.http;

import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request, as far as credentials prove it.
 *
 * @param name of the operator; {@code break-glass} for the token of the settings
 * @param role what they may do
 * @param means how they proved it
 * @param session the id of the session, which is no secret; null without one
 */
public record Caller(
        String name, Role role, Means means, @Nullable String session) {
    /** The name of whoever shows the bearer token of the settings. */
    public static final String BREAK_GLASS = "break-glass";

    private static final String KEY = "koda.caller";

    /** How somebody proves who they are. */
    public enum Means {
        /** A cookie of a session. */
        SESSION,
        /** An operator's own bearer token. */
        TOKEN,
        /** The bearer token of the settings, which works without the store. */
        BREAK_GLASS,
        /** A trusted proxy says so. */
        PROXY
    }

    public Caller {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(means, "means");
    }

    /** Who sent this request; only behind an operation that is not for {@link Access#ANYONE}. */
    public static Caller of(RoutingContext context) {
        return Objects.requireNonNull(context.get(KEY), "nobody is known here");
    }

    /** Notes on the request who sent it. */
    public void noteOn(RoutingContext context) {
        context.put(KEY, this);
    }
}
