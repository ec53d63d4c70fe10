package dev.koda.dashboard.audit;

import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.security.PublicKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

/**
 * Reads the whole log of a store and tells what is not as it was sealed: each hash over its body and the one before, each
 * number after the one before, each column as in the body, and each checkpoint, those of the store and those that were
 * kept elsewhere. Computes on worker threads. One use.
 */
final class ChainVerifier {
    private static final int PAGE = 2_000;
    private static final Instant DRIVER_EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private static final String READ = """
            SELECT seq, id, occurred_at, sealed_at, type, severity, actor, source, target, body, previous, hash
            FROM koda_ops.audit_log WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT $3
            """;

    /** In one statement, because both move in one transaction. */
    private static final String ENDS = """
            SELECT seq AS head, (SELECT max(seq) FROM koda_ops.audit_log) AS last FROM koda_ops.audit_head
            """;

    /** One of the last event that was dropped still says where the log goes on. */
    private static final String CHECKPOINTS = """
            SELECT seq, note FROM koda_ops.audit_checkpoint
            WHERE seq > $1 AND seq >= (SELECT coalesce(min(seq), 1) - 1 FROM koda_ops.audit_log)
            ORDER BY seq LIMIT $2
            """;

    private static final String TOLD = """
            SELECT body FROM koda_ops.audit_log WHERE seq > $1 AND type = $2
            UNION ALL
            SELECT body FROM koda_ops.audit_inbox WHERE strpos(body, $2) > 0
            """;

    private final Vertx vertx;
    private final OperationsStore store;
    private final ChainCheck check;

    /**
     * A verifier.
     *
     * @param trusted the keys with which checkpoints are signed
     * @param isStrict whether a checkpoint of another key is a fault
     * @param kept checkpoints that were kept elsewhere
     */
    ChainVerifier(
            Vertx vertx, OperationsStore store, List<PublicKey> trusted, boolean isStrict, List<Checkpoint> kept) {
        this.vertx = vertx;
        this.store = store;
        check = new ChainCheck(trusted, isStrict);
        kept.forEach(check::expect);
    }

    /** Looks at what is sealed now; what comes meanwhile is left for the next time. */
    Future<Verified> verify() {
        return store.query(ENDS)
                .map(rows -> head(rows.iterator().next()))
                .compose(head -> checkpoints(Long.MIN_VALUE).map(ready -> Math.max(head, check.signedUpTo())))
                .compose(head -> page(head).compose(read -> beginning(head)).map(read -> end(head)));
    }

    private long head(Row ends) {
        long head = ends.getLong("head");
        var last = ends.getLong("last");
        if (last != null && last > head) {
            check.fault("the events " + (head + 1) + " to " + last + " were not sealed by this software");
        }
        return head;
    }

    /** Signatures take time, and the loop of the events has none. */
    private Future<Void> checkpoints(long place) {
        return store.query(CHECKPOINTS, Tuple.of(place, PAGE))
                .compose(rows -> vertx.executeBlocking(() -> {
                            long last = place;
                            for (var row : rows) {
                                last = row.getLong("seq");
                                check.expect(row.getString("note"));
                            }
                            return last;
                        })
                        .compose(last -> rows.size() < PAGE ? Future.succeededFuture() : checkpoints(last)));
    }

    private Future<Void> page(long head) {
        return store.query(READ, Tuple.of(check.seq(), head, PAGE))
                .compose(rows -> vertx.executeBlocking(() -> {
                    rows.forEach(this::check);
                    return rows.size();
                }))
                .compose(count -> count < PAGE ? Future.succeededFuture() : page(head));
    }

    private void check(Row row) {
        long number = row.getLong("seq");
        var body = row.getString("body");
        check.add(
                number,
                row.getOffsetDateTime("sealed_at").toInstant(),
                row.getBuffer("previous").getBytes(),
                row.getBuffer("hash").getBytes(),
                body);
        check.noteRetention(body);
        if (!repeatsBody(row, body)) {
            check.fault("a column of event " + number + " was changed");
        }
    }

    private static boolean repeatsBody(Row row, String body) {
        var occurredAt = row.getOffsetDateTime("occurred_at").toInstant();
        var event = StampedEvent.read(row.getUUID("id"), occurredAt, body);
        return inColumn(event.occurredAt()).equals(occurredAt)
                && event.type().equals(row.getString("type"))
                && event.severity() == row.getShort("severity")
                && Objects.equals(event.actor(), row.getString("actor"))
                && Objects.equals(event.source(), row.getString("source"))
                && Objects.equals(event.target(), row.getString("target"));
    }

    /** A body has all digits of a clock, and a column those that the driver counts from its own beginning. */
    private static Instant inColumn(Instant time) {
        return DRIVER_EPOCH.plus(DRIVER_EPOCH.until(time, ChronoUnit.MICROS), ChronoUnit.MICROS);
    }

    /** What was dropped just now is told by an event that may wait yet. */
    private Future<Void> beginning(long head) {
        if (!check.isBeginningMissing()) {
            return Future.succeededFuture();
        }
        return store.query(TOLD, Tuple.of(head, AuditEventType.AUDIT_RETENTION_APPLIED.toString()))
                .map(rows -> {
                    rows.forEach(row -> check.noteRetention(row.getString("body")));
                    check.demandBeginning();
                    return null;
                });
    }

    /** The head moves with each event, in the same transaction: it tells of an end that is gone and was not signed. */
    private Verified end(long head) {
        if (check.seq() < head && check.signedUpTo() < head) {
            check.fault("the end is missing: " + head + " events were sealed and the log ends at " + check.seq());
        }
        return check.end();
    }
}
