package dev.koda.dashboard;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets in who shows a token; the others learn nothing but that. */
final class TokenAccess implements Handler<RoutingContext> {
    private static final Logger LOG = LoggerFactory.getLogger(TokenAccess.class);

    private final OperationsOptions options;
    private final FailedAttempts failed;

    TokenAccess(OperationsOptions options) {
        this.options = options;
        failed = new FailedAttempts(options.time());
    }

    @Override
    public void handle(RoutingContext context) {
        var request = context.request();
        if (options.tokens().accepts(request.getHeader(HttpHeaders.AUTHORIZATION))) {
            context.next();
            return;
        }
        refuse(context, options.clientOf().apply(request));
    }

    private void refuse(RoutingContext context, String client) {
        int attempts = failed.add(client);
        if (attempts > FailedAttempts.LIMIT) {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString(FailedAttempts.WINDOW.toSeconds()));
            new Problem(429, "too many requests without a valid token").answer(context.request());
            return;
        }
        if (attempts == 1 || attempts == FailedAttempts.LIMIT) {
            LOG.atWarn()
                    .addKeyValue("event", "operations.refused")
                    .addKeyValue("client", client)
                    .addKeyValue("attempts", attempts)
                    .log("operations API refused a request without a valid token");
        }
        Problem.challenge(context.request(), "this needs an Authorization header with a valid bearer token");
    }
}
