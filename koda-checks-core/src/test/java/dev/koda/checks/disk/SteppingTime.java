package dev.koda.checks.disk;

import dev.koda.checks.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that goes on by 5 ms whenever it is read; all else is the system's. */
final class SteppingTime implements TimeSource {
    private final AtomicLong reads = new AtomicLong();

    @Override
    public long nanos() {
        return Duration.ofMillis(5).toNanos() * reads.incrementAndGet();
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
