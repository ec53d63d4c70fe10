package dev.koda.dashboard.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The store did not do what it was asked. Its message is for operators and holds no text of a database or driver. */
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1;

    /** What became of the request. */
    public enum Kind {
        /** No store is configured. */
        ABSENT,
        /** Nobody answered, or not in time: nothing is known about a statement that writes. */
        UNAVAILABLE,
        /** The schema is not there, or older than this software. */
        NOT_MIGRATED,
        /** The role may not do it. */
        FORBIDDEN,
        /** A row of this key is there already. */
        DUPLICATE,
        /** The writer has lost its lease to another process. */
        FENCED,
        /** Others use a table for long, as a backup does, and nothing was done to it: to be tried again later. */
        IN_USE,
        /** The database refused the statement: a mistake of this software, or a schema that somebody changed. */
        REFUSED
    }

    private final Kind kind;
    private final @Nullable String sqlState;

    StoreException(Kind kind, String message, @Nullable String sqlState, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.sqlState = sqlState;
    }

    static StoreException absent() {
        return new StoreException(
                Kind.ABSENT, "this server has no operations store; OPERATIONS_POSTGRES_DSN names one", null, null);
    }

    /** The writer's lease is another's now. */
    public static StoreException fenced(String lease) {
        return new StoreException(Kind.FENCED, "the lease " + lease + " is held by another process", null, null);
    }

    public Kind kind() {
        return kind;
    }

    /** The SQLSTATE of the database's answer, or null if there was none. */
    public @Nullable String sqlState() {
        return sqlState;
    }
}
