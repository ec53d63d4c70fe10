package dev.koda.dashboard.audit;

import dev.koda.checks.TimeSource;
import dev.koda.dashboard.store.Lease;
import dev.koda.dashboard.store.Leases;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs the end of the chain every minute or thousand events, whichever comes first, and writes it down twice: in the
 * store, and on the log, from where it is kept elsewhere. Used by the sealer, one call at a time.
 */
final class Checkpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

    static final long EVENTS = 1_000;
    static final Duration INTERVAL = Duration.ofSeconds(60);

    private static final String INSERT = """
            INSERT INTO koda_ops.audit_checkpoint (seq, signed_at, key_id, note) VALUES ($1, $2, $3, $4)
            ON CONFLICT (seq) DO NOTHING
            """;

    private static final String LAST = "SELECT max(seq) AS seq FROM koda_ops.audit_checkpoint";

    private final OperationsStore store;
    private final Leases leases;
    private final TimeSource time;
    private final SigningKey key;
    private long signedSeq;
    private long signedNanos;

    Checkpoints(OperationsStore store, Leases leases, TimeSource time, SigningKey key) {
        this.store = store;
        this.leases = leases;
        this.time = time;
        this.key = key;
    }

    /** Begins where the last holder of the sealer's lease ended. */
    Future<Void> resume() {
        return store.query(LAST).map(rows -> {
            var seq = rows.iterator().next().getLong("seq");
            signedSeq = seq == null ? 0 : seq;
            signedNanos = time.nanos();
            return null;
        });
    }

    /** Signs the head if it is time. */
    Future<Void> note(Lease lease, Sealing.Head head) {
        boolean isDue = head.seq() - signedSeq >= EVENTS
                || (head.seq() > signedSeq && time.nanos() - signedNanos >= INTERVAL.toNanos());
        return isDue ? sign(lease, head) : Future.succeededFuture();
    }

    /** Signs the head if it is not signed yet: at the end of a process, or for who verifies. */
    Future<Void> sign(Lease lease, Sealing.Head head) {
        if (head.seq() <= signedSeq) {
            return Future.succeededFuture();
        }
        var checkpoint = Checkpoint.sign(key, head, time.now());
        var row = Tuple.of(
                checkpoint.seq(),
                checkpoint.signedAt().atOffset(ZoneOffset.UTC),
                checkpoint.keyId(),
                checkpoint.line());
        return store.transaction(connection -> leases.fence(connection, lease)
                        .compose(held -> connection.preparedQuery(INSERT).execute(row)))
                .map(rows -> {
                    signedSeq = head.seq();
                    signedNanos = time.nanos();
                    LOG.atInfo()
                            .addKeyValue("event", "audit.checkpoint")
                            .addKeyValue("checkpoint", checkpoint.line())
                            .log("audit log sealed and signed up to {}", checkpoint.seq());
                    return null;
                });
    }
}
