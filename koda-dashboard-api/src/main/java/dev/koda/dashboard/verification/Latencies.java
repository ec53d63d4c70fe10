package dev.koda.dashboard.verification;

import dev.koda.dashboard.store.OperationsStore;
import dev.koda.dashboard.verification.Asked.Span;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Adds up the latencies of many integrations where they are, from the widest roll-ups that make up a time. */
final class Latencies {
    /** Five minutes until the hour is full, hours until the day is, and days. */
    private static final String ADDED = """
            SELECT l.subject, array_agg(l.place) AS places, array_agg(l.total) AS totals
            FROM (SELECT r.subject, u.place::integer AS place, sum(u.latency)::integer AS total
                  FROM (SELECT subject, latencies FROM koda_ops.rollup_5m
                        WHERE subject %1$s AND bucket >= $1 AND bucket < $2
                        UNION ALL
                        SELECT subject, latencies FROM koda_ops.rollup_1h
                        WHERE subject %1$s AND bucket >= $2 AND bucket < least($3::timestamptz, $4::timestamptz)
                        UNION ALL
                        SELECT subject, latencies FROM koda_ops.rollup_1d
                        WHERE subject %1$s AND bucket >= $3 AND bucket < $4) r,
                       unnest(r.latencies) WITH ORDINALITY AS u (latency, place)
                  WHERE u.latency > 0
                  GROUP BY r.subject, u.place) l
            GROUP BY l.subject
            """;

    private static final String OF_SOME = ADDED.formatted("= ANY ($5::text[])");

    private static final String OF_ALL =
            ADDED.formatted("IN (SELECT id FROM koda_ops.subject WHERE class = 'integration' AND is_active)");

    private final OperationsStore store;

    Latencies(OperationsStore store) {
        this.store = store;
    }

    /** Those of some, by id; without who has none. */
    Future<Map<String, LatencyHistogram>> of(Collection<String> ids, Span span) {
        return store.query(OF_SOME, edges(span).addValue(ids.toArray(String[]::new)))
                .map(Latencies::histograms);
    }

    /** Those of all that there are. */
    Future<Map<String, LatencyHistogram>> ofAll(Span span) {
        return store.query(OF_ALL, edges(span)).map(Latencies::histograms);
    }

    private static Tuple edges(Span span) {
        var from = from(span);
        var hour = next(from, ResultTables.COARSE);
        var day = next(hour, ResultTables.DAILY);
        return Tuple.of(Columns.time(from), Columns.time(hour), Columns.time(day), Columns.time(span.to()));
    }

    /** Whole days of months, whole hours of days, and five minutes of what is shorter. */
    static Instant from(Span span) {
        if (span.length().compareTo(Duration.ofDays(30)) >= 0) {
            return Rollup.bucket(span.from(), ResultTables.DAILY);
        }
        return Rollup.bucket(
                span.from(),
                span.length().compareTo(Duration.ofDays(1)) >= 0 ? ResultTables.COARSE : ResultTables.FINE);
    }

    private static Instant next(Instant at, Duration width) {
        var bucket = Rollup.bucket(at, width);
        return bucket.equals(at) ? at : bucket.plus(width);
    }

    private static Map<String, LatencyHistogram> histograms(Iterable<Row> rows) {
        var all = new HashMap<String, LatencyHistogram>();
        for (var row : rows) {
            var places = row.getArrayOfIntegers("places");
            var totals = row.getArrayOfIntegers("totals");
            var counts = new Integer[LatencyHistogram.BUCKETS];
            Arrays.fill(counts, 0);
            for (int i = 0; i < places.length; i++) {
                counts[places[i] - 1] = totals[i];
            }
            all.put(row.getString("subject"), LatencyHistogram.of(counts));
        }
        return all;
    }
}
