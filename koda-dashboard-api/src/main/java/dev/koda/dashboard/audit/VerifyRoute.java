package dev.koda.dashboard.audit;

import dev.koda.dashboard.http.Caller;
import dev.koda.dashboard.http.Refusal;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.security.PublicKey;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the whole log and tells whether it is as it was sealed. Who does not trust this server or its database exports the
 * log, and verifies it elsewhere. For one event loop.
 */
final class VerifyRoute implements Handler<RoutingContext> {
    private static final Duration LATER = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final OperationsStore store;
    private final AuditTrail trail;
    private @Nullable PublicKey own;
    private boolean isRunning;

    VerifyRoute(Vertx vertx, OperationsStore store, AuditTrail trail) {
        this.vertx = vertx;
        this.store = store;
        this.trail = trail;
    }

    void trust(PublicKey key) {
        own = key;
    }

    @Override
    public void handle(RoutingContext context) {
        if (!context.queryParams().isEmpty()) {
            throw Refusal.of(400, "this takes no parameters");
        }
        if (isRunning) {
            throw Refusal.of(429, "verification_running", "a verification of the log is under way; ask again later")
                    .retryAfter(LATER);
        }
        isRunning = true;
        var by = Caller.of(context).name();
        new ChainVerifier(vertx, store, own == null ? List.of() : List.of(own), false, List.of())
                .verify()
                .onComplete(ended -> isRunning = false)
                .onSuccess(verified -> {
                    if (!verified.isIntact()) {
                        tell(by, verified);
                    }
                    answer(context, verified);
                })
                .onFailure(context::fail);
    }

    private void tell(String by, Verified verified) {
        trail.record(AuditEvent.of(AuditEventType.AUDIT_CHAIN_BROKEN)
                .by(by)
                .with("faults", verified.faults().size())
                .with("first", verified.faults().get(0)));
    }

    private static void answer(RoutingContext context, Verified verified) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(new JsonObject()
                        .put("intact", verified.isIntact())
                        .put("from", verified.from())
                        .put("to", verified.to())
                        .put("events", verified.events())
                        .put("checkpoints", verified.checkpoints())
                        .put("faults", new JsonArray(verified.faults()))
                        .toBuffer());
    }
}
