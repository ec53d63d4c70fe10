package dev.koda.server.collectors;

import dev.koda.dashboard.store.Lease;
import dev.koda.dashboard.store.Leases;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** The states of all counters in the operations store, which one server after another goes on from. */
final class CounterStates {
    private static final String LOAD = """
            SELECT collector, counted_to, marked_to, marked_at, totals
            FROM koda_ops.collector_state WHERE source = $1
            """;

    private static final String SAVE = """
            INSERT INTO koda_ops.collector_state (source, collector, counted_to, marked_to, marked_at, totals)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (source, collector) DO UPDATE
            SET counted_to = excluded.counted_to, marked_to = excluded.marked_to,
                marked_at = excluded.marked_at, totals = excluded.totals
            """;

    private final OperationsStore store;
    private final Leases leases;
    private final String source;

    /**
     * Those of one Koda.
     *
     * @param source tells its database from others
     */
    CounterStates(OperationsStore store, Leases leases, String source) {
        this.store = store;
        this.leases = leases;
        this.source = source;
    }

    /** What the last holder of the lease has left, by collector. */
    Future<Map<String, CounterState>> load() {
        return store.query(LOAD, Tuple.of(source)).map(rows -> {
            var states = new HashMap<String, CounterState>();
            for (Row row : rows) {
                states.put(
                        row.getString("collector"),
                        new CounterState(
                                row.getLong("counted_to"),
                                row.getLong("marked_to"),
                                row.getOffsetDateTime("marked_at").toInstant().toEpochMilli(),
                                Amounts.fromJson((JsonArray) row.getValue("totals"))));
            }
            return states;
        });
    }

    /** Keeps a state, unless the lease has gone to another server. */
    Future<Void> save(Lease held, String collector, CounterState state) {
        var marked = OffsetDateTime.ofInstant(Instant.ofEpochMilli(state.markedMillis()), ZoneOffset.UTC);
        var row = Tuple.of(
                source,
                collector,
                state.countedTo(),
                state.markedTo(),
                marked,
                state.totals().toJson());
        return store.transaction(connection -> leases.fence(connection, held)
                .compose(mine -> connection.preparedQuery(SAVE).execute(row))
                .mapEmpty());
    }
}
