package dev.koda.checks.vertx;

import dev.koda.checks.TimeSource;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * The system's clocks, with timers and tasks on one context of a Vert.x instance, so that an engine needs no thread of
 * its own. Timers count in whole milliseconds and are never early.
 */
public final class VertxTime implements TimeSource {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Vertx vertx;
    private final Context context;

    private VertxTime(Vertx vertx, Context context) {
        this.vertx = vertx;
        this.context = context;
    }

    /** On the context of the caller, or on a new one where there is none. The caller keeps and closes the instance. */
    public static VertxTime of(Vertx vertx) {
        Objects.requireNonNull(vertx, "vertx");
        return new VertxTime(vertx, vertx.getOrCreateContext());
    }

    @Override
    public long nanos() {
        return TimeSource.system().nanos();
    }

    @Override
    public Instant now() {
        return TimeSource.system().now();
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        long millis = (delay.toNanos() + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
        long timer = vertx.setTimer(Math.max(1, millis), fired -> run(task));
        return () -> vertx.cancelTimer(timer);
    }

    @Override
    public Executor executor() {
        return this::run;
    }

    private void run(Runnable task) {
        context.runOnContext(ignored -> task.run());
    }
}
