package dev.koda.checks.engine;

import dev.koda.checks.CheckId;

/** A registered check; closing it removes the check again. */
public interface CheckHandle extends AutoCloseable {
    /** The check. */
    CheckId id();

    /** Removes the check: a running execution is cancelled and no late event follows. Does nothing the second time. */
    @Override
    void close();
}
