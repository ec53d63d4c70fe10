package dev.koda.checks;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** What a running check may know and use. Valid until the check's stage completes; safe to use from any thread. */
public interface CheckContext {
    /** Which check this is. */
    CheckId id();

    /** The wall-clock moment at which the engine stops waiting for this check. */
    Instant deadline();

    /**
     * The time that is left, never negative. A check's own I/O limit is {@link #ioTimeout()}, a little shorter, so that
     * its reason beats the engine's {@code timeout}.
     */
    Duration remaining();

    /** What is left less 100 ms (a tenth of it where less than a second is left): the limit for a check's own I/O. */
    default Duration ioTimeout() {
        var left = remaining();
        var margin = left.compareTo(Duration.ofSeconds(1)) < 0 ? left.dividedBy(10) : Duration.ofMillis(100);
        return left.minus(margin);
    }

    /**
     * Runs the action once when the engine gives up on this check. When all such actions have returned, the check counts
     * as ended and may be started again; without any, it stays occupied until its stage completes.
     */
    void onCancel(Runnable action);

    /**
     * Runs blocking work on the engine's bounded pool: 8 threads, one for a check. It is interrupted at the time-out; a
     * body that ignores that keeps the check occupied, and no second one is started. A body that gets no thread before
     * the time-out ends the check as {@code rejected}.
     */
    <T> CompletionStage<T> blocking(Callable<T> body);

    /** The result of a check that this one depends on, in this evaluation; empty if it is skipped or not declared. */
    Optional<CheckResult> resultOf(CheckId dependency);

    /**
     * One value for all checks of this evaluation that ask with the same key: the first one's supplier makes it, the
     * others look at the same attempt.
     */
    <T> CompletionStage<T> shared(String key, Supplier<CompletionStage<T>> supplier);
}
