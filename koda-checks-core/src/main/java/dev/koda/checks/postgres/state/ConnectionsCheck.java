package dev.koda.checks.postgres.state;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.Status;
import dev.koda.checks.sql.SqlQueries;
import dev.koda.checks.sql.SqlRow;
import java.util.concurrent.CompletionStage;

/** Counts the connections in use, its own among them, against those that are not reserved. */
final class ConnectionsCheck implements Check {
    /** The reserved ones of pg_use_reserved_connections exist since Postgres 16. */
    private static final String QUERY = """
            SELECT %s,
                   (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend') AS used,
                   current_setting('max_connections')::int
                     - current_setting('superuser_reserved_connections')::int
                     - coalesce(current_setting('reserved_connections', true), '0')::int AS usable
            """.formatted(Privilege.COLUMNS);

    private final SqlQueries queries;
    private final Limit percent;

    ConnectionsCheck(SqlQueries queries, Limit percent) {
        this.queries = queries;
        this.percent = percent;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return queries.judge(context, QUERY, rows -> judge(rows.get(0)));
    }

    private Outcome judge(SqlRow row) {
        var missing = Privilege.missing(row, "all connections");
        return missing == null ? judge(row.whole("used"), row.whole("usable")) : missing;
    }

    private Outcome judge(long used, long usable) {
        double share = 100.0 * used / Math.max(1, usable);
        var outcome =
                Outcome.above("used", share, "percent").warn(percent.warn()).fail(percent.fail());
        var limit = percent.crossed(outcome.status());
        var said = outcome.message(
                        used + " of " + usable + " connections are in use, limit " + Limit.plain(limit) + " %")
                .observed("used_connections", used, "connections")
                .observed("usable_connections", usable, "connections");
        return outcome.status() == Status.PASS
                ? said
                : said.reason("many_connections")
                        .hint("see pg_stat_activity for who holds them; end idle ones or use a pooler");
    }
}
