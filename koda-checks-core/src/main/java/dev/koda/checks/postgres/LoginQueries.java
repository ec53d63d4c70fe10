package dev.koda.checks.postgres;

import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.sql.SqlFailure;
import dev.koda.checks.sql.SqlQueries;
import dev.koda.checks.sql.SqlRow;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks with the role of the ladder. The checks of an evaluation that ask at the same moment share one login, which is
 * closed when the last of them has its answer: a connection that is held would hide a server that takes no new ones.
 * Until the first answer a query waits twice as long, for what asks is still being loaded.
 */
final class LoginQueries implements SqlQueries {
    private static final int FIRST_TIME = 2;

    private final Ladder ladder;
    private volatile boolean isLoaded;

    LoginQueries(Ladder ladder) {
        this.ladder = ladder;
    }

    @Override
    public CompletionStage<List<SqlRow>> query(CheckContext context, String sql) {
        return context.shared(ladder.key() + " login", () -> login(context))
                .thenCompose(login -> query(login, context, sql));
    }

    private CompletionStage<SharedLogin> login(CheckContext context) {
        return ladder.climb(context).thenApply(climb -> new SharedLogin(climb.attempt()));
    }

    private CompletionStage<List<SqlRow>> query(SharedLogin login, CheckContext context, String sql) {
        var usual = ladder.options.timeout();
        var limit = isLoaded ? usual : usual.multipliedBy(FIRST_TIME);
        var answer = login.ask(sql, context, limit);
        Runnable expire = () -> answer.completeExceptionally(new BrokenRung(silence(limit)));
        context.onCancel(expire);
        var timer = ladder.time.schedule(limit, expire);
        return answer.handle((rows, failure) -> {
                    timer.cancel();
                    if (failure != null) {
                        return CompletableFuture.<List<SqlRow>>failedStage(read(failure));
                    }
                    isLoaded = true;
                    return CompletableFuture.completedStage(rows(rows));
                })
                .thenCompose(Function.identity());
    }

    private Outcome silence(Duration limit) {
        return silence(ladder.options, limit);
    }

    static Outcome silence(PostgresOptions options, Duration limit) {
        return Outcome.fail(options.server() + " did not answer a query within " + limit.toMillis() + " ms")
                .reason("no_answer")
                .hint("see the load of the server, and in pg_stat_activity what it waits for");
    }

    /** What is neither an answer of the server nor a fault of the network goes on as it is. */
    private Throwable read(Throwable failure) {
        var cause = causeOf(failure);
        var state = cause instanceof PgException refusal ? refusal.getSqlState() : null;
        var broken = cause instanceof BrokenRung ? cause : LoginFailure.duringQuery(cause, ladder.options);
        return broken instanceof BrokenRung known ? SqlFailure.of(state, known.outcome) : broken;
    }

    static Throwable causeOf(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    static List<SqlRow> rows(RowSet<Row> answer) {
        var rows = new ArrayList<SqlRow>();
        for (var row : answer) {
            var names = new ArrayList<String>();
            var values = new ArrayList<@Nullable Object>();
            for (int i = 0; i < row.size(); i++) {
                names.add(row.getColumnName(i));
                values.add(row.getValue(i));
            }
            rows.add(SqlRow.of(names, values));
        }
        return List.copyOf(rows);
    }
}
