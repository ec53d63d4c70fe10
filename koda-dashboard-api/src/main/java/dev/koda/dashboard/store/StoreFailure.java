package dev.koda.dashboard.store;

import dev.koda.dashboard.store.StoreException.Kind;
import io.vertx.pgclient.PgException;
import org.jspecify.annotations.Nullable;

/** Reads what a driver says as what became of a request. */
final class StoreFailure {
    private StoreFailure() {}

    static Throwable of(Throwable failure) {
        if (failure instanceof StoreException) {
            return failure;
        }
        if (!(failure instanceof PgException refusal)) {
            return unavailable(null, failure);
        }
        var state = refusal.getSqlState();
        if (state == null) {
            return unavailable(null, failure);
        }
        return switch (state) {
            case "3F000", "42P01" ->
                new StoreException(
                        Kind.NOT_MIGRATED, "the operations store lacks its schema, or a part of it", state, failure);
            case "42501" ->
                new StoreException(
                        Kind.FORBIDDEN,
                        "the role of the operations store may not do this; koda ops init --print-sql says what it needs",
                        state,
                        failure);
            // lock_not_available: after lock_timeout.
            case "55P03" ->
                new StoreException(
                        Kind.IN_USE,
                        "a table of the operations store is read for long, as by a backup",
                        state,
                        failure);
            case "23505" -> new StoreException(Kind.DUPLICATE, "a row of this key is there already", state, failure);
            default -> ofClass(state, failure);
        };
    }

    /** By the first two characters, https://www.postgresql.org/docs/current/errcodes-appendix.html. */
    private static StoreException ofClass(String state, Throwable failure) {
        return switch (state.substring(0, 2)) {
            // Connection, authorization, resources, shutdown, system.
            case "08", "28", "3D", "53", "57", "58" -> unavailable(state, failure);
            default -> new StoreException(Kind.REFUSED, "the operations store refused a statement", state, failure);
        };
    }

    private static StoreException unavailable(@Nullable String state, Throwable failure) {
        return new StoreException(Kind.UNAVAILABLE, "the operations store does not answer", state, failure);
    }
}
