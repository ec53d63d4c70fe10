package dev.koda.checks;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;

/** The one seam for clocks, timers and threads, so that every timing is tested in virtual time. */
public interface TimeSource {
    /** Monotonic nanoseconds: for durations, ages and limits only; may wrap, so compare differences. */
    long nanos();

    /** The wall clock: for stamps only; may jump. */
    Instant now();

    /** Runs the task once after the delay, on any thread; a delay of zero or less means as soon as possible. */
    Timer schedule(Duration delay, Runnable task);

    /** Where the engine starts scheduled evaluations and delivers events; tasks may run on any of its threads. */
    Executor executor();

    /** The real clocks, one shared timer thread and four others for all engines; all of them daemons. */
    static TimeSource system() {
        return SystemTime.INSTANCE;
    }

    /** A task that waits for its time. */
    @FunctionalInterface
    interface Timer {
        /** Releases the timer; does nothing if the task has run or runs. */
        void cancel();
    }
}
