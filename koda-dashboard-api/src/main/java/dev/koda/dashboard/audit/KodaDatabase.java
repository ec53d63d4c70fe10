package dev.koda.dashboard.audit;

import dev.koda.checks.sql.SqlNames;
import dev.koda.dashboard.store.StoreOptions;
import java.time.Duration;
import java.util.Objects;

/**
 * Where a Koda install keeps its own audit events, and what else its tables tell. Only read.
 *
 * @param database the Postgres of the stack
 * @param schema the schema of its tables
 * @param interval how often its metrics are read, a second or more; 0 for never
 */
public record KodaDatabase(StoreOptions database, String schema, Duration interval) {
    /** How often metrics are read when nobody says otherwise: as often as Prometheus asks us. */
    public static final Duration INTERVAL = Duration.ofSeconds(15);

    /** The shortest interval. */
    public static final Duration SHORTEST = Duration.ofSeconds(1);

    public KodaDatabase {
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(schema, "schema");
        if (!interval.isZero() && interval.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("interval must be a second or more, or 0, not " + interval);
        }
    }

    /** With the usual interval. */
    public KodaDatabase(StoreOptions database, String schema) {
        this(database, schema, INTERVAL);
    }

    /** The same with another interval. */
    public KodaDatabase interval(Duration between) {
        return new KodaDatabase(database, schema, between);
    }

    /** The table as SQL names it. */
    String table() {
        return SqlNames.quoted(schema) + ".audit_events";
    }

    /** What events of it say where they come from. */
    String source() {
        return "koda/" + schema;
    }
}
