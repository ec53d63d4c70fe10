package dev.koda.checks.postgres;

import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.sql.SqlFailure;
import dev.koda.checks.sql.SqlQueries;
import dev.koda.checks.sql.SqlRow;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks statements of others, which may be wrong, slow or harmful. Each has a login of its own, so that its transaction is
 * that of nobody else. It is prepared, which the server does for a single statement only, and its rows are fetched through
 * a cursor, so that a million of them take no memory.
 */
final class ReadOnlyQueries implements SqlQueries {
    /** One is expected, and a second tells that there are more. */
    private static final int ROWS = 2;

    private static final String CANCELED = "57014";
    private static final String READ_ONLY = "25006";
    /** The first two characters where the server, the connection or the role is the cause and not the statement. */
    private static final Set<String> NOT_OF_THE_STATEMENT = Set.of("08", "28", "40", "53", "55", "57", "58", "XX");

    private static final String NOT_ALLOWED = "42501";

    private final Ladder ladder;

    ReadOnlyQueries(Ladder ladder) {
        this.ladder = ladder;
    }

    @Override
    public CompletionStage<List<SqlRow>> query(CheckContext context, String sql) {
        return ladder.climb(context).thenCompose(climb -> query(new SharedLogin(climb.attempt()), context, sql));
    }

    private CompletionStage<List<SqlRow>> query(SharedLogin login, CheckContext context, String sql) {
        var limit = context.ioTimeout();
        var answer = login.ask(open -> ask(open, sql, context.ioTimeout()), context, limit);
        Runnable expire =
                () -> answer.completeExceptionally(new BrokenRung(LoginQueries.silence(ladder.options, limit)));
        context.onCancel(expire);
        var timer = ladder.time.schedule(limit, expire);
        return answer.handle((rows, failure) -> {
                    timer.cancel();
                    return failure == null
                            ? CompletableFuture.completedStage(LoginQueries.rows(rows))
                            : CompletableFuture.<List<SqlRow>>failedStage(read(LoginQueries.causeOf(failure), limit));
                })
                .thenCompose(Function.identity());
    }

    /** The server's own limit is the shorter one: then it is the server that ends the query, and that says so. */
    private static Future<RowSet<Row>> ask(SqlConnection open, String sql, Duration left) {
        long millis = Math.max(1, left.toMillis() * 9 / 10);
        return open.query("BEGIN TRANSACTION READ ONLY; SET LOCAL statement_timeout = " + millis)
                .execute()
                .compose(begun -> open.prepare(sql))
                .compose(statement -> statement.cursor().read(ROWS));
    }

    private Throwable read(Throwable cause, Duration limit) {
        if (!(cause instanceof PgException refusal)) {
            var broken = cause instanceof BrokenRung ? cause : LoginFailure.duringQuery(cause, ladder.options);
            return broken instanceof BrokenRung known ? SqlFailure.of(null, known.outcome) : broken;
        }
        var state = String.valueOf(refusal.getSqlState());
        if (state.equals(CANCELED)) {
            return SqlFailure.of(state, LoginQueries.silence(ladder.options, limit));
        }
        boolean isOfTheStatement = state.length() == 5
                && !NOT_OF_THE_STATEMENT.contains(state.substring(0, 2))
                && !state.equals(NOT_ALLOWED);
        if (isOfTheStatement) {
            return SqlFailure.of(state, refused(state, refusal.getPosition()));
        }
        return LoginFailure.duringQuery(refusal, ladder.options) instanceof BrokenRung known
                ? SqlFailure.of(state, known.outcome)
                : refusal;
    }

    private static Outcome refused(String state, @Nullable String position) {
        if (state.equals(READ_ONLY)) {
            return Outcome.fail("the query wants to write (25006), and a check only reads")
                    .reason("query_writes")
                    .hint("ask with a SELECT that calls nothing that writes");
        }
        var where = position != null && position.matches("[0-9]{1,6}") ? " at its character " + position : "";
        return Outcome.fail("the query failed with SQLSTATE " + state + where)
                .reason("query_failed")
                .hint("run it with psql as the same role: the server says there what is wrong");
    }
}
