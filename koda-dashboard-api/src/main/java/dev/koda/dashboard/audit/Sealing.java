package dev.koda.dashboard.audit;

import dev.koda.dashboard.store.Lease;
import dev.koda.dashboard.store.Leases;
import dev.koda.dashboard.store.OperationsStore;
import dev.koda.dashboard.store.StoreException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves one batch from the inbox to the log, in one transaction under the fence of the sealer's lease. The order of the
 * log is the order of sealing: a writer that commits late comes later, and nobody who has read up to a number ever misses
 * one below it.
 */
final class Sealing {
    private static final Logger LOG = LoggerFactory.getLogger(Sealing.class);

    /** What one transaction moves at most: enough for the rate, few enough for the latency. */
    static final int BATCH = 2_000;

    private static final String HEAD = "SELECT seq, hash FROM koda_ops.audit_head";

    /** The time of sealing is part of what is hashed, and retention goes by it: it is that of the database. */
    private static final String HEAD_NOW = "SELECT seq, hash, clock_timestamp() AS now FROM koda_ops.audit_head";

    /** An insert that nobody answered may arrive when its event has long been stored again, and sealed. */
    private static final String TAKE = """
            DELETE FROM koda_ops.audit_inbox AS taken
            WHERE id IN (SELECT id FROM koda_ops.audit_inbox ORDER BY received_at, id LIMIT $1)
            RETURNING id, received_at, is_repeated, body,
                EXISTS (SELECT 1 FROM koda_ops.audit_repeated AS known WHERE known.id = taken.id) AS is_late
            """;

    private static final String KNOWN = "SELECT id FROM koda_ops.audit_log WHERE id = ANY ($1)";

    private static final String REMEMBER = """
            INSERT INTO koda_ops.audit_repeated (id) SELECT id FROM unnest($1::uuid[]) AS sealed (id)
            ON CONFLICT (id) DO NOTHING
            """;

    /** No insert is under way for as long. */
    private static final String FORGET =
            "DELETE FROM koda_ops.audit_repeated WHERE sealed_at < clock_timestamp() - interval '7 days'";

    private static final String APPEND = """
            INSERT INTO koda_ops.audit_log
                (seq, id, occurred_at, type, severity, actor, source, target, body, previous, hash, sealed_at)
            SELECT *, $12::timestamptz FROM unnest($1::bigint[], $2::uuid[], $3::timestamptz[], $4::text[], $5::smallint[], $6::text[],
                                 $7::text[], $8::text[], $9::text[], $10::bytea[], $11::bytea[])
            """;

    private static final String MOVE_HEAD = "UPDATE koda_ops.audit_head SET seq = $1, hash = $2";

    private final OperationsStore store;
    private final Leases leases;

    Sealing(OperationsStore store, Leases leases) {
        this.store = store;
        this.leases = leases;
    }

    /**
     * What was sealed.
     *
     * @param taken how many events left the inbox
     * @param head the end of the chain
     */
    record Sealed(int taken, Head head) {}

    /** The end of the chain. */
    record Head(long seq, Buffer hash) {}

    /** The end of the chain at a time of the database. */
    private record Now(Head head, OffsetDateTime time) {
        static Now of(RowSet<Row> rows) {
            var row = rows.iterator().next();
            return new Now(Sealing.head(row), row.getOffsetDateTime("now"));
        }
    }

    /** One waiting event. */
    private record Waiting(OffsetDateTime receivedAt, boolean isRepeated, StampedEvent event) {}

    /** How a row of the inbox becomes an event. */
    @FunctionalInterface
    private interface Reading {
        StampedEvent read(UUID id, Instant receivedAt, String body);
    }

    /** The end of the chain as it is now. */
    Future<Head> head() {
        return store.query(HEAD).map(rows -> head(rows.iterator().next()));
    }

    /** Forgets what cannot arrive any more. */
    Future<Void> forget() {
        return store.query(FORGET).mapEmpty();
    }

    /**
     * Moves what waits, a batch at most. A batch that the store refuses is halved until one event is left, and that one is
     * told as unreadable: nobody stops those behind him.
     */
    Future<Sealed> seal(Lease lease) {
        return seal(lease, BATCH);
    }

