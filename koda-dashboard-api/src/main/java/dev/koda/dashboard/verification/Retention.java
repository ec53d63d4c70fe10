package dev.koda.dashboard.verification;

import dev.koda.dashboard.store.Lease;
import dev.koda.dashboard.store.Leases;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Removes what is small enough to have no partitions, once it is older than the longest roll-ups, and lists no more what a
 * server found that is gone.
 */
final class Retention {
    static final Duration KEPT = Duration.ofDays(400);

    /** A subject that nobody declares any more goes with the last of its results. */
    private static final List<String> STATEMENTS = List.of(
            "DELETE FROM koda_ops.status_interval WHERE until < $1",
            "DELETE FROM koda_ops.incident WHERE closed_at < $1",
            "DELETE FROM koda_ops.annotation WHERE at < $1",
            "DELETE FROM koda_ops.subject WHERE NOT is_active AND coalesce(verified_at, declared_at) < $1");

    private static final String GONE =
            "UPDATE koda_ops.subject SET is_active = false WHERE class = 'doctor' AND is_active AND until < $1";

    private Retention() {}

    static Future<Void> apply(OperationsStore store, Leases leases, Lease lease, Instant now) {
        var before = Columns.time(now.minus(KEPT));
        return store.transaction(connection -> {
            Future<Void> all = leases.fence(connection, lease)
                    .compose(held -> connection
                            .preparedQuery(GONE)
                            .execute(Tuple.of(Columns.time(now.minus(TimePartitions.RESULTS))))
                            .mapEmpty());
            for (var statement : STATEMENTS) {
                all = all.compose(done -> connection
                        .preparedQuery(statement)
                        .execute(Tuple.of(before))
                        .mapEmpty());
            }
            return all;
        });
    }
}
