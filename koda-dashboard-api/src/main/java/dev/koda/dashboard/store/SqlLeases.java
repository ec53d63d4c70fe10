package dev.koda.dashboard.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Optional;

/** Leases as rows. Only the clock of the database counts. */
final class SqlLeases implements Leases {
    private static final String TAKE = """
            INSERT INTO koda_ops.lease AS held (name, holder, epoch, expires_at)
            VALUES ($1, $2, 1, clock_timestamp() + $3::bigint * interval '1 millisecond')
            ON CONFLICT (name) DO UPDATE
            SET holder = excluded.holder,
                epoch = CASE WHEN held.holder = excluded.holder THEN held.epoch ELSE held.epoch + 1 END,
                expires_at = excluded.expires_at
            WHERE held.holder = excluded.holder OR held.expires_at < clock_timestamp()
            RETURNING epoch
            """;

    private static final String RELEASE = """
            UPDATE koda_ops.lease SET expires_at = clock_timestamp() - interval '1 millisecond'
            WHERE name = $1 AND holder = $2 AND epoch = $3
            """;

    private static final String FENCE =
            "SELECT 1 FROM koda_ops.lease WHERE name = $1 AND holder = $2 AND epoch = $3 FOR UPDATE";

    private final OperationsStore store;

    SqlLeases(OperationsStore store) {
        this.store = store;
    }

    @Override
    public Future<Optional<Lease>> take(String name, String holder, Duration length) {
        return store.query(TAKE, Tuple.of(name, holder, length.toMillis())).map(rows -> {
            var row = rows.iterator();
            return row.hasNext()
                    ? Optional.of(new Lease(name, holder, row.next().getLong("epoch")))
                    : Optional.empty();
        });
    }

    @Override
    public Future<Void> release(Lease lease) {
        return store.query(RELEASE, tuple(lease)).mapEmpty();
    }

    @Override
    public Future<Void> fence(SqlConnection connection, Lease lease) {
        return connection
                .preparedQuery(FENCE)
                .execute(tuple(lease))
                .compose(rows -> rows.size() == 1
                        ? Future.<Void>succeededFuture()
                        : Future.failedFuture(StoreException.fenced(lease.name())));
    }

    private static Tuple tuple(Lease lease) {
        return Tuple.of(lease.name(), lease.holder(), lease.epoch());
    }
}
