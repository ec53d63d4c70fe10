package dev.koda.dashboard.store;

import io.vertx.core.Future;
import java.util.List;

/** Statements that only who holds a lease may run: those that change tables, which take no parameters. */
public final class Fenced {
    /**
     * Whoever comes waits behind one who waits for a table, and who reads it for long, as a backup does, would stop all the
     * others that way.
     */
    private static final String NO_LONG_WAIT = "SET LOCAL lock_timeout = 200";

    private Fenced() {}

    /**
     * Runs them in one transaction, one after another, behind the fence of the lease.
     *
     * @return fails with a {@link StoreException}, and nothing has happened then; {@code IN_USE} if a table is used by
     *     others for longer than a moment
     */
    public static Future<Void> run(OperationsStore store, Leases leases, Lease lease, List<String> statements) {
        return store.transaction(connection -> {
            Future<Void> all = leases.fence(connection, lease)
                    .compose(held -> connection.query(NO_LONG_WAIT).execute().mapEmpty());
            for (var statement : statements) {
                all = all.compose(done -> connection.query(statement).execute().mapEmpty());
            }
            return all;
        });
    }
}
