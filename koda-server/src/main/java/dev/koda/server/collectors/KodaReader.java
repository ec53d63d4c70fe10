package dev.koda.server.collectors;

import dev.koda.dashboard.audit.KodaDatabase;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;

/**
 * Reads the tables of a Koda over one connection: nothing can be written, and no statement runs longer than
 * {@link #LIMIT}, which the database sees to itself. Thread-safe; close it after whoever uses it.
 */
final class KodaReader implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(1);

    /** For the way there and back, so that the database's word about a slow statement arrives. */
    private static final Duration WAY = Duration.ofMillis(500);

    /** Nor are processes taken from Koda's own statements. */
    static final String BOX = "SET TRANSACTION READ ONLY; SET LOCAL max_parallel_workers_per_gather = 0;"
            + " SET LOCAL statement_timeout = " + LIMIT.toMillis();

    private final OperationsStore koda;
    private final KodaDatabase place;

    private KodaReader(OperationsStore koda, KodaDatabase place) {
        this.koda = koda;
        this.place = place;
    }

    static KodaReader of(Vertx vertx, KodaDatabase place) {
        return new KodaReader(
                OperationsStore.of(vertx, place.database().connections(1).limit(LIMIT.plus(WAY))), place);
    }

    /** The rows of a statement; fails with a {@code StoreException}. */
    Future<RowSet<Row>> read(String sql, Tuple parameters) {
        return koda.transaction(connection -> connection
                .query(BOX)
                .execute()
                .compose(boxed -> connection.preparedQuery(sql).execute(parameters)));
    }

    String schema() {
        return place.schema();
    }

    /** Tells this Koda from others in one operations store, by whatever name each server reaches it. */
    String source() {
        return place.database().database() + "/" + place.schema();
    }

    @Override
    public void close() {
        koda.close();
    }
}
