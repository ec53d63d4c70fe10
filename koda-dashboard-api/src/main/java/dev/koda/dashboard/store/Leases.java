package dev.koda.dashboard.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.Optional;

/** Who may do what only one process may, kept where the data is: so a fence can be part of a writer's transaction. */
public interface Leases {
    /** Those of a store. */
    static Leases in(OperationsStore store) {
        return new SqlLeases(store);
    }

    /**
     * Takes a lease, or keeps it for longer.
     *
     * @param holder the name of this start of this process
     * @param length from now on, by the clock of the database
     * @return empty if another process holds it
     */
    Future<Optional<Lease>> take(String name, String holder, Duration length);

    /** Gives it back, so that the next one need not wait; does nothing if it is another's by now. */
    Future<Void> release(Lease lease);

    /**
     * Keeps the lease from changing hands until the end of this connection's transaction.
     *
     * @return fails as {@code FENCED} if it has changed hands already, however long this process slept meanwhile
     */
    Future<Void> fence(SqlConnection connection, Lease lease);
}
