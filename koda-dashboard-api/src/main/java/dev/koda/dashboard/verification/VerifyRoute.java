package dev.koda.dashboard.verification;

import dev.koda.checks.TimeSource;
import dev.koda.checks.stack.Integration;
import dev.koda.dashboard.audit.AuditEvent;
import dev.koda.dashboard.audit.AuditEventType;
import dev.koda.dashboard.audit.AuditTrail;
import dev.koda.dashboard.http.Caller;
import dev.koda.dashboard.http.Refusal;
import dev.koda.dashboard.http.Sender;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Verifies an integration now, on the server that is asked, and answers with the result. The event that says who wanted
 * it is stored first, or nothing is done. Thread-safe.
 */
final class VerifyRoute implements Handler<RoutingContext> {
    /** So soon after the last verification the next one says the same, and costs a provider. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    private final Watchlist watchlist;
    private final Verifier verifier;
    private final Subjects subjects;
    private final Results results;
    private final AuditTrail trail;
    private final TimeSource time;
    private final Function<HttpServerRequest, Sender> senderOf;

    /** A store or a check answers on a thread of its own. */
    private final Set<String> running = ConcurrentHashMap.newKeySet();

    VerifyRoute(
            Watchlist watchlist,
            Verifier verifier,
            Subjects subjects,
            Results results,
            AuditTrail trail,
            TimeSource time,
            Function<HttpServerRequest, Sender> senderOf) {
        this.watchlist = watchlist;
        this.verifier = verifier;
        this.subjects = subjects;
        this.results = results;
        this.trail = trail;
        this.time = time;
        this.senderOf = senderOf;
    }

    @Override
    public void handle(RoutingContext context) {
        Asked.of(context);
        var id = context.pathParam("id");
        var integration = watchlist.find(id).orElseThrow(() -> Refusal.of(404, "there is no integration of this id"));
        if (!running.add(id)) {
            throw tooSoon(PAUSE);
        }
        var event = AuditEvent.of(AuditEventType.VERIFICATION_REQUESTED)
                .by(Caller.of(context).name())
                .from(senderOf.apply(context.request()).address())
                .to(id);
        Answers.with(context, 200, verify(integration, event).onComplete(done -> running.remove(id)));
    }

    private Future<JsonObject> verify(Integration integration, AuditEvent event) {
        var id = integration.id().toString();
        return subjects.declare(List.of(Verifier.subject(integration)))
                .compose(done -> subjects.lastOf(List.of(id)))
                .compose(last -> refuseTooSoon(last.get(id)))
                .compose(free -> trail.record(event))
                .compose(noted -> verifier.verify(integration, Verification.Trigger.DEMAND))
                .compose(result -> results.store(List.of(result), Results.Fence.none())
                        .map(stored -> VerificationList.json(result)));
    }

    private Future<Void> refuseTooSoon(@Nullable Instant last) {
        var now = time.now();
        var left = last == null || Verification.isAhead(last, now)
                ? Duration.ZERO
                : PAUSE.minus(Duration.between(last, now));
        return left.isNegative() || left.isZero() ? Future.succeededFuture() : Future.failedFuture(tooSoon(left));
    }

    private static Refusal tooSoon(Duration left) {
        return Refusal.of(429, "verified_just_now", "it was verified less than " + PAUSE.toSeconds() + " s ago")
                .retryAfter(left);
    }
}
