package dev.koda.checks.postgres.state;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.Status;
import dev.koda.checks.Threshold;
import dev.koda.checks.TimeSource;
import dev.koda.checks.sql.SqlQueries;
import dev.koda.checks.sql.SqlRow;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * How many transactions a second does the database do, and how many of them are rolled back? Two samples: the one of the
 * run before, where there is none a second one after a wait.
 */
final class TransactionRateCheck implements Check {
    private static final String SQL = """
            SELECT xact_commit AS committed, xact_rollback AS rolled_back, deadlocks
              FROM pg_stat_database WHERE datname = current_database()
            """;
    /** An older sample says more of then than of now. */
    private static final Duration OLD = Duration.ofMinutes(10);
    /** Less than that is chance: as in postgres_mixin's alert, which looks at five minutes. */
    private static final long MANY = 100;

    private static final double LONG_ENOUGH_FOR_DEADLOCKS = 30;

    private record Sample(long committed, long rolledBack, long deadlocks, long atNanos) {
        boolean isAfter(Sample before) {
            return committed >= before.committed && rolledBack >= before.rolledBack && deadlocks >= before.deadlocks;
        }
    }

    private final SqlQueries queries;
    private final Duration firstSample;
    private final Limit percent;
    private final Limit deadlocksAMinute;
    private final TimeSource time;
    private @Nullable Sample last;

    TransactionRateCheck(SqlQueries queries, PostgresStateOptions options, TimeSource time) {
        this.queries = queries;
        firstSample = options.firstSample();
        percent = options.limits().rollbackPercent();
        deadlocksAMinute = options.limits().deadlocksAMinute();
        this.time = time;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return SqlQueries.answered(sample(context).thenCompose(sample -> compare(sample, context)));
    }

    private CompletionStage<Sample> sample(CheckContext context) {
        return queries.query(context, SQL).thenApply(this::sample);
    }

    private Sample sample(List<SqlRow> rows) {
        var row = rows.get(0);
        return new Sample(row.whole("committed"), row.whole("rolled_back"), row.whole("deadlocks"), time.nanos());
    }

    private CompletionStage<Outcome> compare(Sample sample, CheckContext context) {
        var before = replaceLast(sample);
        if (before != null && sample.isAfter(before) && isUsable(sample.atNanos - before.atNanos)) {
            return CompletableFuture.completedStage(judge(before, sample));
        }
        if (firstSample.isZero()) {
            return CompletableFuture.completedStage(Outcome.pass(message(sample.committed, sample.rolledBack)));
        }
        return pause(context).thenCompose(ignored -> sample(context)).thenApply(second -> {
            replaceLast(second);
            return judge(sample, second);
        });
    }

    private synchronized @Nullable Sample replaceLast(Sample sample) {
        var before = last;
        last = sample;
        return before;
    }

    private boolean isUsable(long nanos) {
        return nanos >= firstSample.toNanos() && nanos > 0 && nanos <= OLD.toNanos();
    }

    private CompletionStage<Void> pause(CheckContext context) {
        var over = new CompletableFuture<Void>();
        var timer = time.schedule(firstSample, () -> over.complete(null));
        context.onCancel(() -> {
            timer.cancel();
            over.cancel(false);
        });
        return over;
    }

    private Outcome judge(Sample before, Sample after) {
        double seconds = (after.atNanos - before.atNanos) / 1e9;
        long committed = Math.max(0, after.committed - before.committed);
        long rolledBack = Math.max(0, after.rolledBack - before.rolledBack);
        long all = committed + rolledBack;
        double deadlocks = seconds < LONG_ENOUGH_FOR_DEADLOCKS
                ? 0
                : 60 * Math.max(0, after.deadlocks - before.deadlocks) / seconds;
        var status = deadlocksAMinute.judge(deadlocks);
        if (status != Status.PASS) {
            return Outcome.of(
                            status,
                            Limit.shown(deadlocks, status) + " deadlocks a minute, limit "
                                    + Limit.plain(deadlocksAMinute.crossed(status)))
                    .observed("deadlocks", deadlocks, "deadlocks a minute")
                    .threshold(deadlocksAMinute.threshold("deadlocks", "deadlocks a minute"))
                    .reason("deadlocks")
                    .hint("see the server's log for the statements, and let all take their locks in one order");
        }
        return judge(committed, rolledBack)
                .observed("rate", all / seconds, "transactions per second")
                .observed("deadlocks", deadlocks, "deadlocks a minute")
                .threshold(deadlocksAMinute.threshold("deadlocks", "deadlocks a minute"));
    }

    /** Of the same form whatever it says, so that two reports of the same state are equal. */
    private Outcome judge(long committed, long rolledBack) {
        long all = committed + rolledBack;
        double share = all == 0 ? 0 : 100.0 * rolledBack / all;
        var outcome = Outcome.of(all < MANY ? Status.PASS : percent.judge(share), message(committed, rolledBack))
                .observed("rolled_back", share, "percent")
                .threshold(new Threshold(
                        "rolled_back", Threshold.Direction.ABOVE, "percent", percent.warn(), percent.fail()));
        return outcome.status() == Status.PASS
                ? outcome
                : outcome.reason("rollbacks")
                        .hint("see the server's log for errors, and the program for transactions that it gives up");
    }

    private String message(long committed, long rolledBack) {
        return rolledBack + " of " + (committed + rolledBack) + " transactions were rolled back, limit "
                + Limit.plain(percent.warn()) + " %";
    }
}
