package dev.koda.benchmarks;

import dev.koda.dashboard.store.OperationsStore;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * 90 days of integrations that are verified every 15 minutes, as providers are: each fails for an hour or so about every
 * third day. Made in the database, in the partitions that a server would have made.
 */
final class GeneratedHistory {
    private static final int DAYS = 90;
    private static final int PIECE = 5;

    private final OperationsStore store;
    private final int integrations;

    GeneratedHistory(OperationsStore store, int integrations) {
        this.store = store;
        this.integrations = integrations;
    }

    void generate() {
        partition("verification", 1, 8);
        partition("rollup_5m", 7, DAYS + 7);
        partition("rollup_1h", 28, DAYS + 28);
        partition("rollup_1d", 140, DAYS + 140);
        intervals();
        subjects();
        rollups();
        run("""
                INSERT INTO koda_ops.verification
                SELECT 'bench.' || n, at, gen_random_uuid(), 'schedule', 0, NULL, 'accepts the key', 120000, 200,
                       '0123456789abcdef', '0123456789abcdef', 'node-1'
                FROM generate_series(0, %d - 1) n,
                     generate_series(now() - interval '7 days', now(), interval '15 minutes') at
                """.formatted(integrations));
        run("ANALYZE");
    }

    private void partition(String table, int width, int days) {
        var today = LocalDate.now(ZoneOffset.UTC).toEpochDay();
        for (long day = Math.floorDiv(today - days, width) * width; day <= today + width; day += width) {
            var first = LocalDate.ofEpochDay(day);
            run("CREATE TABLE koda_ops." + table + "_" + first.format(DateTimeFormatter.BASIC_ISO_DATE)
                    + " PARTITION OF koda_ops." + table + " FOR VALUES FROM ('" + first + " 00:00:00+00') TO ('"
                    + first.plusDays(width) + " 00:00:00+00')");
        }
    }

    /** Each stands where its last interval says, and of one of fifty that is over, so that nothing is known. */
    private void subjects() {
        run("""
                INSERT INTO koda_ops.subject (id, class, kind, name, origin, every_ms, verified_at, status, since,
                                              until, interval_reason, runs)
                SELECT last.subject, 'integration', 'provider', 'Integration ' || last.subject, 'settings', 900000,
                       now() - interval '5 minutes', last.status, last.since, last.until, last.reason, last.runs
                FROM (SELECT DISTINCT ON (subject) * FROM koda_ops.status_interval ORDER BY subject, since DESC) last
                """);
    }

    /** Sixty for each: works for three days less an hour, fails for an hour. */
    private void intervals() {
        run("""
                INSERT INTO koda_ops.status_interval
                SELECT 'bench.' || n, at,
                       least(at + part.length,
                             now() + CASE WHEN n %% 50 = 1 THEN interval '-1 second' ELSE interval '1 hour' END),
                       part.status, part.reason, 100
                FROM generate_series(0, %1$d - 1) n,
                     generate_series(now() - interval '%2$d days', now(), interval '3 days') begun,
                     LATERAL (SELECT begun + (n %% 72) * interval '1 hour' AS moved) m,
                     LATERAL (VALUES (0, NULL, interval '71 hours', interval '0'),
                                     (2, 'key_rejected', interval '1 hour', interval '71 hours'))
                         AS part (status, reason, length, offset_),
                     LATERAL (SELECT moved + part.offset_ AS at) p
                WHERE at < now() - interval '1 minute'
                """.formatted(integrations, DAYS));
        run("""
                INSERT INTO koda_ops.incident
                SELECT subject, since, CASE WHEN until < now() THEN until END, reason, 'the key is not accepted', 4
                FROM koda_ops.status_interval WHERE status = 2
                """);
        run("""
                INSERT INTO koda_ops.annotation
                SELECT gen_random_uuid(), since, 'rotation', subject, 'another credential from here on', NULL
                FROM koda_ops.status_interval WHERE status = 2 AND random() < 0.2
                """);
    }

    /** In pieces, since the store ends a connection that is silent for a minute. */
    private void rollups() {
        for (int day = 0; day < DAYS; day += PIECE) {
            rollups("rollup_5m", 1, "15 minutes", day);
            rollups("rollup_1h", 4, "1 hour", day);
            rollups("rollup_1d", 96, "1 day", day);
        }
    }

    private void rollups(String table, int runs, String step, int day) {
        run("""
                INSERT INTO koda_ops.%1$s
                SELECT 'bench.' || n, at, %2$d, 0, 0, 0, 180000, array_fill(0, ARRAY[24 + n %% 6]) || ARRAY[%2$d, 0, 1]
                FROM generate_series(date_trunc('%7$s', now()) - interval '%3$d days',
                                     date_trunc('%7$s', now()) - interval '%4$d days' - interval '1 second',
                                     interval '%5$s') at,
                     generate_series(0, %6$d - 1) n
                """.formatted(table, runs, day + PIECE, day, step, integrations, runs < 96 ? "hour" : "day"));
    }

    private void run(String sql) {
        long began = System.nanoTime();
        HistorySpeed.await(store.query(sql));
        System.err.printf(
                "%6d ms  %s%n",
                (System.nanoTime() - began) / 1_000_000,
                sql.strip().lines().findFirst().orElse(""));
    }
}
