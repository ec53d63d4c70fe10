package dev.koda.dashboard.verification;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes into the tables of results, on one connection in its transaction: one statement for each table. */
final class ResultTables {
    static final Duration FINE = Duration.ofMinutes(5);
    static final Duration COARSE = Duration.ofHours(1);
    static final Duration DAILY = Duration.ofDays(1);

    private static final String RESULTS = """
            INSERT INTO koda_ops.verification
                (subject, started_at, id, trigger, status, reason, message, latency_us, http_status, fingerprint,
                 revision, node)
            SELECT * FROM unnest($1::text[], $2::timestamptz[], $3::uuid[], $4::text[], $5::integer[], $6::text[],
                                 $7::text[], $8::bigint[], $9::integer[], $10::text[], $11::text[], $12::text[])
            ON CONFLICT (subject, started_at, id) DO NOTHING
            RETURNING id
            """;

    private static final String ROLLUP = """
            INSERT INTO koda_ops.%s AS r
                (subject, bucket, passes, warns, fails, unknowns, latency_max_us, latencies)
            SELECT n.subject, n.bucket, n.passes, n.warns, n.fails, n.unknowns, n.longest, n.latencies::integer[]
            FROM unnest($1::text[], $2::timestamptz[], $3::integer[], $4::integer[], $5::integer[], $6::integer[],
                        $7::bigint[], $8::text[])
                 AS n (subject, bucket, passes, warns, fails, unknowns, longest, latencies)
            ON CONFLICT (subject, bucket) DO UPDATE
            SET passes = r.passes + excluded.passes,
                warns = r.warns + excluded.warns,
                fails = r.fails + excluded.fails,
                unknowns = r.unknowns + excluded.unknowns,
                latency_max_us = greatest(r.latency_max_us, excluded.latency_max_us),
                latencies = coalesce(
                    (SELECT array_agg(coalesce(b.mine, 0) + coalesce(b.theirs, 0) ORDER BY b.place)
                     FROM unnest(r.latencies, excluded.latencies) WITH ORDINALITY AS b (mine, theirs, place)),
                    '{}')
            """;

    private static final String INTERVALS = """
            INSERT INTO koda_ops.status_interval (subject, since, until, status, reason, runs)
            SELECT * FROM unnest($1::text[], $2::timestamptz[], $3::timestamptz[], $4::integer[], $5::text[],
                                 $6::integer[])
            ON CONFLICT (subject, since) DO UPDATE
            SET until = excluded.until, status = excluded.status, reason = excluded.reason, runs = excluded.runs
            """;

    private static final String CUT = """
            UPDATE koda_ops.status_interval AS i SET until = n.at
            FROM unnest($1::text[], $2::timestamptz[]) AS n (subject, at)
            WHERE i.subject = n.subject AND i.since < n.at AND i.until > n.at
            """;

    private static final String DROP_LATER = """
            DELETE FROM koda_ops.status_interval AS i
            USING unnest($1::text[], $2::timestamptz[]) AS n (subject, at)
            WHERE i.subject = n.subject AND i.since >= n.at
            """;

    private static final String INCIDENTS = """
            INSERT INTO koda_ops.incident (subject, opened_at, closed_at, reason, message, failures)
            SELECT * FROM unnest($1::text[], $2::timestamptz[], $3::timestamptz[], $4::text[], $5::text[],
                                 $6::integer[])
            ON CONFLICT (subject, opened_at) DO UPDATE
            SET closed_at = excluded.closed_at, failures = excluded.failures
            """;

    private static final String MARKS = """
            INSERT INTO koda_ops.annotation (id, at, kind, subject, text)
            SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::text[])
            """;

    private final SqlConnection connection;

    ResultTables(SqlConnection connection) {
        this.connection = connection;
    }

    /** Those of them that were not there yet: a writer that got no answer tries again, and may have written all the same. */
    Future<List<Verification>> addResults(List<Verification> results) {
        return execute(RESULTS, resultColumns(results)).map(rows -> {
            var added = new HashSet<UUID>();
            rows.forEach(row -> added.add(row.getUUID("id")));
            return results.stream().filter(result -> added.remove(result.id())).toList();
        });
    }

    private static Object[] resultColumns(List<Verification> results) {
        return new Object[] {
            Columns.of(results, Verification::subject, String[]::new),
            Columns.times(results, Verification::startedAt),
            Columns.of(results, Verification::id, UUID[]::new),
            Columns.of(results, result -> result.trigger().toString(), String[]::new),
            Columns.of(results, result -> result.standing().number(), Integer[]::new),
            Columns.of(results, Verification::reason, String[]::new),
            Columns.of(results, Verification::message, String[]::new),
            Columns.of(results, result -> micros(result.latency()), Long[]::new),
            Columns.of(results, Verification::httpStatus, Integer[]::new),
            Columns.of(results, ResultTables::digits, String[]::new),
            Columns.of(results, Verification::revision, String[]::new),
            Columns.of(results, Verification::node, String[]::new)
        };
    }

