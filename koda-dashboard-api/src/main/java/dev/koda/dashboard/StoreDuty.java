package dev.koda.dashboard;

import dev.koda.dashboard.store.Leadership;
import dev.koda.dashboard.store.Leases;
import dev.koda.dashboard.store.OperationsStore;

/** What one of several servers does at a time, beside what the surface does itself; begins when the store is there. */
public interface StoreDuty extends AutoCloseable {
    /** The name of its lease. */
    String lease();

    /**
     * What the holder of the lease does. Called once.
     *
     * @param store stays the caller's
     */
    Leadership.Duty duty(OperationsStore store, Leases leases);

    /** Releases what it holds, when it has ended for good. */
    @Override
    void close();
}
