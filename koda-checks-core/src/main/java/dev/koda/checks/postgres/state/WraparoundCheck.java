package dev.koda.checks.postgres.state;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.Status;
import dev.koda.checks.sql.SqlQueries;
import dev.koda.checks.sql.SqlRow;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** How far is the server from running out of transaction ids, and what keeps vacuum from freezing old ones? */
final class WraparoundCheck implements Check {
    private static final String SQL = """
            SELECT d.name, d.age,
                   (SELECT coalesce(max(age(backend_xmin)), 0) FROM pg_stat_activity
                     WHERE backend_type <> 'walsender' AND pid <> pg_backend_pid()) AS session,
                   (SELECT coalesce(max(age(backend_xmin)), 0) FROM pg_stat_replication) AS standby,
                   (SELECT coalesce(max(age(transaction)), 0) FROM pg_prepared_xacts) AS prepared,
                   (SELECT coalesce(max(greatest(age(xmin), age(catalog_xmin))), 0) FROM pg_replication_slots) AS slot
              FROM (SELECT datname::text AS name, greatest(age(datfrozenxid), mxid_age(datminmxid)) AS age
                      FROM pg_database ORDER BY 2 DESC, 1 LIMIT 1) d
            """;

    private final SqlQueries queries;
    private final Limit limit;

    WraparoundCheck(SqlQueries queries, Limit limit) {
        this.queries = queries;
        this.limit = limit;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return queries.judge(context, SQL, this::judge);
    }

    private Outcome judge(List<SqlRow> rows) {
        var row = rows.get(0);
        long age = row.whole("age");
        var outcome = Outcome.above("age", (double) age, "transactions")
                .warn(limit.warn())
                .fail(limit.fail());
        var said = outcome.message("the oldest transaction id is " + age + " transactions old (database "
                + row.text("name") + "), limit " + Limit.plain(limit.crossed(outcome.status())));
        return outcome.status() == Status.PASS
                ? said
                : said.reason("old_transaction_ids").hint(hint(row, age / 2));
    }

    /** What is at least half as old holds vacuum back; if nothing is, vacuum itself is late. */
    private static String hint(SqlRow row, long old) {
        if (row.whole("prepared") > old) {
            return "a prepared transaction holds vacuum back: COMMIT or ROLLBACK PREPARED what pg_prepared_xacts lists";
        }
        if (row.whole("slot") > old) {
            return "a replication slot holds vacuum back: see xmin and catalog_xmin in pg_replication_slots";
        }
        if (row.whole("standby") > old) {
            return "a standby holds vacuum back by hot_standby_feedback: end the long query there";
        }
        if (row.whole("session") > old) {
            return "a session holds vacuum back: see backend_xmin in pg_stat_activity and end the oldest";
        }
        return "run VACUUM FREEZE in that database, and see whether autovacuum is on and keeps up";
    }
}
