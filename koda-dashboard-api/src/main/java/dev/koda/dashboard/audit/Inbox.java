package dev.koda.dashboard.audit;

import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.UUID;

/** Where events wait to be sealed. What has arrived there is stored: the sealer loses nothing. */
final class Inbox {
    /** Of ids, whether some may be there already, and bodies. */
    private static final String INSERT = """
            INSERT INTO koda_ops.audit_inbox (id, is_repeated, body)
            SELECT id, $3, body FROM unnest($1::uuid[], $2::text[]) AS arrived (id, body)
            ON CONFLICT (id) DO NOTHING
            """;

    private final OperationsStore store;

    Inbox(OperationsStore store) {
        this.store = store;
    }

    /** Stores events that nobody has stored before. */
    Future<Void> put(List<StampedEvent> events) {
        return insert(events, false);
    }

    /**
     * Stores events as part of a transaction.
     *
     * @param isRepeated whether some may be stored already
     */
    static Future<Void> put(SqlConnection transaction, List<StampedEvent> events, boolean isRepeated) {
        return transaction
                .preparedQuery(INSERT)
                .execute(row(events, isRepeated))
                .mapEmpty();
    }

    /** Stores events of which some may be stored already: each is sealed once. */
    Future<Void> putAgain(List<StampedEvent> events) {
        return insert(events, true);
    }

    private Future<Void> insert(List<StampedEvent> events, boolean isRepeated) {
        return store.query(INSERT, row(events, isRepeated)).mapEmpty();
    }

    private static Tuple row(List<StampedEvent> events, boolean isRepeated) {
        var ids = events.stream().map(StampedEvent::id).toArray(UUID[]::new);
        var bodies = events.stream().map(StampedEvent::body).toArray(String[]::new);
        return Tuple.of(ids, bodies, isRepeated);
    }
}
