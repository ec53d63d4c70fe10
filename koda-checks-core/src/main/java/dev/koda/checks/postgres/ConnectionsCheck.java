package dev.koda.checks.postgres;

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
            SELECT pg_has_role(current_user, 'pg_read_all_stats', 'USAGE') AS may_count,
                   (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend') AS used,
                   current_setting('max_connections')::int
                     - current_setting('superuser_reserved_connections')::int
                     - coalesce(current_setting('reserved_connections', true), '0')::int AS usable
            """;

    private final SqlQueries queries;
    private final PostgresOptions options;

    ConnectionsCheck(SqlQueries queries, PostgresOptions options) {
        this.queries = queries;
        this.options = options;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return queries.judge(context, QUERY, rows -> judge(rows.get(0)));
    }

    private Outcome judge(SqlRow row) {
        if (!row.isTrue("may_count")) {
            return Outcome.warn("the role may not see all connections of " + options.server()
                            + "; a member of pg_monitor may")
                    .reason("missing_privilege")
                    .hint("GRANT pg_monitor TO \"" + options.user().replace("\"", "\"\"") + "\";");
        }
        return judge(row.whole("used"), row.whole("usable"));
    }

    private Outcome judge(long used, long usable) {
        var limits = options.thresholds();
        double percent = 100.0 * used / Math.max(1, usable);
        double warn = limits.manyConnections();
        double fail = limits.tooManyConnections();
        var outcome = Outcome.above("used", percent, "percent").warn(warn).fail(fail);
        var limit = outcome.status() == Status.FAIL ? fail : warn;
        var said = outcome.message(used + " of " + usable + " connections are in use, limit " + (long) limit + " %")
                .observed("used_connections", used, "connections")
                .observed("usable_connections", usable, "connections");
        return outcome.status() == Status.PASS
                ? said
                : said.reason("many_connections")
                        .hint("see pg_stat_activity for who holds them; end idle ones or use a pooler");
    }
}
