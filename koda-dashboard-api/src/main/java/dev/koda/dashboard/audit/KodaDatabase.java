package dev.koda.dashboard.audit;

import dev.koda.dashboard.store.StoreOptions;
import java.util.Objects;

/**
 * Where a Koda install keeps its own audit events. Only read.
 *
 * @param database the Postgres of the stack
 * @param schema the schema of the table {@code audit_events}
 */
public record KodaDatabase(StoreOptions database, String schema) {
    public KodaDatabase {
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(schema, "schema");
    }

    /** The table as SQL names it. */
    String table() {
        return '"' + schema.replace("\"", "\"\"") + "\".audit_events";
    }

    /** What events of it say where they come from. */
    String source() {
        return "koda/" + schema;
    }
}
