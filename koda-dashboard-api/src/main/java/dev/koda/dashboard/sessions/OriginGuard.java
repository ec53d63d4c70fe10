package dev.koda.dashboard.sessions;

import dev.koda.dashboard.http.Sender;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells whether a browser sends a request for a page of ours. A program sends none of the headers that say so. */
final class OriginGuard {
    private static final String SAME = "same-origin";

    private final Set<String> origins;

    OriginGuard(Set<String> origins) {
        this.origins = Set.copyOf(origins);
    }

    /** The reason to refuse it; null if no header speaks against it. */
    @Nullable
    String refusal(HttpServerRequest request, Sender sender) {
        for (var site : request.headers().getAll("Sec-Fetch-Site")) {
            if (!site.equals(SAME)) {
                return "cross_site";
            }
        }
        for (var origin : request.headers().getAll("Origin")) {
            if (!isOurs(origin.toLowerCase(Locale.ROOT), request, sender)) {
                return "foreign_origin";
            }
        }
        return null;
    }

    private boolean isOurs(String origin, HttpServerRequest request, Sender sender) {
        if (origins.contains(origin)) {
            return true;
        }
        var authority = request.authority();
        return authority != null
                && origin.equals((sender.isSecure() ? "https://" : "http://")
                        + authority.toString().toLowerCase(Locale.ROOT));
    }
}
