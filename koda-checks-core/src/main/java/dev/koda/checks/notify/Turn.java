package dev.koda.checks.notify;

import dev.koda.checks.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets through what one server of several tells, and keeps what the others would have told for as long as it takes to know
 * that the one is still there. Where nobody is known to tell, each does: twice is better than not at all. Thread-safe.
 */
final class Turn {
    /** Others ask for the lease every 2.5 seconds, so one that says nothing for so long cannot ask. */
    private static final Duration OTHERS = Duration.ofSeconds(20);

    /** As long as a server that starts waits for the word whose turn it is, and as an old notice is worth telling late. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final TimeSource time;
    private final Consumer<Notice> target;
    private final ArrayDeque<Kept> kept = new ArrayDeque<>();
    private boolean isQuiet;
    private boolean isClosed;
    private TimeSource.@Nullable Timer timer;

    /** A notice and until when it may be told. */
    private record Kept(Notice notice, long until) {}

    /**
     * @param target is told in turn
     * @param isShared whether to wait for the word whose turn it is
     */
    Turn(TimeSource time, Consumer<Notice> target, boolean isShared) {
        this.time = time;
        this.target = target;
        if (isShared) {
            quietFor(KEPT);
        }
    }

    /**
     * Tells it now or keeps it.
     *
     * @return true if it is told now
     */
    synchronized boolean tell(Notice notice) {
        if (isQuiet) {
            forget();
            kept.add(new Kept(notice, time.nanos() + KEPT.toNanos()));
            return false;
        }
        target.accept(notice);
        return true;
    }

    /** Tells it whoever's turn it is. */
    synchronized void tellAnyway(Notice notice) {
        target.accept(notice);
    }

    synchronized void own() {
        isQuiet = false;
        cancelTimer();
        forget();
        kept.forEach(one -> target.accept(one.notice()));
        kept.clear();
    }

    synchronized void others() {
        quietFor(OTHERS);
    }

    private synchronized void quietFor(Duration length) {
        cancelTimer();
        if (isClosed) {
            return;
        }
        isQuiet = true;
        timer = time.schedule(length, this::own);
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void forget() {
        while (!kept.isEmpty() && kept.getFirst().until() - time.nanos() < 0) {
            kept.removeFirst();
        }
    }

    synchronized void close() {
        kept.clear();
        isQuiet = false;
        isClosed = true;
        cancelTimer();
    }
}
