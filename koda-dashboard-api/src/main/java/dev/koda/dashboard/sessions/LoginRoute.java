package dev.koda.dashboard.sessions;

import dev.koda.dashboard.audit.AuditEvent;
import dev.koda.dashboard.audit.AuditEventType;
import dev.koda.dashboard.audit.AuditTrail;
import dev.koda.dashboard.http.BearerTokens;
import dev.koda.dashboard.http.Caller;
import dev.koda.dashboard.http.JsonBody;
import dev.koda.dashboard.http.Refusal;
import dev.koda.dashboard.http.Sender;
import dev.koda.dashboard.limits.ClientRates;
import dev.koda.dashboard.operators.Operators;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Begins a session for who shows a name with its token, or a login link. */
final class LoginRoute implements Handler<RoutingContext> {
    private static final int LONGEST_NAME = 100;

    private final SessionOptions options;
    private final Operators operators;
    private final Credentials credentials;
    private final SessionBook book;
    private final LoginLinks links;
    private final Lockouts lockouts;
    private final ClientRates rates;
    private final OriginGuard origins;
    private final AuditTrail trail;

    LoginRoute(
            SessionOptions options,
            Operators operators,
            Credentials credentials,
            SessionBook book,
            LoginLinks links,
            Lockouts lockouts,
            ClientRates rates,
            AuditTrail trail) {
        this.options = options;
        this.operators = operators;
        this.credentials = credentials;
        this.book = book;
        this.links = links;
        this.lockouts = lockouts;
        this.rates = rates;
        this.trail = trail;
        origins = new OriginGuard(options.origins());
    }

    @Override
    public void handle(RoutingContext context) {
        var sender = options.senderOf().apply(context.request());
        refuseInsecure(sender);
        var foreign = origins.refusal(context.request(), sender);
        if (foreign != null) {
            throw rejected(sender, foreign);
        }
        var body = JsonBody.of(context).only("name", "token", "link");
        var link = body.optional("link");
        if (link.isPresent() && (body.has("name") || body.has("token"))) {
            throw Refusal.of(400, "link goes alone: it says who logs in; or name and token without it");
        }
        var name = link.isPresent() ? null : name(body);
        var known = link.isPresent()
                ? links.use(link.get()).compose(identity -> still(identity))
                : prove(name(body), body.text("token"));
        known.recover(failure -> Future.failedFuture(
                        failure instanceof Refusal no && no.problem().status() == 401
                                ? failed(sender, name, "wrong_credentials", no)
                                : failure))
                .compose(identity -> begin(context, sender, identity, link.isPresent()))
                .onFailure(context::fail);
    }

    private void refuseInsecure(Sender sender) {
        if (!sender.isSecure() && !sender.isLocal()) {
            throw failed(
                    sender,
                    null,
                    "insecure_connection",
                    Refusal.of(
                            403,
                            "insecure_connection",
                            "logging in from another machine needs HTTPS: come through a proxy that ends TLS, sends"
                                    + " X-Forwarded-Proto: https and is in KODA_TRUSTED_PROXIES, or through a tunnel to"
                                    + " this machine"));
        }
    }

    private static String name(JsonBody body) {
        var name = body.text("name");
        if (name.length() > LONGEST_NAME) {
            throw Refusal.of(400, "name has at most " + LONGEST_NAME + " characters");
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.of(400, "name has no control characters");
        }
        return name;
    }

    private Future<Identity> still(Identity identity) {
        return book.current(identity)
                .map(Future::succeededFuture)
                .orElseGet(() -> Future.failedFuture(LoginLinks.refusal()));
    }

    /** Does the same whether there is somebody of this name or not. */
    private Future<Identity> prove(String name, String token) {
        boolean isOfSettings = options.tokens().holds(token);
        boolean isBreakGlass = isSame(name, Caller.BREAK_GLASS) && isOfSettings;
        var operator = operators.byToken(token);
        boolean isOperator = isSame(name, operator.map(known -> known.name()).orElse(""));
        if (isBreakGlass) {
            return Future.succeededFuture(Identity.breakGlass(BearerTokens.markOf(token)));
        }
        if (isOperator && operator.isPresent()) {
            return Future.succeededFuture(Identity.of(operator.get()));
        }
        return Future.failedFuture(
                credentials.mayBeAnOperators(token)
                        ? Refusal.of(
                                503,
                                "operations_store_unavailable",
                                "the operators are not known yet, because the operations store does not answer; the name "
                                        + Caller.BREAK_GLASS + " with the token of the settings works without it")
                        : Refusal.of(401, "wrong_credentials", "this name and this token do not belong together"));
    }

    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /** Counts and records it; the answer is another one for who is locked out. */
    private Refusal failed(Sender sender, @Nullable String name, String reason, Refusal refusal) {
        var locked = lockouts.fail(sender, name);
        if (locked.isPresent()) {
            return Refusal.of(
                            429,
                            "locked_out",
                            "too many logins have failed; only the right token is let in before the time is over")
                    .retryAfter(locked.get());
        }
        trail.record(AuditEvent.failedLogin(sender.address(), name, reason));
        return refusal;
    }

    private Refusal rejected(Sender sender, String reason) {
        var locked = lockouts.fail(sender, null);
        if (locked.isEmpty()) {
            trail.record(AuditEvent.of(AuditEventType.CSRF_REJECTED)
                    .from(sender.address())
                    .to("login")
                    .because(reason));
        }
        return Refusal.of(403, "csrf_rejected", "a browser may log in from our own page only");
    }

    private Future<Void> begin(RoutingContext context, Sender sender, Identity identity, boolean isByLink) {
        // Who has proved nothing is counted by the lockouts, in which the right credential is looked at all the same.
        var tooOften = rates.refusal(sender, identity.name(), null);
        if (tooOften.isPresent()) {
            return Future.failedFuture(tooOften.get());
        }
        var session = book.begin(identity);
        var used = identity.isBreakGlass()
                ? trail.record(AuditEvent.of(AuditEventType.BREAK_GLASS_USED)
                        .by(identity.name())
                        .from(sender.address())
                        .to("login"))
                : Future.<Void>succeededFuture();
        return used.compose(recorded -> trail.record(AuditEvent.of(AuditEventType.OPERATOR_LOGIN_SUCCEEDED)
                        .by(identity.name())
                        .from(sender.address())
                        .to(session.id().toString())
                        .with("role", identity.role().toString())
                        .with("means", isByLink ? "login_link" : "token")))
                .map(recorded -> {
                    endFormer(context, sender);
                    SessionCookie.write(context, sender.isSecure(), book.cookieOf(session));
                    SessionJson.answer(context, 201, SessionJson.of(session, identity, book.tokenOf(session)));
                    return null;
                });
    }

    /** Who logs in again has one session, not two. */
    private void endFormer(RoutingContext context, Sender sender) {
        Optional.ofNullable(SessionCookie.read(context, sender.isSecure()))
                .flatMap(book::read)
                .ifPresent(former -> book.end(former.id()));
    }
}