    /**
     * Seals new events that were never in the inbox.
     *
     * @param isGivenUp asked once nobody else can seal: if true, nothing is sealed, and the future fails
     */
    Future<Void> seal(Lease lease, List<StampedEvent> events, BooleanSupplier isGivenUp) {
        return store.transaction(connection -> leases.fence(connection, lease)
                .compose(held -> isGivenUp.getAsBoolean()
                        ? Future.<RowSet<Row>>failedFuture(new TimeoutException("nobody waits for it any more"))
                        : connection.query(HEAD_NOW).execute())
                .compose(rows -> append(connection, Now.of(rows), events))
                .mapEmpty());
    }

    private Future<Sealed> seal(Lease lease, int limit) {
        return once(lease, limit, StampedEvent::read).recover(failure -> {
            if (!(failure instanceof StoreException known) || known.kind() != StoreException.Kind.REFUSED) {
                return Future.failedFuture(failure);
            }
            return limit > 1 ? seal(lease, limit / 2) : once(lease, 1, Sealing::refused);
        });
    }

    private Future<Sealed> once(Lease lease, int limit, Reading reading) {
        return store.transaction(connection -> leases.fence(connection, lease)
                .compose(held -> connection.query(HEAD_NOW).execute())
                .compose(rows -> take(connection, Now.of(rows), limit, reading)));
    }

    private static StampedEvent refused(UUID id, Instant receivedAt, String body) {
        LOG.atError()
                .addKeyValue("event", "audit.event_refused")
                .addKeyValue("id", id)
                .log("the store refuses the event {} as it is; it is sealed as an unreadable one", id);
        return StampedEvent.unreadable(id, receivedAt, body);
    }

    private static Head head(Row row) {
        return new Head(row.getLong("seq"), row.getBuffer("hash"));
    }

    private Future<Sealed> take(SqlConnection connection, Now now, int limit, Reading reading) {
        return connection.preparedQuery(TAKE).execute(Tuple.of(limit)).compose(rows -> {
            var waiting = inOrder(rows, reading);
            return unknown(connection, waiting)
                    .compose(events -> append(connection, now, events))
                    .map(end -> new Sealed(rows.size(), end));
        });
    }

    private static List<Waiting> inOrder(RowSet<Row> rows, Reading reading) {
        var waiting = new ArrayList<Waiting>(rows.size());
        for (var row : rows) {
            if (row.getBoolean("is_late")) {
                continue;
            }
            var receivedAt = row.getOffsetDateTime("received_at");
            var event = reading.read(row.getUUID("id"), receivedAt.toInstant(), row.getString("body"));
            waiting.add(new Waiting(receivedAt, row.getBoolean("is_repeated"), event));
        }
        waiting.sort((left, right) -> {
            int byTime = left.receivedAt().compareTo(right.receivedAt());
            return byTime != 0
                    ? byTime
                    : left.event().id().compareTo(right.event().id());
        });
        return waiting;
    }

    /** Only who puts events twice pays for the look at the log, and for being remembered. */
    private static Future<List<StampedEvent>> unknown(SqlConnection connection, List<Waiting> waiting) {
        var repeated = Tuple.of((Object) waiting.stream()
                .filter(Waiting::isRepeated)
                .map(one -> one.event().id())
                .toArray(UUID[]::new));
        var known = waiting.stream().noneMatch(Waiting::isRepeated)
                ? Future.<Set<UUID>>succeededFuture(Set.of())
                : connection
                        .preparedQuery(REMEMBER)
                        .execute(repeated)
                        .compose(done -> connection.preparedQuery(KNOWN).execute(repeated))
                        .map(Sealing::ids);
        return known.map(ids -> waiting.stream()
                .map(Waiting::event)
                .filter(event -> !ids.contains(event.id()))
                .toList());
    }

    private static Set<UUID> ids(RowSet<Row> rows) {
        var ids = new HashSet<UUID>();
        rows.forEach(row -> ids.add(row.getUUID("id")));
        return ids;
    }

    private static Future<Head> append(SqlConnection connection, Now now, List<StampedEvent> events) {
        var head = now.head();
        if (events.isEmpty()) {
            return Future.succeededFuture(head);
        }
        var columns = new LogColumns(events.size());
        var link = new ChainLink();
        var previous = head.hash();
        long seq = head.seq();
        for (var event : events) {
            var hash = Buffer.buffer(
                    link.hash(previous.getBytes(), ++seq, now.time().toInstant(), event.body()));
            columns.add(seq, event, previous, hash);
            previous = hash;
        }
        var end = new Head(seq, previous);
        return connection
                .preparedQuery(APPEND)
                .execute(columns.tuple(now.time()))
                .compose(done -> connection.preparedQuery(MOVE_HEAD).execute(Tuple.of(end.seq(), end.hash())))
                .map(done -> end);
    }
}
