package dev.koda.server.collectors;

import dev.koda.dashboard.store.StoreException;
import io.vertx.pgclient.PgException;
import java.util.Set;

/**
 * Why a collector has no answer.
 *
 * @param kind what follows from it
 * @param text one sentence for operators
 */
record Failure(Kind kind, String text) {
    /** SQLSTATEs that say that a Koda's tables are not as this software knows them, or not for this role. */
    private static final Set<String> OF_SCHEMA =
            Set.of("42P01", "42703", "3F000", "42883", "42804", "42846", "42501", "22P02", "42P18");

    private static final String CANCELED = "57014";

    /** What follows. */
    enum Kind {
        /** Nobody answers: the others need not ask either. */
        AWAY,
        /** The statement was ended for taking too long. */
        SLOW,
        /** What it reads is not there: it will not be in a few seconds either. */
        UNKNOWN_SCHEMA,
        /** Anything else. */
        BROKEN
    }

    static Failure of(Throwable thrown) {
        if (!(thrown instanceof StoreException refusal)) {
            return new Failure(
                    Kind.BROKEN,
                    "its answer cannot be read: " + thrown.getClass().getSimpleName());
        }
        var state = refusal.sqlState();
        if (CANCELED.equals(state)) {
            return new Failure(Kind.SLOW, "it takes longer than " + KodaReader.LIMIT.toMillis() + " ms");
        }
        if (state != null && OF_SCHEMA.contains(state)) {
            return new Failure(Kind.UNKNOWN_SCHEMA, reason(refusal));
        }
        return refusal.kind() == StoreException.Kind.UNAVAILABLE
                ? new Failure(Kind.AWAY, "the database does not answer")
                : new Failure(Kind.BROKEN, refusal.getMessage() + " (SQLSTATE " + state + ")");
    }

    /** In the database's words, which name what is missing, and nothing but what our own statement names. */
    private static String reason(StoreException refusal) {
        return refusal.getCause() instanceof PgException said
                ? String.valueOf(said.getErrorMessage())
                : String.valueOf(refusal.getMessage());
    }
}