    private static @Nullable Long micros(@Nullable Duration duration) {
        return duration == null ? null : duration.toNanos() / 1_000;
    }

    private static @Nullable String digits(Verification result) {
        var credential = result.credential();
        return credential == null ? null : credential.digits();
    }

    Future<Void> addRollups(List<Verification> results) {
        return addRollups(results, FINE, ROLLUP.formatted("rollup_5m"))
                .compose(done -> addRollups(results, COARSE, ROLLUP.formatted("rollup_1h")))
                .compose(done -> addRollups(results, DAILY, ROLLUP.formatted("rollup_1d")));
    }

    private Future<Void> addRollups(List<Verification> results, Duration width, String sql) {
        var sums = new LinkedHashMap<Results.Change.Key, Rollup>();
        for (var result : results) {
            var key = new Results.Change.Key(result.subject(), Rollup.bucket(result.startedAt(), width));
            sums.merge(key, Rollup.of(result), Rollup::plus);
        }
        var keys = sums.keySet();
        var values = sums.values();
        return run(
                sql,
                Columns.of(keys, Results.Change.Key::subject, String[]::new),
                Columns.times(keys, Results.Change.Key::at),
                Columns.of(values, Rollup::passes, Integer[]::new),
                Columns.of(values, Rollup::warns, Integer[]::new),
                Columns.of(values, Rollup::fails, Integer[]::new),
                Columns.of(values, Rollup::unknowns, Integer[]::new),
                Columns.of(values, sum -> micros(sum.longest()), Long[]::new),
                Columns.of(values, sum -> sum.latencies().literal(), String[]::new));
    }

    /** Takes back what intervals say about the time after these moments. */
    Future<Void> cutIntervals(Map<String, Instant> cuts) {
        if (cuts.isEmpty()) {
            return Future.succeededFuture();
        }
        var subjects = cuts.keySet().toArray(String[]::new);
        var times = Columns.times(cuts.values(), at -> at);
        return run(CUT, subjects, times).compose(done -> run(DROP_LATER, subjects, times));
    }

    Future<Void> putIntervals(Map<Results.Change.Key, Interval> intervals) {
        var keys = intervals.keySet();
        var values = intervals.values();
        return intervals.isEmpty()
                ? Future.succeededFuture()
                : run(
                        INTERVALS,
                        Columns.of(keys, Results.Change.Key::subject, String[]::new),
                        Columns.times(keys, Results.Change.Key::at),
                        Columns.times(values, Interval::until),
                        Columns.of(values, interval -> interval.standing().number(), Integer[]::new),
                        Columns.of(values, Interval::reason, String[]::new),
                        Columns.of(values, Interval::runs, Integer[]::new));
    }

    Future<Void> putIncidents(Map<Results.Change.Key, Step.Incident> incidents) {
        var keys = incidents.keySet();
        var values = incidents.values();
        return incidents.isEmpty()
                ? Future.succeededFuture()
                : run(
                        INCIDENTS,
                        Columns.of(keys, Results.Change.Key::subject, String[]::new),
                        Columns.times(keys, Results.Change.Key::at),
                        Columns.times(values, Step.Incident::closedAt),
                        Columns.of(values, Step.Incident::reason, String[]::new),
                        Columns.of(values, Step.Incident::message, String[]::new),
                        Columns.of(values, Step.Incident::failures, Integer[]::new));
    }

    Future<Void> addMarks(List<Results.Change.MarkOf> marks) {
        return marks.isEmpty()
                ? Future.succeededFuture()
                : run(
                        MARKS,
                        Columns.of(marks, mark -> UUID.randomUUID(), UUID[]::new),
                        Columns.times(marks, mark -> mark.place().at()),
                        Columns.of(marks, mark -> mark.mark().toString(), String[]::new),
                        Columns.of(marks, mark -> mark.place().subject(), String[]::new),
                        Columns.of(marks, mark -> mark.mark().text(), String[]::new));
    }

    private Future<Void> run(String sql, Object... columns) {
        return execute(sql, columns).mapEmpty();
    }

    private Future<RowSet<Row>> execute(String sql, Object... columns) {
        return connection.preparedQuery(sql).execute(Tuple.from(columns));
    }
}
