package dev.koda.dashboard.store;

import io.vertx.core.Future;
import java.util.List;

/** Statements that only who holds a lease may run: those that change tables, which take no parameters. */
public final class Fenced {
    private Fenced() {}

    /**
     * Runs them in one transaction, one after another, behind the fence of the lease.
     *
     * @return fails with a {@link StoreException}, and nothing has happened then
     */
    public static Future<Void> run(OperationsStore store, Leases leases, Lease lease, List<String> statements) {
        return store.transaction(connection -> {
            Future<Void> all = leases.fence(connection, lease);
            for (var statement : statements) {
                all = all.compose(done -> connection.query(statement).execute().mapEmpty());
            }
            return all;
        });
    }
}
