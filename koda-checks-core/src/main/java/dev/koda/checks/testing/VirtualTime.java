package dev.koda.checks.testing;

import dev.koda.checks.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Time that moves only when told to. Timers and tasks run inside {@link #advance}, on the calling thread, in the order
 * of their times and, at the same time, of their making; so a test of a day takes milliseconds and always goes the same
 * way. Other threads may schedule and execute; only one may advance.
 */
public final class VirtualTime implements TimeSource {
    private final PriorityQueue<Waiting> timers =
            new PriorityQueue<>(Comparator.comparingLong(Waiting::dueNanos).thenComparingLong(Waiting::order));
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private Instant start = Instant.parse("2026-01-01T00:00:00Z");
    private long nanos;
    private long made;

    private record Waiting(long dueNanos, long order, Runnable task) {}

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public synchronized Instant now() {
        return start.plusNanos(nanos);
    }

    @Override
    public synchronized Timer schedule(Duration delay, Runnable task) {
        var waiting = new Waiting(nanos + Math.max(0, delay.toNanos()), made++, task);
        timers.add(waiting);
        return () -> cancel(waiting);
    }

    private synchronized void cancel(Waiting waiting) {
        timers.remove(waiting);
    }

    @Override
    public Executor executor() {
        return this::enqueue;
    }

    private synchronized void enqueue(Runnable task) {
        tasks.add(task);
    }

    /** Lets this much time pass, and runs all that is due by then; {@link Duration#ZERO} runs what is due now. */
    public void advance(Duration duration) {
        long target = nanos() + duration.toNanos();
        runTasks();
        for (var next = takeDue(target); next != null; next = takeDue(target)) {
            next.run();
            runTasks();
        }
        synchronized (this) {
            nanos = target;
        }
    }

    private synchronized @Nullable Runnable takeDue(long target) {
        var next = timers.peek();
        if (next == null || next.dueNanos > target) {
            return null;
        }
        timers.remove();
        nanos = Math.max(nanos, next.dueNanos);
        return next.task;
    }

    private void runTasks() {
        for (var task = takeTask(); task != null; task = takeTask()) {
            task.run();
        }
    }

    private synchronized @Nullable Runnable takeTask() {
        return tasks.poll();
    }

    /** Moves the wall clock alone, as a clock correction does; the monotonic side goes on as before. */
    public synchronized void jumpWallClock(Duration by) {
        start = start.plus(by);
    }

    /** How many timers wait. */
    public synchronized int pendingTimers() {
        return timers.size();
    }
}
