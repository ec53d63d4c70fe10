package dev.koda.dashboard.audit;

import dev.koda.dashboard.store.Lease;
import dev.koda.dashboard.store.Leases;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The records of storms, and up to where the log was looked through for them. */
final class StormBook {
    private static final String PLACE = "SELECT seq FROM koda_ops.audit_storm_place";
    private static final String MOVE = "UPDATE koda_ops.audit_storm_place SET seq = $1";
    private static final String OPEN =
            "SELECT " + Storm.COLUMNS + " FROM koda_ops.audit_storm WHERE ended_at IS NULL ORDER BY started_at, id";
    private static final String LIST = "SELECT " + Storm.COLUMNS + """
             FROM koda_ops.audit_storm
            WHERE (NOT $1::boolean OR ended_at IS NULL) AND (started_at, id) < ($2, $3)
            ORDER BY started_at DESC, id DESC LIMIT $4
            """;

    private static final String WRITE = """
            INSERT INTO koda_ops.audit_storm
                (id, kind, key, started_at, last_at, ended_at, events, first_seq, last_seq)
            SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::timestamptz[],
                                 $6::timestamptz[], $7::bigint[], $8::bigint[], $9::bigint[])
            ON CONFLICT (id) DO UPDATE
            SET last_at = excluded.last_at, ended_at = excluded.ended_at, events = excluded.events,
                last_seq = excluded.last_seq
            """;

    private static final String WARM =
            "SELECT coalesce(min(seq) - 1, $1) AS seq FROM koda_ops.audit_log WHERE occurred_at >= $2 AND seq <= $1";
    private static final String WAITS = """
            SELECT coalesce(min(received_at) < clock_timestamp() - $1::bigint * interval '1 millisecond', false) AS waits
            FROM koda_ops.audit_inbox
            """;

    private final OperationsStore store;
    private final Leases leases;

    StormBook(OperationsStore store, Leases leases) {
        this.store = store;
        this.leases = leases;
    }

    /** The number of the last event that was looked at. */
    Future<Long> place() {
        return store.query(PLACE).map(rows -> rows.iterator().next().getLong("seq"));
    }

    /** The number behind which the events since this time begin, of those that were looked at. */
    Future<Long> placeAt(Instant time, long seq) {
        return store.query(WARM, Tuple.of(seq, time.atOffset(ZoneOffset.UTC)))
                .map(rows -> rows.iterator().next().getLong("seq"));
    }

    /** Those that go on. */
    Future<List<Storm>> open() {
        return store.query(OPEN)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(Storm::of)
                        .toList());
    }

    /** The newest first, behind this time and id. */
    Future<List<Storm>> list(boolean isOpen, Instant before, UUID id, int limit) {
        return store.query(LIST, Tuple.of(isOpen, before.atOffset(ZoneOffset.UTC), id, limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(Storm::of)
                        .toList());
    }

    /** True if an event has waited to be sealed for longer. */
    Future<Boolean> isWaiting(Duration longest) {
        return store.query(WAITS, Tuple.of(longest.toMillis()))
                .map(rows -> rows.iterator().next().getBoolean("waits"));
    }

    /** Writes what has changed and the place, in one transaction under the fence. */
    Future<Void> write(Lease lease, Collection<Storm> storms, long seq) {
        return store.transaction(connection -> leases.fence(connection, lease)
                .compose(held -> storms.isEmpty() ? Future.succeededFuture() : write(connection, storms))
                .compose(written -> connection.preparedQuery(MOVE).execute(Tuple.of(seq)))
                .mapEmpty());
    }

    @SuppressWarnings("NullAway") // what goes on has a null as its end
    private static Future<Void> write(SqlConnection connection, Collection<Storm> storms) {
        int count = storms.size();
        var ids = new UUID[count];
        var kinds = new String[count];
        var keys = new String[count];
        var begins = new OffsetDateTime[count];
        var lasts = new OffsetDateTime[count];
        var ends = new OffsetDateTime[count];
        var events = new Long[count];
        var firsts = new Long[count];
        var seqs = new Long[count];
        int i = 0;
        for (var storm : storms) {
            ids[i] = storm.id();
            kinds[i] = storm.kind();
            keys[i] = storm.key();
            begins[i] = storm.startedAt().atOffset(ZoneOffset.UTC);
            lasts[i] = storm.lastAt().atOffset(ZoneOffset.UTC);
            ends[i] = storm.endedAt() == null ? null : storm.endedAt().atOffset(ZoneOffset.UTC);
            events[i] = storm.events();
            firsts[i] = storm.firstSeq();
            seqs[i++] = storm.lastSeq();
        }
        return connection
                .preparedQuery(WRITE)
                .execute(Tuple.from(new Object[] {ids, kinds, keys, begins, lasts, ends, events, firsts, seqs}))
                .mapEmpty();
    }
}
