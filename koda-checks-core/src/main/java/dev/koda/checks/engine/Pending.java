package dev.koda.checks.engine;

import dev.koda.checks.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What an execution needs only when its check does not answer at once: a timer, waiters, ways to cancel. */
final class Pending {
    /** How long waiters wait for cancel actions, so that the next evaluation finds the check free. */
    private static final Duration CANCEL_GRACE = Duration.ofMillis(100);

    private final TimeSource time;
    private final BlockingPool pool;
    private List<Evaluation> waiters = new ArrayList<>(2);
    private final List<Runnable> cancelActions = new ArrayList<>(2);
    private TimeSource.@Nullable Timer timer;
    private @Nullable BlockingTask<?> task;
    private boolean hasEnded;
    private boolean isCancelled;

    Pending(TimeSource time, BlockingPool pool) {
        this.time = time;
        this.pool = pool;
    }

    /** Starts the time-out, once. */
    void arm(Execution execution) {
        synchronized (this) {
            if (timer != null || hasEnded || isCancelled) {
                return;
            }
            timer = time.schedule(execution.remaining(), execution::timeOut);
        }
    }

    /** False if it has ended already. */
    synchronized boolean add(Evaluation waiter) {
        if (hasEnded) {
            return false;
        }
        waiters.add(waiter);
        return true;
    }

    void onCancel(Runnable action) {
        synchronized (this) {
            if (!isCancelled) {
                cancelActions.add(action);
                return;
            }
        }
        action.run();
    }

    <T> CompletionStage<T> blocking(Callable<T> body) {
        var next = new BlockingTask<>(body);
        synchronized (this) {
            if (isBlocking() || isCancelled) {
                return CompletableFuture.failedFuture(new NoThreadException(Failures.oneBodyAtATime()));
            }
            task = next;
        }
        return pool.accepts(next)
                ? next.result()
                : CompletableFuture.failedFuture(new NoThreadException(Failures.allThreadsTaken()));
    }

    synchronized boolean isWaitingForThread() {
        return task != null && !task.isStarted();
    }

    /** The execution ended: releases the timer and tells the waiters. */
    void end() {
        List<Evaluation> told;
        synchronized (this) {
            if (hasEnded) {
                return;
            }
            hasEnded = true;
            release();
            told = waiters;
            waiters = List.of();
        }
        told.forEach(Evaluation::advance);
    }

    private void release() {
        if (timer != null) {
            timer.cancel();
        }
    }

    /** The engine gave up: runs the cancel actions off this thread, and tells the waiters when they have returned. */
    void cancel(Execution execution) {
        List<Runnable> actions;
        synchronized (this) {
            release();
            isCancelled = true;
            actions = List.copyOf(cancelActions);
            if (task != null) {
                task.cancel();
                pool.forget(task);
            }
            if (!actions.isEmpty()) {
                timer = time.schedule(CANCEL_GRACE, this::end);
            }
        }
        if (actions.isEmpty()) {
            end();
        } else {
            time.executor().execute(() -> runAll(actions, execution));
        }
    }

    private void runAll(List<Runnable> actions, Execution execution) {
        boolean haveReturned = true;
        for (var action : actions) {
            try {
                action.run();
            } catch (Throwable thrown) {
                haveReturned = false;
            }
        }
        if (haveReturned && !isBlocking()) {
            execution.free();
        }
        end();
    }

    private synchronized boolean isBlocking() {
        return task != null && !task.result().isDone();
    }
}
