package dev.koda.server.collectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long each statement takes in a Koda of some age, with the plan of the database, written to {@code
 * target/collectors.md}. A small Koda unless asked: {@code -Dkoda.collectors.rows=1000000} makes it the one that
 * {@code docs/collectors.md} shows.
 */
class CollectorSpeedTest {
    private static final int ROWS = Integer.getInteger("koda.collectors.rows", 20_000);
    private static final int RUNS = 7;

    /** For a large Koda on a quiet machine; a small one must keep within the time box. */
    private static final double MOST_MILLIS = ROWS >= 1_000_000 ? 50 : KodaReader.LIMIT.toMillis();

    @TempDir
    Path directory;

    private record Measured(Collector collector, double millis, String plan) {}

    @Test
    void everyStatementIsFast() throws Exception {
        var measured = new ArrayList<Measured>();
        try (var postgres = KodaPostgres.in(directory)) {
            postgres.execute(rows());
            try (var connection = postgres.connect();
                    var statement = connection.createStatement()) {
                statement.execute("VACUUM ANALYZE");
                connection.setAutoCommit(false);
                statement.execute(KodaReader.BOX);
                for (var collector : StateCollectors.all()) {
                    measured.add(measure(connection, collector));
                }
            }
        }
        Files.writeString(Path.of("target", "collectors.md"), report(measured));

        assertThat(measured)
                .allSatisfy(one ->
                        assertThat(one.millis()).as(one.collector().name()).isLessThanOrEqualTo(MOST_MILLIS));
    }

    private static String rows() throws IOException {
        try (var script = Objects.requireNonNull(CollectorSpeedTest.class.getResourceAsStream("koda-rows.sql"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8).replace("{rows}", String.valueOf(ROWS));
        }
    }

    /** Of a counter the most that it reads at once: as many of the newest rows. */
    private static Measured measure(Connection connection, Collector collector) throws SQLException {
        long from = Math.max(0, ROWS - CounterState.SPAN);
        var sql = collector
                .sql("knowledge_v2")
                .replace("$1", String.valueOf(from))
                .replace("$2", String.valueOf(ROWS));
        var times = new ArrayList<Double>();
        var plan = "";
        for (int i = 0; i < RUNS; i++) {
            var lines = explain(connection, sql);
            times.add(millis(lines));
            plan = String.join("\n", lines);
        }
        Collections.sort(times);
        return new Measured(collector, times.get(RUNS / 2), plan);
    }

    private static List<String> explain(Connection connection, String sql) throws SQLException {
        var lines = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) " + sql)) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return lines;
    }

    private static double millis(List<String> plan) {
        return plan.stream()
                .filter(line -> line.startsWith("Planning Time") || line.startsWith("Execution Time"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9.]", "")))
                .sum();
    }

    private static String report(List<Measured> measured) {
        var report = new StringBuilder("Rows in each table: " + ROWS + "\n\n| collector | ms |\n|---|---|\n");
        measured.forEach(one ->
                report.append("| `%s` | %.1f |%n".formatted(one.collector().name(), one.millis())));
        measured.forEach(one -> report.append("\n### ")
                .append(one.collector().name())
                .append("\n\n```sql\n")
                .append(one.collector().sql().strip())
                .append("\n```\n\n```\n")
                .append(one.plan())
                .append("\n```\n"));
        return report.toString();
    }
}
