package dev.koda.dashboard.sessions;

import dev.koda.dashboard.audit.AuditEvent;
import dev.koda.dashboard.audit.AuditEventType;
import dev.koda.dashboard.audit.AuditTrail;
import dev.koda.dashboard.http.BearerTokens;
import dev.koda.dashboard.http.Caller;
import dev.koda.dashboard.http.JsonBody;
import dev.koda.dashboard.http.Refusal;
import dev.koda.dashboard.operators.Knowledge;
import dev.koda.dashboard.operators.Operators;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;

/** Shows and ends sessions, and makes login links. */
final class SessionRoutes {
    private static final int BEARER = "Bearer ".length();

    private final SessionOptions options;
    private final Operators operators;
    private final SessionBook book;
    private final LoginLinks links;
    private final AuditTrail trail;

    SessionRoutes(SessionOptions options, Operators operators, SessionBook book, LoginLinks links, AuditTrail trail) {
        this.options = options;
        this.operators = operators;
        this.book = book;
        this.links = links;
        this.trail = trail;
    }

    void show(RoutingContext context) {
        var caller = Caller.of(context);
        if (caller.session() == null) {
            SessionJson.answer(context, 200, SessionJson.of(caller));
            return;
        }
        var session = own(context);
        var identity = book.current(session.identity()).orElse(session.identity());
        SessionJson.answer(context, 200, SessionJson.of(session, identity, book.tokenOf(session)));
    }

    /** Without a session there is nothing to end, and that is as it should be. */
    void logOut(RoutingContext context) {
        var caller = Caller.of(context);
        var sender = options.senderOf().apply(context.request());
        if (caller.session() == null) {
            context.response().setStatusCode(204).end();
            return;
        }
        book.end(own(context).id());
        trail.record(AuditEvent.of(AuditEventType.OPERATOR_LOGOUT)
                        .by(caller.name())
                        .from(sender.address())
                        .to(caller.session()))
                .onSuccess(recorded -> {
                    SessionCookie.clear(context, sender.isSecure());
                    context.response().setStatusCode(204).end();
                })
                .onFailure(context::fail);
    }

    /** Ends anybody's, by the id that stands in the audit log. */
    void revoke(RoutingContext context) {
        var id = id(context.pathParam("id"));
        var caller = Caller.of(context);
        book.end(id);
        trail.record(AuditEvent.of(AuditEventType.OPERATOR_SESSION_REVOKED)
                        .by(caller.name())
                        .from(options.senderOf().apply(context.request()).address())
                        .to(id.toString()))
                .onSuccess(recorded -> context.response().setStatusCode(204).end())
                .onFailure(context::fail);
    }

    private static UUID id(String text) {
        if (!text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            throw Refusal.of(404, "a session has an id such as 01234567-89ab-cdef-0123-456789abcdef");
        }
        return UUID.fromString(text);
    }

    void makeLink(RoutingContext context) {
        var caller = Caller.of(context);
        if (caller.means() != Caller.Means.BREAK_GLASS) {
            throw Refusal.of(403, "break_glass_required", "only the bearer token of the settings makes login links");
        }
        var sender = options.senderOf().apply(context.request());
        var name = JsonBody.of(context).only("name").optional("name").orElse(Caller.BREAK_GLASS);
        links.make(identity(name, context), caller.name(), sender.address())
                .onSuccess(link -> SessionJson.answer(
                        context,
                        201,
                        new JsonObject()
                                .put("name", name)
                                .put("link", link.code())
                                .put("ends_at", link.end().toString())
                                .put("seconds", LoginLinks.LENGTH.toSeconds())))
                .onFailure(context::fail);
    }

    private Identity identity(String name, RoutingContext context) {
        if (name.equals(Caller.BREAK_GLASS)) {
            var token = context.request().getHeader(HttpHeaders.AUTHORIZATION).substring(BEARER);
            return Identity.breakGlass(BearerTokens.markOf(token));
        }
        if (operators.knowledge() == Knowledge.NONE) {
            throw Refusal.of(
                    503,
                    "operations_store_unavailable",
                    "the operators are not known yet, because the operations store does not answer");
        }
        return operators
                .byName(name)
                .map(Identity::of)
                .orElseThrow(() -> Refusal.of(404, "there is no operator of this name"));
    }

    private Session own(RoutingContext context) {
        var sender = options.senderOf().apply(context.request());
        var cookie = SessionCookie.read(context, sender.isSecure());
        return book.read(cookie == null ? "" : cookie).orElseThrow(() -> Refusal.of(401, "the session has ended"));
    }
}
