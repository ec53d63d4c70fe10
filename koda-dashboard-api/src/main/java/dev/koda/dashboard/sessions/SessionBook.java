package dev.koda.dashboard.sessions;

import dev.koda.checks.TimeSource;
import dev.koda.dashboard.http.BearerTokens;
import dev.koda.dashboard.operators.Knowledge;
import dev.koda.dashboard.operators.Operators;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Begins sessions, and tells which are good. Thread-safe. */
final class SessionBook {
    /** More are not remembered: what their cookies say counts for them. */
    private static final int REMEMBERED = 10_000;

    private final Seal seal;
    private final Operators operators;
    private final BearerTokens tokens;
    private final Spent spent;
    private final TimeSource time;

    /** When something was last asked: a stream shows the cookie that it began with. */
    private final Map<UUID, Instant> seen = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Instant> eldest) {
            return size() > REMEMBERED;
        }
    };

    SessionBook(Seal seal, Operators operators, BearerTokens tokens, Spent spent, TimeSource time) {
        this.seal = seal;
        this.operators = operators;
        this.tokens = tokens;
        this.spent = spent;
        this.time = time;
    }

    /** A new one. */
    Session begin(Identity identity) {
        var now = time.now();
        return new Session(UUID.randomUUID(), identity, now, now);
    }

    String cookieOf(Session session) {
        return session.sealed(seal);
    }

    /** What a page shows with whatever changes something. */
    String tokenOf(Session session) {
        return seal.wordFor(session.id().toString());
    }

    boolean isTokenOf(Session session, @Nullable String token) {
        return seal.isWordFor(session.id().toString(), token);
    }

    /** One that was made here, good or not; empty for any other text. */
    Optional<Session> read(String cookie) {
        return Session.open(seal, cookie);
    }

    /** Who it is now: with the role of now, as far as that is known; empty if it has ended. */
    Optional<Identity> holder(Session session) {
        if (session.isOver(time.now(), lastSeen(session)) || spent.contains(session.id())) {
            return Optional.empty();
        }
        return current(session.identity());
    }

    /** The same person with the role of now; empty if they may not come in any more. */
    Optional<Identity> current(Identity identity) {
        var operator = identity.operator();
        if (operator == null) {
            var mark = identity.mark();
            return Optional.of(identity).filter(known -> mark != null && tokens.hasMark(mark));
        }
        return operators.knowledge() == Knowledge.NONE
                ? Optional.of(identity)
                : operators.byId(operator).map(Identity::of);
    }

    private synchronized Instant lastSeen(Session session) {
        var here = seen.get(session.id());
        return here == null || here.isBefore(session.seenAt()) ? session.seenAt() : here;
    }

    /** Notes that something was asked; gives the cookie to be sent, if that of the client is a minute old. */
    Optional<String> touch(Session session) {
        var now = time.now();
        synchronized (this) {
            seen.remove(session.id());
            seen.put(session.id(), now);
        }
        return session.seenAt().plus(Session.STEP).isAfter(now)
                ? Optional.empty()
                : Optional.of(cookieOf(session.seen(now)));
    }

    void end(UUID session) {
        spent.end(session);
        synchronized (this) {
            seen.remove(session);
        }
    }
}
