package dev.koda.checks.postgres;

import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One evaluation of the ladder: one attempt that all its checks look at. Only where a rung is climbed for the first time
 * and takes long is there another: the first time the classes of the clients are loaded on the way, which takes a second
 * on a busy host and is no fault of Postgres. So a command that has just started and a server that has run for days use
 * the same limits and say the same. Thread-safe.
 */
final class Climb {
    /** As long as an answer may take, and as long again to load what asks for it. */
    private static final int FIRST_TIME = 2;

    private final Ladder ladder;
    private final Duration limit;
    private @Nullable Attempt current;

    Climb(Ladder ladder) {
        this.ladder = ladder;
        limit = ladder.options.timeout();
    }

    /** The outcome of a rung. */
    CompletionStage<Outcome> reach(Rung rung, CheckContext check) {
        if (!ladder.isFirst(rung)) {
            return attempt(limit).reach(rung, check, limit);
        }
        long started = ladder.time.nanos();
        var patience = limit.multipliedBy(FIRST_TIME);
        return attempt(patience)
                .reach(rung, check, patience)
                .thenCompose(outcome -> isLate(outcome, started)
                        ? anotherAttempt().reach(rung, check, limit)
                        : CompletableFuture.completedStage(outcome));
    }

    /** The latest attempt. */
    Attempt attempt() {
        return attempt(limit);
    }

    private synchronized Attempt attempt(Duration limitOfAll) {
        if (current == null) {
            current = ladder.start(limitOfAll);
        }
        return current;
    }

    private synchronized Attempt anotherAttempt() {
        var another = ladder.start(limit);
        current = another;
        return another;
    }

    private boolean isLate(Outcome outcome, long startedNanos) {
        return Latency.SLOW.equals(outcome.reason()) || ladder.time.nanos() - startedNanos > limit.toNanos();
    }
}
