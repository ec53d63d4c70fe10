package dev.koda.checks.postgres;

import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One login for the queries that are under way at one moment; the last one closes it, and one that comes later logs in
 * anew. Called from any thread, works on the one context of its attempt.
 */
final class SharedLogin {
    /** What is asked of a connection. */
    @FunctionalInterface
    interface Statements {
        Future<RowSet<Row>> on(SqlConnection open);
    }

    private final Attempt attempt;
    private @Nullable Login login;
    private @Nullable Future<SqlConnection> connection;
    private int waiting;

    SharedLogin(Attempt attempt) {
        this.attempt = attempt;
    }

    /** The answer to one statement; whoever completes it first with a failure has given the query up. */
    CompletableFuture<RowSet<Row>> ask(String sql, CheckContext check, Duration limit) {
        return ask(open -> open.query(sql).execute(), check, limit);
    }

    /** The same for more than one statement. */
    CompletableFuture<RowSet<Row>> ask(Statements statements, CheckContext check, Duration limit) {
        var answer = new CompletableFuture<RowSet<Row>>();
        attempt.reach(Rung.TLS, check, limit)
                .whenComplete((tls, failure) -> attempt.context().runOnContext(ignored -> {
                    if (failure != null) {
                        answer.completeExceptionally(failure);
                    } else {
                        ask(statements, tls, answer);
                    }
                }));
        return answer;
    }

    private void ask(Statements statements, Outcome tls, CompletableFuture<RowSet<Row>> answer) {
        if (answer.isDone()) {
            return;
        }
        var known = connection == null ? logIn() : connection;
        if (known == null) {
            answer.completeExceptionally(new BrokenRung(tls));
            return;
        }
        waiting++;
        answer.minimalCompletionStage()
                .whenComplete((rows, failure) -> attempt.context().runOnContext(ignored -> leave()));
        known.compose(statements::on).onComplete(answer::complete, answer::completeExceptionally);
    }

    /** Null if the server was not reached. */
    private @Nullable Future<SqlConnection> logIn() {
        login = attempt.anotherLogin();
        connection = login == null ? null : login.run();
        return connection;
    }

    private void leave() {
        waiting--;
        if (waiting == 0 && login != null) {
            login.close();
            login = null;
            connection = null;
        }
    }
}
