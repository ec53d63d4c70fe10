package dev.koda.dashboard.sessions;

import dev.koda.checks.settings.Secret;
import dev.koda.dashboard.http.BearerTokens;
import dev.koda.dashboard.http.Sender;
import dev.koda.dashboard.limits.RateLimits;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whom the surface lets in, beside its operators.
 *
 * @param tokens the bearer tokens of the settings, which work without the store
 * @param secret what sessions are sealed with; null for one that ends with the process, and all sessions with it
 * @param senderOf who sends a request, as far as it is vouched for
 * @param origins of the pages that may send what changes something, beside the one that a request is sent to, such as
 *     {@code https://koda.example.com}
 * @param rates how often one client may ask
 */
public record SessionOptions(
        BearerTokens tokens,
        @Nullable Secret secret,
        Function<HttpServerRequest, Sender> senderOf,
        Set<String> origins,
        RateLimits rates) {
    public SessionOptions {
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(senderOf, "senderOf");
        Objects.requireNonNull(rates, "rates");
        origins = Set.copyOf(origins);
    }

    /** With the usual limits of {@link RateLimits#usual}. */
    public SessionOptions(
            BearerTokens tokens,
            @Nullable Secret secret,
            Function<HttpServerRequest, Sender> senderOf,
            Set<String> origins) {
        this(tokens, secret, senderOf, origins, RateLimits.usual());
    }

    /** With sessions that end with the process, and no other origins. */
    public static SessionOptions of(BearerTokens tokens, Function<HttpServerRequest, Sender> senderOf) {
        return new SessionOptions(tokens, null, senderOf, Set.of());
    }

    /** The same with other limits. */
    public SessionOptions rates(RateLimits other) {
        return new SessionOptions(tokens, secret, senderOf, origins, other);
    }
}
