package dev.koda.dashboard.audit;

import dev.koda.dashboard.store.Fenced;
import dev.koda.dashboard.store.Lease;
import dev.koda.dashboard.store.Leases;
import dev.koda.dashboard.store.OperationsStore;
import dev.koda.dashboard.store.StoreException;
import io.vertx.core.Future;
import java.util.List;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions of the log. The one that is written has no upper bound; when it is closed it gets one, and the next one
 * begins there. The partition for everything else takes what should not exist, so that no event is ever refused.
 */
final class Partitions {
    /** After so many events a partition is closed. */
    static final long EVENTS = 1_000_000;

    /** After so many days a partition is closed, however few events it has. */
    static final int DAYS = 30;

    private static final String NAMES = """
            SELECT c.relname AS name, pg_get_expr(c.relpartbound, c.oid) AS bounds
            FROM pg_inherits i
            JOIN pg_class c ON c.oid = i.inhrelid
            WHERE i.inhparent = 'koda_ops.audit_log'::regclass AND c.relname <> 'audit_log_default'
            ORDER BY substring(c.relname FROM '[0-9]+$')::bigint
            """;

    private static final String IS_OLD = "SELECT sealed_at < clock_timestamp() - interval '" + DAYS
            + " days' AS old FROM koda_ops.%s ORDER BY seq LIMIT 1";

    private static final Logger LOG = LoggerFactory.getLogger(Partitions.class);

    private final OperationsStore store;
    private final Leases leases;
    private final long events;

    Partitions(OperationsStore store, Leases leases, long events) {
        this.store = store;
        this.leases = leases;
        this.events = events;
    }

    /** One partition, by its name and its first number. */
    record Partition(String name, long from) {}

    /** All but the one for everything else, the oldest first. */
    Future<List<Partition>> list() {
        return store.query(NAMES)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getString("name"))
                        .map(name -> new Partition(name, Long.parseLong(name.substring(name.lastIndexOf('_') + 1))))
                        .toList());
    }

    /**
     * Makes sure that there is one to write into, and closes it if it is full or old. One that somebody reads for long, as a
     * backup does, is written on: it is closed another time.
     */
    Future<Void> tend(Lease lease, long head) {
        return list().compose(partitions -> {
            if (partitions.isEmpty()) {
                return inFence(lease, List.of(open(head + 1), protect(head + 1)));
            }
            var last = partitions.get(partitions.size() - 1);
            if (head < last.from()) {
                return Future.succeededFuture();
            }
            if (head - last.from() + 1 >= events) {
                return close(lease, last, head);
            }
            return store.query(IS_OLD.formatted(last.name()))
                    .compose(rows ->
                            StreamSupport.stream(rows.spliterator(), false).anyMatch(row -> row.getBoolean("old"))
                                    ? close(lease, last, head)
                                    : Future.succeededFuture());
        });
    }

    private Future<Void> close(Lease lease, Partition last, long head) {
        return inFence(
                        lease,
                        List.of(
                                "ALTER TABLE koda_ops.audit_log DETACH PARTITION koda_ops." + last.name(),
                                "ALTER TABLE koda_ops.audit_log ATTACH PARTITION koda_ops." + last.name()
                                        + " FOR VALUES FROM (" + last.from() + ") TO (" + (head + 1) + ")",
                                open(head + 1),
                                protect(head + 1)))
                .recover(failure -> isInUse(failure) ? written(last) : Future.failedFuture(failure));
    }

    private static boolean isInUse(Throwable failure) {
        return failure instanceof StoreException known && known.kind() == StoreException.Kind.IN_USE;
    }

    private static Future<Void> written(Partition last) {
        LOG.atInfo()
                .addKeyValue("event", "audit.partition_in_use")
                .log("the audit log is read for long, as by a backup: {} is written on, and closed later", last.name());
        return Future.succeededFuture();
    }

    /**
     * Drops a closed partition, the only way in which events ever leave the log, and the checkpoints that cover nothing any
     * more. The right to delete those is there for this transaction only.
     */
    Future<Void> drop(Lease lease, Partition partition) {
        return inFence(
                lease,
                List.of(
                        "DROP TABLE koda_ops." + partition.name(),
                        "GRANT DELETE ON koda_ops.audit_checkpoint TO CURRENT_USER",
                        "DELETE FROM koda_ops.audit_checkpoint"
                                + " WHERE seq < (SELECT min(seq) FROM koda_ops.audit_log) - 1",
                        "REVOKE DELETE ON koda_ops.audit_checkpoint FROM CURRENT_USER"));
    }

    private static String open(long from) {
        return "CREATE TABLE koda_ops.audit_log_" + from + " PARTITION OF koda_ops.audit_log FOR VALUES FROM (" + from
                + ") TO (MAXVALUE)";
    }

    /** Whoever owns a table may do all with it, unless it gives that away. */
    private static String protect(long from) {
        return "REVOKE UPDATE, DELETE, TRUNCATE ON koda_ops.audit_log_" + from + " FROM PUBLIC, CURRENT_USER";
    }

    private Future<Void> inFence(Lease lease, List<String> statements) {
        return Fenced.run(store, leases, lease, statements);
    }
}
