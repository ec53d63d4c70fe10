package dev.koda.dashboard.sessions;

import dev.koda.dashboard.audit.AuditEvent;
import dev.koda.dashboard.audit.AuditEventType;
import dev.koda.dashboard.audit.AuditTrail;
import dev.koda.dashboard.http.Caller;
import dev.koda.dashboard.http.Gate;
import dev.koda.dashboard.http.Operation;
import dev.koda.dashboard.http.Refusal;
import dev.koda.dashboard.http.Role;
import dev.koda.dashboard.http.Sender;
import dev.koda.dashboard.limits.ClientRates;
import dev.koda.dashboard.operators.Knowledge;
import dev.koda.dashboard.operators.Operators;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * Lets in who shows a credential, as far as their role goes, and nobody in the name of somebody else. Strangers learn
 * nothing but that.
 */
final class CredentialGate implements Gate {
    static final String CSRF_HEADER = "X-Koda-Csrf";

    private final SessionOptions options;
    private final Credentials credentials;
    private final SessionBook book;
    private final Operators operators;
    private final Lockouts lockouts;
    private final ClientRates rates;
    private final OriginGuard origins;
    private final AuditTrail trail;

    CredentialGate(
            SessionOptions options,
            Credentials credentials,
            SessionBook book,
            Operators operators,
            Lockouts lockouts,
            ClientRates rates,
            AuditTrail trail) {
        this.options = options;
        this.credentials = credentials;
        this.book = book;
        this.operators = operators;
        this.lockouts = lockouts;
        this.rates = rates;
        this.trail = trail;
        origins = new OriginGuard(options.origins());
    }

    @Override
    public Future<Caller> admit(RoutingContext context, Operation operation) {
        var sender = options.senderOf().apply(context.request());
        var shown = credentials.shown(context, sender);
        var caller = shown.caller();
        var tooOften = caller == null ? rates.refusal(sender) : rates.refusal(sender, caller.name(), caller.session());
        if (tooOften.isPresent()) {
            return Future.failedFuture(tooOften.get());
        }
        if (caller == null) {
            return Future.failedFuture(refusal(shown, sender));
        }
        try {
            refuseForgery(context, operation, sender, caller, shown.session());
            refuseRole(caller, operation, sender);
        } catch (Refusal no) {
            return Future.failedFuture(no);
        }
        var session = shown.session();
        if (session != null) {
            book.touch(session).ifPresent(cookie -> SessionCookie.write(context, sender.isSecure(), cookie));
        }
        return caller.means() == Caller.Means.BREAK_GLASS
                ? used(caller, operation, sender)
                : Future.succeededFuture(caller);
    }

    @Override
    public Future<Caller> readmit(RoutingContext context, Operation operation) {
        var sender = options.senderOf().apply(context.request());
        var caller = credentials.shown(context, sender).caller();
        return caller == null || !covers(caller, operation)
                ? Future.failedFuture(Refusal.of(401, "session_ended", "the session, or the token, is good no more"))
                : Future.succeededFuture(caller);
    }

    /** Reading does not wait for the record of it; what changes something does. */
    private Future<Caller> used(Caller caller, Operation operation, Sender sender) {
        var recorded = trail.record(AuditEvent.of(AuditEventType.BREAK_GLASS_USED)
                .by(caller.name())
                .from(sender.address())
                .to(operation.id())
                .with("method", operation.method().name()));
        return operation.isUnsafe() ? recorded.map(caller) : Future.succeededFuture(caller);
    }

    private Refusal refusal(Credentials.Shown shown, Sender sender) {
        if (shown.isWrong()) {
            var locked = lockouts.fail(sender, null);
            if (locked.isPresent()) {
                return Refusal.of(429, "locked_out", "too many requests without a valid credential")
                        .retryAfter(locked.get());
            }
            trail.record(AuditEvent.of(AuditEventType.AUTH_FAILURE)
                    .from(sender.address())
                    .because(shown.reason()));
        }
        if (shown.isUnknown()) {
            return Refusal.of(
                    503,
                    "operations_store_unavailable",
                    "the operators are not known yet, because the operations store does not answer; the token of the"
                            + " settings works without it");
        }
        return Refusal.of(
                401, shown.reason(), "this needs a session, or an Authorization header with a valid bearer token");
    }

    /** Browsers add cookies to what other pages send, and proxies their word: only a page of ours knows the token. */
    private void refuseForgery(
            RoutingContext context, Operation operation, Sender sender, Caller caller, @Nullable Session session) {
        boolean isByBrowser = caller.means() == Caller.Means.SESSION || caller.means() == Caller.Means.PROXY;
        if (!isByBrowser || !operation.isUnsafe()) {
            return;
        }
        var reason = origins.refusal(context.request(), sender);
        if (reason == null
                && session != null
                && !book.isTokenOf(session, context.request().getHeader(CSRF_HEADER))) {
            reason = "wrong_token";
        }
        if (reason != null) {
            trail.record(AuditEvent.of(AuditEventType.CSRF_REJECTED)
                    .by(caller.name())
                    .from(sender.address())
                    .to(operation.id())
                    .because(reason));
            throw Refusal.of(
                    403,
                    "csrf_rejected",
                    "with a session this is for our own page alone: send the header " + CSRF_HEADER
                            + " with the csrf token of GET /session, from the same origin");
        }
    }

    private void refuseRole(Caller caller, Operation operation, Sender sender) {
        if (!covers(caller, operation)) {
            var needed = operation.access().role().orElseThrow();
            trail.record(AuditEvent.of(AuditEventType.ACCESS_DENIED)
                    .by(caller.name())
                    .from(sender.address())
                    .to(operation.id())
                    .because("role_required")
                    .with("role", caller.role().toString())
                    .with("needed", needed.toString()));
            throw Refusal.of(403, "role_required", "this needs the role " + needed + "; yours is " + caller.role());
        }
        boolean isAnOperator =
                caller.means() != Caller.Means.BREAK_GLASS && !caller.name().equals(Caller.BREAK_GLASS);
        boolean isMore = operation.access().role().filter(Role.VIEWER::equals).isEmpty();
        if (isAnOperator && isMore && operators.knowledge() != Knowledge.FRESH) {
            throw Refusal.of(
                    503,
                    "operations_store_unavailable",
                    "whether you still have the role " + caller.role()
                            + " cannot be asked, because the operations store"
                            + " does not answer; the token of the settings works without it");
        }
    }

    private static boolean covers(Caller caller, Operation operation) {
        return operation.access().role().map(caller.role()::covers).orElse(true);
    }
}
