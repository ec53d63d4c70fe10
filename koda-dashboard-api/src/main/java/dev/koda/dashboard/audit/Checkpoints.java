package dev.koda.dashboard.audit;

import dev.koda.checks.TimeSource;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs the end of the chain every minute or thousand events, whichever comes first, and writes it down twice: in the
 * store, and on the log, from where it is kept elsewhere. It signs nothing that is not in the log, so it needs no lease,
 * and sealing goes on meanwhile. Thread-safe.
 */
final class Checkpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

    static final long EVENTS = 1_000;
    static final Duration INTERVAL = Duration.ofSeconds(60);

    private static final String INSERT = """
            INSERT INTO koda_ops.audit_checkpoint (seq, signed_at, key_id, note)
            SELECT $1, $2, $3, $4 FROM koda_ops.audit_log WHERE seq = $1 AND hash = $5
            ON CONFLICT (seq) DO NOTHING
            """;

    private static final String LAST = "SELECT max(seq) AS seq FROM koda_ops.audit_checkpoint";

    /** When its schema was made is what a log keeps through every restore, and no other log has. */
    private static final String LOG_ID =
            "SELECT date_part('epoch', applied_at)::text AS log FROM koda_ops.schema_migration WHERE version = 1";

    private final OperationsStore store;
    private final LogReader reader;
    private final TimeSource time;
    private final SigningKey key;
    private final LastSigned kept;
    private final AuditTrail trail;
    /** What this server has signed last, whatever the store says; null if that is nothing. */
    private @Nullable Checkpoint own;

    private volatile String log = "";
    private long signedSeq;
    private long signedNanos;
    private boolean isSigning;

    Checkpoints(OperationsStore store, TimeSource time, SigningKey key, LastSigned kept, AuditTrail trail) {
        this.store = store;
        this.time = time;
        this.key = key;
        this.kept = kept;
        this.trail = trail;
        reader = new LogReader(store);
    }

    /** Begins where the last holder of the sealer's lease ended. */
    Future<Void> resume() {
        return store.query(LOG_ID)
                .compose(rows -> {
                    log = rows.iterator().next().getString("log");
                    var known = own();
                    return known == null ? kept.read(log) : Future.succeededFuture(Optional.of(known));
                })
                .compose(last -> signedOn(last.orElse(null)));
    }

    private synchronized @Nullable Checkpoint own() {
        return own;
    }

    private Future<Void> signedOn(@Nullable Checkpoint last) {
        return store.query(LAST).map(rows -> {
            var seq = rows.iterator().next().getLong("seq");
            signed(last, seq == null ? 0 : seq);
            return null;
        });
    }

    private synchronized void signed(@Nullable Checkpoint last, long seq) {
        own = last;
        signedSeq = seq;
        signedNanos = time.nanos();
    }

    /** Signs the head if it is time, and nothing is being signed just now. */
    Future<Void> note(Sealing.Head head) {
        synchronized (this) {
            if (isSigning || !isDue(head)) {
                return Future.succeededFuture();
            }
            isSigning = true;
        }
        return sign(head).onComplete(ended -> {
            synchronized (this) {
                isSigning = false;
            }
        });
    }

    private boolean isDue(Sealing.Head head) {
        boolean isBack = own != null && head.seq() < own.seq();
        return isBack
                || head.seq() - signedSeq >= EVENTS
                || (head.seq() > signedSeq && time.nanos() - signedNanos >= INTERVAL.toNanos());
    }

    /** Signs the head if it is not signed yet: at the end of a process, or for who verifies. */
    Future<Void> sign(Sealing.Head head) {
        return compare(head).compose(same -> isSigned(head) ? Future.succeededFuture() : write(head));
    }

    private synchronized boolean isSigned(Sealing.Head head) {
        return head.seq() <= signedSeq;
    }

    /** A log that is not the one that was signed is told before it is signed too: one of the two is not what happened. */
    private Future<Void> compare(Sealing.Head head) {
        var last = own();
        if (last == null) {
            return Future.succeededFuture();
        }
        if (head.seq() < last.seq()) {
            return restored(last, head);
        }
        return reader.at(last.seq())
                .compose(event -> event.isEmpty() || event.get().hash().equals(last.hash())
                        ? Future.succeededFuture()
                        : restored(last, head));
    }

    private Future<Void> restored(Checkpoint last, Sealing.Head head) {
        LOG.atError()
                .addKeyValue("event", "audit.log_restored")
                .addKeyValue("checkpoint", last.line())
                .log(
                        "the audit log is another one than this server has signed up to {}: its database was restored from"
                                + " an older state, or changed; it ends at {} now, and is signed on from there",
                        last.seq(),
                        head.seq());
        // It need not be stored for the log to be signed on: it waits on the disk, if it must.
        trail.record(AuditEvent.of(AuditEventType.AUDIT_LOG_RESTORED)
                .to(last.keyId())
                .with("signed_seq", last.seq())
                .with("signed_at", last.signedAt().toString())
                .with("signed_hash", last.hash())
                .with("seq", head.seq()));
        return signedOn(null);
    }

    private Future<Void> write(Sealing.Head head) {
        var checkpoint = Checkpoint.sign(key, head, time.now());
        var row = Tuple.of(
                checkpoint.seq(),
                checkpoint.signedAt().atOffset(ZoneOffset.UTC),
                checkpoint.keyId(),
                checkpoint.line(),
                head.hash());
        return store.query(INSERT, row).compose(rows -> {
            if (rows.rowCount() == 0) {
                // Another server has signed it, or the log is another one by now.
                return signedOn(own());
            }
            signed(checkpoint, checkpoint.seq());
            LOG.atInfo()
                    .addKeyValue("event", "audit.checkpoint")
                    .addKeyValue("checkpoint", checkpoint.line())
                    .log("audit log sealed and signed up to {}", checkpoint.seq());
            return kept.write(log, checkpoint);
        });
    }
}
