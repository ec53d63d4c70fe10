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

/** Is a transaction open for so long that it holds locks and keeps vacuum from its work? */
final class SessionsCheck implements Check {
    /** Backups read for hours, and rightly. */
    private static final String SQL = """
            WITH open AS (
              SELECT pid, usename::text AS who, state LIKE 'idle in transaction%%' AS is_idle,
                     extract(epoch FROM clock_timestamp() - state_change)::float8 AS idle,
                     extract(epoch FROM clock_timestamp() - xact_start)::float8 AS age
                FROM pg_stat_activity
               WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
                 AND application_name !~* '^(pg_dump|pg_dumpall|pg_basebackup|pgbackrest|barman|wal-g)')
            SELECT %s, (SELECT count(*) FROM open) AS transactions,
                   i.pid AS idle_pid, i.who AS idle_who, i.idle AS idle_seconds,
                   t.pid AS old_pid, t.who AS old_who, t.age AS old_seconds
              FROM (SELECT 1) one
              LEFT JOIN (SELECT * FROM open WHERE is_idle ORDER BY idle DESC LIMIT 1) i ON true
              LEFT JOIN (SELECT * FROM open ORDER BY age DESC LIMIT 1) t ON true
            """.formatted(Privilege.COLUMNS);

    private final SqlQueries queries;
    private final Limit idle;
    private final Limit old;

    SessionsCheck(SqlQueries queries, Limit idle, Limit old) {
        this.queries = queries;
        this.idle = idle;
        this.old = old;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return queries.judge(context, SQL, this::judge);
    }

    private Outcome judge(List<SqlRow> rows) {
        var row = rows.get(0);
        var missing = Privilege.missing(row, "the transactions of others");
        if (missing != null) {
            return missing;
        }
        var answers = List.of(
                judge(row, "idle", idle, " has been idle in its transaction for ", "idle_in_transaction"),
                judge(row, "old", old, " has had a transaction open for ", "long_transaction"));
        var pass = Outcome.pass("the longest open transaction is " + Limit.shown(row.real("old_seconds"), Status.PASS)
                + " s old, limit "
                + Limit.plain(old.warn()) + " s, and idle for " + Limit.shown(row.real("idle_seconds"), Status.PASS)
                + " s, limit "
                + Limit.plain(idle.warn()) + " s");
        return Outcome.combined(answers, pass)
                .observed("open", row.whole("transactions"), "transactions")
                .observed("idle", row.real("idle_seconds"), "seconds")
                .observed("oldest", row.real("old_seconds"), "seconds")
                .threshold(threshold("idle", idle))
                .threshold(threshold("oldest", old));
    }

    private static Outcome judge(SqlRow row, String which, Limit limit, String does, String reason) {
        double seconds = row.real(which + "_seconds");
        var outcome =
                Outcome.above(which, seconds, "seconds").warn(limit.warn()).fail(limit.fail());
        if (outcome.status() == Status.PASS) {
            return outcome;
        }
        var pid = row.whole(which + "_pid");
        return outcome.message("session " + pid + " of " + row.text(which + "_who") + does
                        + Limit.shown(seconds, outcome.status()) + " s, limit "
                        + Limit.plain(limit.crossed(outcome.status())) + " s")
                .reason(reason)
                .hint("find out what it does, or SELECT pg_terminate_backend(" + pid
                        + "); idle_in_transaction_session_timeout ends such sessions by itself");
    }

    private static Threshold threshold(String of, Limit limit) {
        return new Threshold(of, Threshold.Direction.ABOVE, "seconds", limit.warn(), limit.fail());
    }
}
