package dev.koda.checks.postgres;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.Status;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.util.concurrent.CompletableFuture;
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

    private final Ladder ladder;

    ConnectionsCheck(Ladder ladder) {
        this.ladder = ladder;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return ladder.climb(context)
                .thenApply(Climb::attempt)
                .thenCompose(attempt -> attempt.reach(Rung.TLS, context, ladder.options.timeout())
                        .thenCompose(outcome -> count(attempt, outcome, context)));
    }

    private CompletionStage<Outcome> count(Attempt attempt, Outcome tls, CheckContext context) {
        var login = attempt.anotherLogin();
        if (login == null) {
            return CompletableFuture.completedStage(tls);
        }
        var limit = ladder.options.timeout();
        var counted = new CompletableFuture<Outcome>();
        Runnable expire = () -> attempt.context().runOnContext(ignored -> {
            counted.complete(Rung.ROUND_TRIP.silence(ladder.options, limit));
            login.close();
        });
        context.onCancel(expire);
        var timer = ladder.time.schedule(limit, expire);
        attempt.context()
                .runOnContext(ignored -> login.run().compose(this::ask).onComplete(done -> {
                    timer.cancel();
                    login.close();
                    complete(counted, done.result(), done.cause());
                }));
        return counted.minimalCompletionStage();
    }

    private Future<Outcome> ask(SqlConnection connection) {
        return connection
                .query(QUERY)
                .execute()
                .map(rows -> judge(rows.iterator().next()))
                .recover(failure -> Future.failedFuture(LoginFailure.duringQuery(failure, ladder.options)));
    }

    private Outcome judge(Row row) {
        if (!row.getBoolean("may_count")) {
            return Outcome.warn("the role may not see all connections of " + ladder.options.server()
                            + "; a member of pg_monitor may")
                    .reason("missing_privilege")
                    .hint("GRANT pg_monitor TO \"" + ladder.options.user().replace("\"", "\"\"") + "\";");
        }
        return judge(row.getLong("used"), row.getInteger("usable"));
    }

    private Outcome judge(long used, int usable) {
        var limits = ladder.options.thresholds();
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

    private static void complete(CompletableFuture<Outcome> counted, Outcome outcome, Throwable failure) {
        if (failure instanceof BrokenRung broken) {
            counted.complete(broken.outcome);
        } else if (failure != null) {
            counted.completeExceptionally(failure);
        } else {
            counted.complete(outcome);
        }
    }
}
