package dev.koda.dashboard.verification;

import dev.koda.dashboard.store.OperationsStore;
import dev.koda.dashboard.verification.Asked.Span;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads what is known of one subject over a time. */
final class HistoryReader {
    /** More intervals are not shown: the oldest are left out, and the answer says so. */
    static final int INTERVALS = 1_000;

    static final int MARKS = 1_000;

    private static final String SUBJECT =
            "SELECT " + Known.COLUMNS + " FROM koda_ops.subject WHERE id = $1 AND class = $2";

    /** From the one on that had begun when the time began: those before it are not looked at, however many they are. */
    private static final String INTERVALS_OF = """
            SELECT since, until, status, reason, runs FROM koda_ops.status_interval
            WHERE subject = $1 AND until > $2 AND since < $3
              AND since >= coalesce((SELECT max(b.since) FROM koda_ops.status_interval b
                                     WHERE b.subject = $1 AND b.since <= $2), $2)
            ORDER BY since DESC LIMIT $4
            """;

    private static final String ROLLUPS_OF = """
            SELECT bucket, passes, warns, fails, unknowns, latency_max_us, latencies FROM koda_ops.%s
            WHERE subject = $1 AND bucket >= $2 AND bucket < $3
            """;

    private static final String MARKS_OF = "SELECT " + Annotations.COLUMNS + """
             FROM koda_ops.annotation
            WHERE (subject = $1 OR subject IS NULL) AND at >= $2 AND at <= $3
            ORDER BY at DESC LIMIT $4
            """;

    private final OperationsStore store;

    HistoryReader(OperationsStore store) {
        this.store = store;
    }

    /** A subject of this type; empty if there is none of this id. */
    Future<Optional<Known>> subject(String id, Subject.Type type) {
        return store.query(SUBJECT, Tuple.of(id, type.toString()))
                .map(rows -> list(rows, Known::of).stream().findFirst());
    }

    /** The newest intervals of a time, in their order. */
    Future<List<Interval>> intervals(String subject, Span span) {
        return store.query(
                        INTERVALS_OF, Tuple.of(subject, Columns.time(span.from()), Columns.time(span.to()), INTERVALS))
                .map(rows -> {
                    var intervals = list(rows, HistoryReader::interval);
                    Collections.reverse(intervals);
                    return intervals;
                });
    }

    private static Interval interval(Row row) {
        return new Interval(
                Subjects.instant(row, "since"),
                Subjects.instant(row, "until"),
                Standing.of(row.getInteger("status")),
                row.getString("reason"),
                row.getInteger("runs"));
    }

    /** The roll-ups of a time by the beginnings of buckets of this width, without empty ones. */
    Future<Map<Instant, Rollup>> rollups(String subject, Span span, Duration width) {
        return store.query(
                        ROLLUPS_OF.formatted(tableOf(width)),
                        Tuple.of(subject, Columns.time(Rollup.bucket(span.from(), width)), Columns.time(span.to())))
                .map(rows -> {
                    Map<Instant, Rollup> sums = new TreeMap<>();
                    rows.forEach(row -> sums.merge(
                            Rollup.bucket(Subjects.instant(row, "bucket"), width), rollup(row), Rollup::plus));
                    return sums;
                });
    }

    /** The table of the widest buckets that make up the asked ones. */
    static String tableOf(Duration width) {
        if (width.toMillis() % ResultTables.DAILY.toMillis() == 0) {
            return "rollup_1d";
        }
        return width.toMillis() % ResultTables.COARSE.toMillis() == 0 ? "rollup_1h" : "rollup_5m";
    }

    private static Rollup rollup(Row row) {
        return new Rollup(
                row.getInteger("passes"),
                row.getInteger("warns"),
                row.getInteger("fails"),
                row.getInteger("unknowns"),
                Duration.ofNanos(row.getLong("latency_max_us") * 1_000),
                LatencyHistogram.of(row.getArrayOfIntegers("latencies")));
    }

    /** What was noted about a subject, or about all of them, the newest first. */
    Future<List<JsonObject>> marks(String subject, Span span) {
        return store.query(MARKS_OF, Tuple.of(subject, Columns.time(span.from()), Columns.time(span.to()), MARKS))
                .map(rows -> list(rows, Annotations::json));
    }

    static <T> List<T> list(RowSet<Row> rows, Function<Row, T> read) {
        var all = new ArrayList<T>(rows.size());
        rows.forEach(row -> all.add(read.apply(row)));
        return all;
    }
}
