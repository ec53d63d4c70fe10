package dev.koda.dashboard.sessions;

import dev.koda.dashboard.http.BearerTokens;
import dev.koda.dashboard.http.Caller;
import dev.koda.dashboard.http.Role;
import dev.koda.dashboard.http.Sender;
import dev.koda.dashboard.operators.Knowledge;
import dev.koda.dashboard.operators.Operator;
import dev.koda.dashboard.operators.Operators;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at what a request shows: a bearer token before a cookie before the word of a proxy. Changes nothing. */
final class Credentials {
    private static final String SCHEME = "bearer ";

    private final BearerTokens tokens;
    private final Operators operators;
    private final SessionBook book;

    Credentials(BearerTokens tokens, Operators operators, SessionBook book) {
        this.tokens = tokens;
        this.operators = operators;
        this.book = book;
    }

    /**
     * What was found.
     *
     * @param caller null if nobody is proved by it
     * @param session of the caller, or of nobody any more
     * @param reason why nobody is: {@code credential_missing}, {@code wrong_credentials}, {@code session_ended},
     *     {@code operators_unknown}; empty if somebody is
     */
    record Shown(@Nullable Caller caller, @Nullable Session session, String reason) {
        static Shown nobody(String reason) {
            return new Shown(null, null, reason);
        }

        /** Whoever shows that has made it up, or has it from somebody who was revoked. */
        boolean isWrong() {
            return reason.equals("wrong_credentials");
        }

        /** It may be right. */
        boolean isUnknown() {
            return reason.equals("operators_unknown");
        }
    }

    Shown shown(RoutingContext context, Sender sender) {
        var authorization = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null) {
            return authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)
                    ? ofToken(authorization.substring(SCHEME.length()).strip())
                    : Shown.nobody("wrong_credentials");
        }
        var cookie = SessionCookie.read(context, sender.isSecure());
        if (cookie != null) {
            return book.read(cookie).map(this::ofSession).orElse(Shown.nobody("wrong_credentials"));
        }
        var user = sender.user();
        return user == null ? Shown.nobody("credential_missing") : ofUser(user);
    }

    private Shown ofToken(String token) {
        boolean isBreakGlass = tokens.holds(token);
        var operator = operators.byToken(token);
        if (isBreakGlass) {
            return somebody(Caller.BREAK_GLASS, Role.ADMIN, Caller.Means.BREAK_GLASS, null);
        }
        if (operator.isEmpty() && mayBeAnOperators(token)) {
            return Shown.nobody("operators_unknown");
        }
        return of(operator, Caller.Means.TOKEN);
    }

    /** True if it looks like the token of an operator, while nobody knows who is one. */
    boolean mayBeAnOperators(String token) {
        return operators.knowledge() == Knowledge.NONE && token.startsWith(Operators.TOKEN_PREFIX);
    }

    private Shown ofUser(String user) {
        return operators.knowledge() == Knowledge.NONE
                ? Shown.nobody("operators_unknown")
                : of(operators.byName(user), Caller.Means.PROXY);
    }

    private static Shown of(Optional<Operator> operator, Caller.Means means) {
        return operator.map(known -> somebody(known.name(), known.role(), means, null))
                .orElse(Shown.nobody("wrong_credentials"));
    }

    private Shown ofSession(Session session) {
        return book.holder(session)
                .map(identity -> somebody(identity.name(), identity.role(), Caller.Means.SESSION, session))
                .orElse(new Shown(null, session, "session_ended"));
    }

    private static Shown somebody(String name, Role role, Caller.Means means, @Nullable Session session) {
        var id = session == null ? null : session.id().toString();
        return new Shown(new Caller(name, role, means, id), session, "");
    }
}
