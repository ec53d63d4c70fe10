package dev.koda.checks.runtime;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Does the event loop still turn, and in time? */
final class EventLoopCheck implements Check {
    /** A fifth of the second that a probe may take. */
    static final Duration LATE = Duration.ofMillis(200);
    /**
     * Five times the 2 s from which Vert.x calls a loop blocked, and the default period of a Kubernetes probe. A restart
     * loses work, so a pause of the collector or of a busy host must not cause one.
     */
    static final Duration DEAD = Duration.ofSeconds(10);

    private final EventLoopLag lag;

    EventLoopCheck(EventLoopLag lag) {
        this.lag = lag;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return CompletableFuture.completedFuture(look());
    }

    private Outcome look() {
        var silence = lag.silence();
        if (silence.compareTo(DEAD) > 0) {
            return Outcome.above("silence", (double) silence.toMillis(), "milliseconds")
                    .fail((double) DEAD.toMillis())
                    .message("the event loop has not turned for " + silence.toSeconds() + " s, limit "
                            + DEAD.toSeconds() + " s")
                    .reason("event_loop_stuck")
                    .hint("take a thread dump: something blocks the event loop");
        }
        long worst = lag.worst().toMillis();
        var outcome = Outcome.above("lag", (double) worst, "milliseconds")
                .warn((double) LATE.toMillis())
                .neverFails()
                .message("the event loop was at most " + worst + " ms late, limit " + LATE.toMillis() + " ms");
        return worst <= LATE.toMillis()
                ? outcome
                : outcome.reason("event_loop_late")
                        .hint("look for blocking calls on the event loop, long collections and a busy host");
    }
}
