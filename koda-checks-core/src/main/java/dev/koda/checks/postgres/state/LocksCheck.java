package dev.koda.checks.postgres.state;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.Status;
import dev.koda.checks.Threshold;
import dev.koda.checks.sql.SqlQueries;
import dev.koda.checks.sql.SqlRow;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Does a session wait for a lock that another does not give back, or is a prepared transaction forgotten? */
final class LocksCheck implements Check {
    /** Since when a lock is waited for is known, and to everybody, since Postgres 14. */
    private static final String SQL = """
            SELECT pg_has_role(current_user, 'pg_read_all_stats', 'USAGE')
                     OR current_setting('server_version_num')::int >= 140000 AS may_see,
                   quote_ident(current_user) AS role, w.pid, w.who, w.seconds, w.waiting,
                   (pg_blocking_pids(w.pid))[1] AS blocker, p.gid, p.prepared
              FROM (SELECT 1) one
              LEFT JOIN (SELECT a.pid, a.usename::text AS who, count(*) OVER () AS waiting,
                                extract(epoch FROM clock_timestamp()
                                  - coalesce((to_jsonb(l) ->> 'waitstart')::timestamptz, a.query_start))::float8
                                  AS seconds
                           FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
                          WHERE NOT l.granted ORDER BY seconds DESC NULLS LAST LIMIT 1) w ON true
              LEFT JOIN (SELECT gid, extract(epoch FROM clock_timestamp() - prepared)::float8 AS prepared
                           FROM pg_prepared_xacts ORDER BY 2 DESC LIMIT 1) p ON true
            """;

    private final SqlQueries queries;
    private final Limit waiting;
    private final Limit prepared;

    LocksCheck(SqlQueries queries, Limit waiting, Limit prepared) {
        this.queries = queries;
        this.waiting = waiting;
        this.prepared = prepared;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return queries.judge(context, SQL, this::judge);
    }

    private Outcome judge(List<SqlRow> rows) {
        var row = rows.get(0);
        var missing = Privilege.missing(row, "what others wait for");
        if (missing != null) {
            return missing;
        }
        var pass = Outcome.pass(row.whole("waiting") + " sessions wait for a lock, the longest for "
                + Limit.shown(row.real("seconds"), Status.PASS) + " s, limit " + Limit.plain(waiting.warn()) + " s");
        return Outcome.combined(List.of(waiting(row), prepared(row)), pass)
                .observed("waiting", row.whole("waiting"), "sessions")
                .observed("wait", row.real("seconds"), "seconds")
                .observed("prepared", row.real("prepared"), "seconds")
                .threshold(threshold("wait", waiting))
                .threshold(threshold("prepared", prepared));
    }

    private Outcome waiting(SqlRow row) {
        double seconds = row.real("seconds");
        var outcome =
                Outcome.above("wait", seconds, "seconds").warn(waiting.warn()).fail(waiting.fail());
        if (outcome.status() == Status.PASS) {
            return outcome;
        }
        return outcome.message(row.whole("waiting") + " sessions wait for a lock, " + row.whole("pid") + " of "
                        + row.text("who") + " for " + Limit.shown(seconds, outcome.status()) + " s, limit "
                        + crossed(outcome, waiting)
                        + " s: session " + row.whole("blocker") + " holds it")
                .reason("lock_wait")
                .hint("find out what session " + row.whole("blocker") + " does, or SELECT pg_terminate_backend("
                        + row.whole("blocker") + "); 0 is a prepared transaction");
    }

    private Outcome prepared(SqlRow row) {
        double seconds = row.real("prepared");
        var outcome = Outcome.above("prepared", seconds, "seconds")
                .warn(prepared.warn())
                .fail(prepared.fail());
        if (outcome.status() == Status.PASS) {
            return outcome;
        }
        return outcome.message("transaction '" + row.text("gid") + "' has been prepared for "
                        + Limit.shown(seconds, outcome.status()) + " s, limit " + crossed(outcome, prepared) + " s")
                .reason("prepared_transaction")
                .hint("end it with COMMIT PREPARED or ROLLBACK PREPARED: it holds locks and vacuum back");
    }

    private static String crossed(Outcome outcome, Limit limit) {
        return Limit.plain(limit.crossed(outcome.status()));
    }

    private static Threshold threshold(String of, Limit limit) {
        return new Threshold(of, Threshold.Direction.ABOVE, "seconds", limit.warn(), limit.fail());
    }
}
