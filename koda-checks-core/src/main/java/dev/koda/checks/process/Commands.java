package dev.koda.checks.process;

import dev.koda.checks.CheckContext;
import dev.koda.checks.TimeSource;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/**
 * Runs commands for checks: without a shell, with an empty environment but for what the command names, with nothing on
 * standard input, in a session of its own where the host has {@code setsid}, within the check's time. At the end of that
 * time, when the engine gives up, and when this process ends, it is killed with everything in its session. Thread-safe,
 * never blocks the caller.
 */
public final class Commands {
    /** What is kept of the output unless {@link #keeping} says otherwise; more is read and thrown away. */
    public static final int MAX_OUTPUT_BYTES = 64 * 1024;

    private final TimeSource time;
    private final int mostBytes;

    private Commands(TimeSource time, int mostBytes) {
        this.time = Objects.requireNonNull(time, "time");
        this.mostBytes = mostBytes;
    }

    /** Commands whose limits are kept by this clock. */
    public static Commands of(TimeSource time) {
        return new Commands(time, MAX_OUTPUT_BYTES);
    }

    /**
     * The same for programs that have more to say.
     *
     * @param bytes of the output that are kept, at least 1
     */
    public Commands keeping(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("at least 1 byte must be kept, not " + bytes);
        }
        return new Commands(time, bytes);
    }

    /**
     * Runs one.
     *
     * @param context its {@link CheckContext#ioTimeout()} is the limit; the program is started on its bounded pool,
     *     because starting one may block
     * @return how it ended; fails only if the pool has no thread for it
     */
    public CompletionStage<CommandEnd> run(Command command, CheckContext context) {
        var run = new CommandRun(command, time, context, mostBytes);
        context.onCancel(run::killAside);
        return context.blocking(run::start).thenCompose(started -> run.end());
    }
}
