package dev.koda.checks.postgres.state;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.sql.SqlQueries;
import dev.koda.checks.sql.SqlRow;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** May a transaction of the role write? */
final class RoleCheck implements Check {
    private static final String SQL = """
            SELECT pg_is_in_recovery() AS is_standby,
                   current_setting('transaction_read_only')::bool AS is_read_only,
                   quote_ident(current_user) AS role,
                   (SELECT source FROM pg_settings WHERE name = 'default_transaction_read_only') AS source
            """;

    private final SqlQueries queries;

    RoleCheck(SqlQueries queries) {
        this.queries = queries;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return queries.judge(context, SQL, RoleCheck::judge);
    }

    private static Outcome judge(List<SqlRow> rows) {
        var row = rows.get(0);
        if (row.isTrue("is_standby")) {
            return Outcome.fail("the server is a standby: it reads only, and a primary is needed")
                    .reason("read_only")
                    .hint("point the connection at the primary, or promote this server if the primary is gone");
        }
        if (row.isTrue("is_read_only")) {
            return Outcome.fail("transactions of the role only read, as default_transaction_read_only says ("
                            + row.text("source", "unknown") + ")")
                    .reason("read_only")
                    .hint("ALTER ROLE " + row.text("role", "CURRENT_USER")
                            + " RESET default_transaction_read_only; or reset it for the database or the server");
        }
        return Outcome.pass("the server is a primary and the role may write");
    }
}
