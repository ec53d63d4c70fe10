package dev.koda.checks.runtime.platform;

import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.sql.SqlNames;
import dev.koda.checks.sql.SqlQueries;
import dev.koda.checks.sql.SqlRow;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Koda's tables: asked only where they are, have the columns, and may be read. */
final class PlatformTables {
    /** Years of four digits, and nothing that a date, a time of day or an offset cannot be. */
    private static final String ISO_STAMP = "^[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])[T ]"
            + "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]+)?(Z|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)?$";

    private final SqlQueries queries;
    private final String schema;

    PlatformTables(SqlQueries queries, String schema) {
        this.queries = queries;
        this.schema = schema;
    }

    /** The table as a statement names it. */
    String named(String table) {
        return SqlNames.quoted(schema) + "." + table;
    }

    /**
     * Seconds since a time stamp in a column of any type, as an expression; null for what is none. No text can make it an
     * error: parts are taken that the pattern has bounded, and a 30 February is two days after the 28th. UTC where no
     * offset is given, as Koda writes it.
     */
    static String age(String column) {
        return """
                CASE WHEN %1$s::text ~ '%2$s' THEN extract(epoch FROM clock_timestamp() - ((
                  make_date(substr(%1$s::text, 1, 4)::int, substr(%1$s::text, 6, 2)::int, 1)
                    + (substr(%1$s::text, 9, 2)::int - 1) + substr(%1$s::text, 12, 8)::time
                    - coalesce(substring(substr(%1$s::text, 20) from '([+-][0-9]{2}):?[0-9]*$')::int, 0)
                      * interval '1 hour'
                    - coalesce(substring(substr(%1$s::text, 20) from '([+-])[0-9]{2}:?[0-9]{2}$') || '1', '1')::int
                      * coalesce(substring(substr(%1$s::text, 20) from '[+-][0-9]{2}:?([0-9]{2})$')::int, 0)
                      * interval '1 minute') AT TIME ZONE 'UTC'))::float8 END""".formatted(column, ISO_STAMP);
    }

    /**
     * Asks and judges; skipped where a table or a column is not there.
     *
     * @param columns the columns that the statement needs, by table
     */
    CompletionStage<Outcome> judge(
            CheckContext context,
            Map<String, List<String>> columns,
            String sql,
            Function<List<SqlRow>, Outcome> judge) {
        return SqlQueries.answered(queries.query(context, find(columns)).thenCompose(rows -> {
            var obstacle = obstacle(columns, rows);
            return obstacle == null
                    ? queries.query(context, sql).thenApply(judge)
                    : CompletableFuture.completedStage(obstacle);
        }));
    }

    private String find(Map<String, List<String>> columns) {
        var names = columns.keySet().stream().sorted().collect(Collectors.joining("', '", "'", "'"));
        return "SELECT c.relname::text AS name, quote_ident(current_user)::text AS role,"
                + " has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT') AS may_read,"
                + " (SELECT string_agg(a.attname::text, ',') FROM pg_attribute a"
                + " WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns"
                + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname = '" + schema.replace("'", "''")
                + "' AND c.relname IN (" + names + ")";
    }

    private @Nullable Outcome obstacle(Map<String, List<String>> columns, List<SqlRow> rows) {
        var found = rows.stream().collect(Collectors.toMap(row -> row.text("name", ""), Function.identity()));
        for (var need : new TreeMap<>(columns).entrySet()) {
            var table = need.getKey();
            var row = found.get(table);
            if (row == null) {
                return Outcome.skipped("there is no table " + schema + "." + table
                        + ": Koda has not migrated this database yet, or not its release");
            }
            var present = Arrays.asList(row.text("columns", "").split(","));
            for (var column : need.getValue()) {
                if (!present.contains(column)) {
                    return Outcome.skipped(
                            schema + "." + table + " has no column " + column + ": this release of Koda is not known");
                }
            }
            if (!row.isTrue("may_read")) {
                return unreadable(table, row.text("role", "the role"));
            }
        }
        return null;
    }

    private Outcome unreadable(String table, String role) {
        return Outcome.warn("the role may not read " + schema + "." + table)
                .reason("missing_privilege")
                .hint("GRANT USAGE ON SCHEMA " + SqlNames.quoted(schema) + " TO " + role + "; GRANT SELECT ON "
                        + named(table) + " TO " + role + ";");
    }
}
