package dev.koda.server.collectors;

import dev.koda.checks.sql.SqlNames;
import java.util.List;
import java.util.Objects;

/**
 * One question to the tables of a Koda, and the metrics that its rows become.
 *
 * <p>A column that is named as a label of a metric says its value; one that is named as the metric itself says the amount,
 * or for a histogram the columns of {@link Histograms}. Rows that come to the same labels are added up, and a row that has
 * no value for one of a metric's labels says nothing about it.
 *
 * @param name the value of the label {@code collector}
 * @param kind how it is asked
 * @param table the one that is counted, or most of it comes from
 * @param sql one statement in which {@code {schema}} stands for the schema; of new rows it has the parameters $1 and $2 for
 *     their numbers, the first exclusive, the second inclusive
 * @param metrics names in the catalogue
 */
record Collector(String name, Kind kind, String table, String sql, List<String> metrics) {
    /** How a collector is asked. */
    enum Kind {
        /** Asked anew each time: its answer is what the metrics are. */
        GAUGES,
        /** Asked for the rows that came since: its answers are added up. The table only grows, and numbers its rows. */
        COUNTERS,
        /** Asked for the rows that came since, of which the last of each set of labels counts. */
        LATEST;

        /** What an answer makes of those of the rows before. */
        Amounts join(Amounts before, Amounts more) {
            return this == LATEST ? before.overlaid(more) : before.plus(more);
        }
    }

    Collector {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(sql, "sql");
        metrics = List.copyOf(metrics);
    }

    static Collector gauges(String name, String table, String sql, String... metrics) {
        return new Collector(name, Kind.GAUGES, table, sql, List.of(metrics));
    }

    static Collector counters(String name, String table, String sql, String... metrics) {
        return new Collector(name, Kind.COUNTERS, table, sql, List.of(metrics));
    }

    static Collector latest(String name, String table, String sql, String... metrics) {
        return new Collector(name, Kind.LATEST, table, sql, List.of(metrics));
    }

    /** The statement for a schema. */
    String sql(String schema) {
        return in(schema, sql);
    }

    /** The last number of the table, and the time of the database: one look at the end of the primary key. */
    String headSql(String schema) {
        return in(schema, "SELECT coalesce(max(id), 0) AS head, clock_timestamp() AS now FROM {schema}." + table);
    }

    private static String in(String schema, String statement) {
        return statement.replace("{schema}", SqlNames.quoted(schema));
    }
}
