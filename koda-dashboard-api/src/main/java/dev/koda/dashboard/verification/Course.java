package dev.koda.dashboard.verification;

import dev.koda.dashboard.verification.Asked.Span;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/**
 * What a time comes to for an integration of which something is known in it.
 *
 * @param standing at the end of the time
 * @param changes between pass, warn and fail; what is unknown between two of them is no change
 * @param hasFailed at any moment
 * @param up milliseconds in which it worked, of those in which that is known
 * @param known milliseconds
 */
record Course(Standing standing, int changes, boolean hasFailed, long up, long known) {
    private static final long WHOLE = 1_000_000;

    /** Of all integrations, one row for each. */
    static final String OF_ALL = """
            SELECT i.subject, coalesce(max(i.status) FILTER (WHERE i.until > $2), 3) AS standing,
                   count(*) FILTER (WHERE i.status <> i.before AND i.since > $1) AS changes,
                   bool_or(i.status = 2) AS has_failed,
                   coalesce(sum(i.length) FILTER (WHERE i.status < 2), 0)::bigint AS up,
                   sum(i.length)::bigint AS known
            FROM (SELECT subject, since, until, status,
                         (date_part('epoch', least(until, $2) - greatest(since, $1)) * 1000)::bigint AS length,
                         lag(status) OVER (PARTITION BY subject ORDER BY since) AS before
                  FROM koda_ops.status_interval
                  WHERE until > $1 AND since <= $2 AND status < 3) i
            GROUP BY i.subject
            """;

    static Tuple parameters(Span span) {
        return Tuple.of(Columns.time(span.from()), Columns.time(span.to()));
    }

    static Course of(Row row) {
        return new Course(
                Standing.of(row.getInteger("standing")),
                row.getInteger("changes"),
                row.getBoolean("has_failed"),
                row.getLong("up"),
                row.getLong("known"));
    }

    /** Its place in the order of {@link Order#HEALTH}. */
    long rank() {
        long worked = known == 0 ? WHOLE + 1 : up * WHOLE / known;
        return standing == Standing.FAIL ? worked : 2 * WHOLE + worked;
    }
}
