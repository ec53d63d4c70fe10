package dev.koda.checks.postgres;

import dev.koda.checks.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** The system's clock in a process that stands still for 200 ms, once, before the clock is read for the n-th time. */
final class PausingTime implements TimeSource {
    private static final long PAUSE_NANOS = Duration.ofMillis(200).toNanos();

    private final int pauseBefore;
    private final AtomicInteger reads = new AtomicInteger();

    PausingTime(int pauseBefore) {
        this.pauseBefore = pauseBefore;
    }

    @Override
    public long nanos() {
        return TimeSource.system().nanos() + (reads.incrementAndGet() < pauseBefore ? 0 : PAUSE_NANOS);
    }

    @Override
    public Instant now() {
        return TimeSource.system().now();
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        return TimeSource.system().schedule(delay, task);
    }

    @Override
    public Executor executor() {
        return TimeSource.system().executor();
    }
}
