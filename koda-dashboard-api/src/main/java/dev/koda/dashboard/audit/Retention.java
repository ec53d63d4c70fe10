package dev.koda.dashboard.audit;

import dev.koda.checks.TimeSource;
import dev.koda.dashboard.store.DutySteps;
import dev.koda.dashboard.store.Leadership;
import dev.koda.dashboard.store.Lease;
import dev.koda.dashboard.store.OperationsStore;
import dev.koda.dashboard.store.StoreException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops closed partitions of the log whose last event is older than the retention: the only way in which events ever leave
 * it. First they go to the archive, if there is one, and an event tells what is dropped; what cannot be archived or told
 * is kept, and tried again. A duty of one server at a time. Thread-safe.
 */
final class Retention implements Leadership.Duty {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    /** How often it is looked. */
    static final Duration INTERVAL = Duration.ofHours(1);

    private static final Duration SETBACK = Duration.ofMinutes(1);

    /** Numbers have no holes, so the two ends say how many there are. The clock is the one that wrote the times. */
    private static final String ENDS = """
            SELECT (SELECT min(seq) FROM koda_ops.%1$s) AS first, seq AS last, hash,
                sealed_at < clock_timestamp() - $1::bigint * interval '1 millisecond' AS old
            FROM koda_ops.%1$s ORDER BY seq DESC LIMIT 1
            """;

    private final OperationsStore store;
    private final Partitions partitions;
    private final @Nullable Archive archive;
    private final AuditTrail trail;
    private final DutySteps steps;
    private final Duration kept;
    /** The partition that was archived and told already, and somebody reads still; empty if there is none. */
    private String told = "";

    Retention(
            OperationsStore store,
            Partitions partitions,
            @Nullable Archive archive,
            AuditTrail trail,
            TimeSource time,
            Duration kept) {
        this.store = store;
        this.partitions = partitions;
        this.archive = archive;
        this.trail = trail;
        steps = DutySteps.of(time);
        this.kept = kept;
    }

    /** What a closed partition holds. */
    private record Content(long first, long last, boolean isOld, String hash) {
        static Content of(Row row) {
            return new Content(
                    row.getLong("first"),
                    row.getLong("last"),
                    row.getBoolean("old"),
                    HexFormat.of().formatHex(row.getBuffer("hash").getBytes()));
        }
    }

    @Override
    public void begin(Lease held) {
        steps.begin(held);
        steps.after(SETBACK, held, this::turn);
    }

    @Override
    public void end() {
        steps.end();
    }

    private void turn(Lease held) {
        apply(held).onComplete(done -> {
            if (done.failed()) {
                failed(done.cause());
            }
            steps.after(done.failed() ? SETBACK : INTERVAL, held, this::turn);
        });
    }

    /** Drops what is too old now; completes with how many partitions that were. */
    Future<Integer> apply(Lease held) {
        // The last one is being written, and has no end yet.
        return partitions
                .list()
                .compose(all ->
                        all.size() < 2 ? Future.succeededFuture(0) : next(held, all.subList(0, all.size() - 1), 0));
    }

    /** The oldest first, and none behind one that is kept: so the log begins somewhere, and has no holes. */
    private Future<Integer> next(Lease held, List<Partitions.Partition> closed, int dropped) {
        if (closed.isEmpty()) {
            return Future.succeededFuture(dropped);
        }
        var oldest = closed.get(0);
        return store.query(ENDS.formatted(oldest.name()), Tuple.of(kept.toMillis()))
                .compose(rows -> {
                    var row = rows.iterator();
                    var content = row.hasNext() ? Content.of(row.next()) : null;
                    return content == null || content.isOld()
                            ? drop(held, oldest, content)
                                    .compose(done -> next(held, closed.subList(1, closed.size()), dropped + 1))
                            : Future.succeededFuture(dropped);
                });
    }

    private Future<Void> drop(Lease held, Partitions.Partition partition, @Nullable Content content) {
        if (content == null || partition.name().equals(told)) {
            return partitions.drop(held, partition);
        }
        return archived(content)
                .compose(file -> tell(content, file))
                .onSuccess(done -> told = partition.name())
                .compose(done -> partitions.drop(held, partition));
    }

    private Future<String> archived(Content content) {
        return archive == null
                ? Future.succeededFuture("")
                : archive.write(content.first(), content.last()).map(Object::toString);
    }

    private Future<Void> tell(Content content, String file) {
        var event = AuditEvent.of(AuditEventType.AUDIT_RETENTION_APPLIED)
                .with("from", content.first())
                .with("to", content.last())
                .with("events", content.last() - content.first() + 1)
                .with("last_hash", content.hash())
                .with("days", kept.toDays());
        return trail.record(file.isEmpty() ? event : event.with("archive", file));
    }

    private static void failed(Throwable failure) {
        boolean isKnown = failure instanceof StoreException;
        (isKnown ? LOG.atWarn() : LOG.atError().setCause(failure))
                .addKeyValue("event", "audit.retention_failed")
                .log("audit events that are older than the retention are kept for now: {}", failure.getMessage());
    }
}
