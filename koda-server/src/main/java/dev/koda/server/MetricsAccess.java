package dev.koda.server;

import dev.koda.dashboard.http.BearerTokens;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Predicate;

/**
 * Who may scrape: a peer on this machine or in a private network that speaks for itself, or anybody with a token. A
 * request that a proxy passed on came from who knows where, so it needs the token; that keeps a public reverse proxy
 * from showing the metrics to the world.
 */
final class MetricsAccess implements Predicate<HttpServerRequest> {
    private final BearerTokens tokens;

    MetricsAccess(BearerTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public boolean test(HttpServerRequest request) {
        return isNear(request) || tokens.accepts(request.getHeader(HttpHeaders.AUTHORIZATION));
    }

    private static boolean isNear(HttpServerRequest request) {
        var peer = request.remoteAddress();
        if (peer == null || peer.hostAddress() == null || TrustedProxies.isForwarded(request)) {
            return false;
        }
        return AddressRange.isLoopback(peer.hostAddress()) || AddressRange.isPrivate(peer.hostAddress());
    }

    /** The policy in one clause, for the line that the server prints at start. */
    @Override
    public String toString() {
        var others = tokens.isEmpty()
                ? "nobody else, since CONTROL_PLANE_API_TOKEN is not set"
                : "others with a CONTROL_PLANE_API_TOKEN";
        return "loopback and private addresses without forwarding headers; " + others;
    }
}
