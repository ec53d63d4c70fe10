package dev.koda.dashboard;

import dev.koda.dashboard.http.Caller;
import dev.koda.dashboard.http.Gate;
import dev.koda.dashboard.http.Operation;
import dev.koda.dashboard.http.Refusal;
import dev.koda.dashboard.http.Role;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets in who shows a token of the settings; the others learn nothing but that. */
final class TokenGate implements Gate {
    private static final Logger LOG = LoggerFactory.getLogger(TokenGate.class);

    private static final Caller BREAK_GLASS = new Caller("break-glass", Role.ADMIN, Caller.Means.BREAK_GLASS, null);

    private final OperationsOptions options;
    private final FailedAttempts failed;

    TokenGate(OperationsOptions options) {
        this.options = options;
        failed = new FailedAttempts(options.time());
    }

    @Override
    public Future<Caller> admit(RoutingContext context, Operation operation) {
        var request = context.request();
        return options.tokens().accepts(request.getHeader(HttpHeaders.AUTHORIZATION))
                ? Future.succeededFuture(BREAK_GLASS)
                : Future.failedFuture(refusal(options.clientOf().apply(request)));
    }

    private Refusal refusal(String client) {
        int attempts = failed.add(client);
        if (attempts > FailedAttempts.LIMIT) {
            return Refusal.of(429, "too many requests without a valid token").retryAfter(FailedAttempts.WINDOW);
        }
        if (attempts == 1 || attempts == FailedAttempts.LIMIT) {
            LOG.atWarn()
                    .addKeyValue("event", "operations.refused")
                    .addKeyValue("client", client)
                    .addKeyValue("attempts", attempts)
                    .log("operations API refused a request without a valid token");
        }
        return Refusal.of(401, "this needs an Authorization header with a valid bearer token");
    }
}
