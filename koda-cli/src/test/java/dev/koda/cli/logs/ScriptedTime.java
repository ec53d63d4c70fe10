package dev.koda.cli.logs;

import dev.koda.checks.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;

/** Time that stands still: every delay is over at once, and something happens meanwhile. */
record ScriptedTime(Runnable meanwhile) implements TimeSource {
    @Override
    public long nanos() {
        return 0;
    }

    @Override
    public Instant now() {
        return Instant.parse("2026-11-23T10:00:00Z");
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        meanwhile.run();
        task.run();
        return () -> {};
    }

    @Override
    public Executor executor() {
        return Runnable::run;
    }
}
