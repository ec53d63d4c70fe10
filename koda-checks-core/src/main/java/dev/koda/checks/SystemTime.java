package dev.koda.checks;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The real clocks, and threads of our own: what an application does with the common pool must not stop its checks. */
final class SystemTime implements TimeSource {
    static final SystemTime INSTANCE = new SystemTime();

    /** More than one, so that a check that blocks by mistake stops no other. */
    private static final int THREADS = 4;

    private static final int IDLE_SECONDS = 30;

    private final ThreadPoolExecutor executor = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> daemon(task, "koda-checks"));

    private final ScheduledThreadPoolExecutor timers =
            new ScheduledThreadPoolExecutor(1, task -> daemon(task, "koda-checks-timer"));

    private SystemTime() {
        executor.allowCoreThreadTimeOut(true);
        timers.setRemoveOnCancelPolicy(true);
    }

    private static Thread daemon(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        // The one timer thread only hands over: whoever waits on it would stop every time-out.
        var timer = timers.schedule(() -> executor.execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> timer.cancel(false);
    }

    @Override
    public Executor executor() {
        return executor;
    }
}
