package dev.koda.checks.runtime;

import dev.koda.checks.TimeSource;
import java.time.Duration;
import java.util.Objects;

/**
 * Measures how late the timers of an event loop run: a heartbeat every {@value #BEAT_MILLIS} ms through a {@link
 * TimeSource} whose timers run on that loop. Reading costs one volatile read and works while the loop hangs, because
 * the reader and not the loop notices the silence. Thread-safe.
 */
public final class EventLoopLag implements AutoCloseable {
    static final long BEAT_MILLIS = 100;

    private static final Duration BEAT = Duration.ofMillis(BEAT_MILLIS);
    /** A lag is remembered for one to two of these, so that a check every 10 s sees each one. */
    private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();

    private final TimeSource time;
    private volatile Beat beat;
    private volatile TimeSource.Timer timer = () -> {};
    private volatile boolean closed;

    /** What one heartbeat leaves for the readers; all in nanoseconds. */
    private record Beat(long at, long windowStart, long worst, long worstBefore) {
        Beat next(long now, long lag) {
            if (now - windowStart < WINDOW_NANOS) {
                return new Beat(now, windowStart, Math.max(worst, lag), worstBefore);
            }
            boolean followsDirectly = now - windowStart < 2 * WINDOW_NANOS;
            return new Beat(now, now, lag, followsDirectly ? worst : 0);
        }
    }

    private EventLoopLag(TimeSource time) {
        this.time = Objects.requireNonNull(time, "time");
        long now = time.nanos();
        beat = new Beat(now, now, 0, 0);
    }

    /** Starts the heartbeat; the caller closes it. */
    public static EventLoopLag start(TimeSource timeOfTheLoop) {
        var lag = new EventLoopLag(timeOfTheLoop);
        lag.scheduleNext();
        return lag;
    }

    /** How long ago the loop last beat; never negative. */
    public Duration silence() {
        return Duration.ofNanos(Math.max(0, time.nanos() - beat.at));
    }

    /** The longest lag of the last 10 to 20 s; while the loop hangs, at least how late the beat is that is due now. */
    public Duration worst() {
        var last = beat;
        long overdue = time.nanos() - last.at - BEAT.toNanos();
        return Duration.ofNanos(Math.max(overdue, Math.max(last.worst, last.worstBefore)));
    }

    private void scheduleNext() {
        timer = time.schedule(BEAT, this::beat);
        if (closed) {
            timer.cancel();
        }
    }

    private void beat() {
        if (closed) {
            return;
        }
        var last = beat;
        long now = time.nanos();
        beat = last.next(now, Math.max(0, now - last.at - BEAT.toNanos()));
        scheduleNext();
    }

    /** Ends the heartbeat. */
    @Override
    public void close() {
        closed = true;
        timer.cancel();
    }
}
