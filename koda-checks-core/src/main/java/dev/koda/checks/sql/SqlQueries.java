package dev.koda.checks.sql;

import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Asks one database. Safe for any thread; never blocks the caller. */
@FunctionalInterface
public interface SqlQueries {
    /**
     * The rows of one statement, in their order; empty if there are none.
     *
     * @param context the check that asks: its time bounds the query, and giving it up ends the query
     * @param sql one statement that reads, without parameters
     * @return fails with {@link SqlFailure} if the database says no or nothing
     */
    CompletionStage<List<SqlRow>> query(CheckContext context, String sql);

    /**
     * The outcome of a check that is decided by the rows of one statement. A {@link SqlFailure} becomes the outcome it
     * carries; anything else goes on as it is.
     */
    default CompletionStage<Outcome> judge(CheckContext context, String sql, Function<List<SqlRow>, Outcome> judge) {
        return answered(query(context, sql).thenApply(judge));
    }

    /** The same stage, where a {@link SqlFailure} is the outcome it carries: for what asks more than once. */
    static CompletionStage<Outcome> answered(CompletionStage<Outcome> outcome) {
        return outcome.handle((answer, failure) -> {
                    var cause = failure instanceof CompletionException && failure.getCause() != null
                            ? failure.getCause()
                            : failure;
                    if (cause == null) {
                        return CompletableFuture.completedStage(answer);
                    }
                    return cause instanceof SqlFailure refused
                            ? CompletableFuture.completedStage(refused.outcome())
                            : CompletableFuture.<Outcome>failedStage(cause);
                })
                .thenCompose(Function.identity());
    }
}
