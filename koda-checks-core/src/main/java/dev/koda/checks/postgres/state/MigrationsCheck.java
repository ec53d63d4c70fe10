package dev.koda.checks.postgres.state;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.sql.SqlNames;
import dev.koda.checks.sql.SqlQueries;
import dev.koda.checks.sql.SqlRow;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Is the schema as new as the program that uses it? */
final class MigrationsCheck implements Check {
    private final SqlQueries queries;
    private final String schema;
    private final @Nullable String expected;

    MigrationsCheck(SqlQueries queries, String schema, @Nullable String expected) {
        this.queries = queries;
        this.schema = schema;
        this.expected = expected;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return SqlQueries.answered(queries.query(context, findTable()).thenCompose(rows -> look(rows, context)));
    }

    /** The catalog tells everybody that a table is there; its rows are for those who may read them. */
    private String findTable() {
        return "SELECT has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT') AS may_read,"
                + " quote_ident(current_user) AS role FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE n.nspname = '" + schema.replace("'", "''") + "' AND c.relname = 'schema_migrations'";
    }

    private CompletionStage<Outcome> look(List<SqlRow> tables, CheckContext context) {
        if (tables.isEmpty()) {
            return CompletableFuture.completedStage(
                    Outcome.skipped("there is no table " + schema + ".schema_migrations"));
        }
        var table = tables.get(0);
        var name = quoted(schema) + ".schema_migrations";
        if (!table.isTrue("may_read")) {
            return CompletableFuture.completedStage(Outcome.warn("the role may not read " + name)
                    .reason("missing_privilege")
                    .hint("GRANT USAGE ON SCHEMA " + quoted(schema) + " TO " + table.text("role") + "; GRANT SELECT ON "
                            + name + " TO " + table.text("role") + ";"));
        }
        var sql = "SELECT max(version::text COLLATE \"C\") AS version, count(*) AS migrations FROM " + name;
        return queries.query(context, sql).thenApply(this::judge);
    }

    private Outcome judge(List<SqlRow> rows) {
        var row = rows.get(0);
        var last = row.text("version");
        if (last == null) {
            return Outcome.fail(schema + ".schema_migrations is empty: the schema was never migrated")
                    .reason("migrations_missing")
                    .hint("run the migrations of the program that uses this database");
        }
        return judge(last).observed("migrations", row.whole("migrations"), "migrations");
    }

    /** Migrations are numbered with as many digits as the first, so that they compare as texts. */
    private Outcome judge(String last) {
        if (expected == null) {
            return Outcome.pass("the last migration is " + last);
        }
        int order = last.compareTo(expected);
        if (order == 0) {
            return Outcome.pass("the last migration is " + last + ", as expected");
        }
        var seen = "the last migration is " + last + ", expected " + expected;
        return order < 0
                ? Outcome.fail(seen).reason("migrations_behind").hint("run the migrations before this release serves")
                : Outcome.warn(seen)
                        .reason("migrations_ahead")
                        .hint("a newer release has migrated this database: bring this one up to it");
    }

    private static String quoted(String identifier) {
        return identifier.matches("[a-z_][a-z0-9_]*") ? identifier : SqlNames.quoted(identifier);
    }
}
