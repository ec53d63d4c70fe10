package dev.koda.dashboard.connections;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.dashboard.connections.KodaConnection.Kind;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of a Koda install, from the tables of its control plane. A table or a column that is not there, or that
 * may not be read, is done without, and told once. Thread-safe.
 */
public final class KodaConnections {
    private static final Logger LOG = LoggerFactory.getLogger(KodaConnections.class);

    /** Who asks for a verification wants to see what Koda noted just now. */
    private static final Duration REUSED = Duration.ofSeconds(2);

    /** Longer than the store takes to give up. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** Only what the role may read is in it. */
    private static final String COLUMNS = """
            SELECT table_name::text AS name, column_name::text AS col FROM information_schema.columns
            WHERE table_schema = $1 AND table_name = ANY ($2::text[])
            """;

    private final OperationsStore koda;
    private final String schema;
    private @Nullable Reading last;
    private @Nullable String told;

    private KodaConnections(OperationsStore koda, String schema) {
        this.koda = koda;
        this.schema = schema;
    }

    /**
     * Those in a schema of Koda's Postgres, which stays the caller's to close. Nothing is read yet.
     *
     * @param schema such as {@code knowledge_v2}
     */
    public static KodaConnections in(OperationsStore koda, String schema) {
        return new KodaConnections(Objects.requireNonNull(koda, "koda"), Objects.requireNonNull(schema, "schema"));
    }

    /**
     * What is connected now: what is configured and not turned off.
     *
     * @return fails with a {@link dev.koda.dashboard.store.StoreException} if Koda's Postgres does not answer, and with a
     *     {@link NoTables} if none of the tables can be read
     */
    public Future<List<KodaConnection>> read() {
        var names = Arrays.stream(Kind.values()).map(Kind::table).toArray(String[]::new);
        return koda.query(COLUMNS, Tuple.of(schema, (Object) names)).compose(rows -> read(tables(rows)));
    }

    /**
     * A check that tells what Koda noted when it last verified this one, and asks nobody but its tables.
     *
     * @param every how often it is looked at
     */
    public CheckSpec recorded(KodaConnection connection, Duration every, TimeSource time) {
        var id = connection.id();
        return CheckSpec.of(id.name())
                .instance(Objects.requireNonNull(id.instance()))
                .title("Koda has verified it")
                .in(Suite.DOCTOR)
                .timeout(LIMIT)
                .every(every)
                .run(new RecordedConnectionCheck(connection, () -> recent(time), time));
    }

    /** All that look at once look at one answer. */
    private synchronized Future<List<KodaConnection>> recent(TimeSource time) {
        var known = last;
        if (known != null && time.nanos() - known.nanos() < REUSED.toNanos()) {
            return known.connections();
        }
        var now = new Reading(time.nanos(), read());
        last = now;
        return now.connections();
    }

    private record Reading(long nanos, Future<List<KodaConnection>> connections) {}

    /** Koda is not there, or another one than is known here. */
    public static final class NoTables extends Exception {
        private static final long serialVersionUID = 1;

        NoTables(String schema) {
            super("no table of connections can be read in the schema " + schema, null, false, false);
        }
    }

    private Map<Kind, ConnectionTable> tables(RowSet<Row> rows) {
        var columns = new EnumMap<Kind, Set<String>>(Kind.class);
        for (var row : rows) {
            for (var kind : Kind.values()) {
                if (kind.table().equals(row.getString("name"))) {
                    columns.computeIfAbsent(kind, none -> new HashSet<>()).add(row.getString("col"));
                }
            }
        }
        var tables = new EnumMap<Kind, ConnectionTable>(Kind.class);
        columns.forEach((kind, names) -> tables.put(kind, new ConnectionTable(kind, schema, names)));
        tables.values().removeIf(table -> !table.isReadable());
        return tables;
    }

    private Future<List<KodaConnection>> read(Map<Kind, ConnectionTable> tables) {
        tell(tables.keySet());
        if (tables.isEmpty()) {
            return Future.failedFuture(new NoTables(schema));
        }
        Future<List<KodaConnection>> all = Future.succeededFuture(new ArrayList<>());
        for (var table : tables.values()) {
            all = all.compose(some -> koda.query(table.sql()).map(rows -> {
                rows.forEach(row -> some.add(table.connection(row)));
                return some;
            }));
        }
        return all;
    }

    private synchronized void tell(Set<Kind> readable) {
        var missing = Arrays.stream(Kind.values())
                .filter(kind -> !readable.contains(kind))
                .map(Kind::table)
                .collect(Collectors.joining(", "));
        if (!missing.equals(told)) {
            told = missing;
            if (!missing.isEmpty()) {
                LOG.atInfo()
                        .addKeyValue("event", "koda.tables_missing")
                        .addKeyValue("schema", schema)
                        .addKeyValue("tables", missing)
                        .log(
                                "connections of Koda are not all known: {} in the schema {} cannot be read",
                                missing,
                                schema);
            }
        }
    }
}
