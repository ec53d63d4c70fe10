package dev.koda.dashboard.audit;

import dev.koda.checks.TimeSource;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The end of the log as this process has read it last: one poll for all who watch, and none while nobody does. For one
 * event loop, whose time it gets.
 */
final class LogTail {
    /** What a poll adds to the latency of an event at most. */
    static final Duration INTERVAL = Duration.ofMillis(100);

    private static final Duration SETBACK = Duration.ofSeconds(1);
    private static final int PAGE = 1_000;
    private static final int KEPT = 2_048;

    private final LogReader reader;
    private final TimeSource time;
    private final Deque<LogEvent> kept = new ArrayDeque<>();
    private final Set<Runnable> watchers = new LinkedHashSet<>();
    private long head = -1;
    private boolean isPolling;
    private TimeSource.@Nullable Timer timer;

    LogTail(LogReader reader, TimeSource time) {
        this.reader = reader;
        this.time = time;
    }

    /** The number of the last event that was read; -1 before the first poll. */
    long head() {
        return head;
    }

    /** Runs the watcher whenever there is more, until {@link #forget}. */
    void watch(Runnable watcher) {
        watchers.add(watcher);
        poll();
    }

    void forget(Runnable watcher) {
        watchers.remove(watcher);
        if (watchers.isEmpty() && timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /**
     * The kept events behind this number.
     *
     * @return null if some of them are kept no more, and are to be read from the store
     */
    @Nullable
    List<LogEvent> after(long seq, int limit) {
        if (seq >= head) {
            return List.of();
        }
        var first = kept.peekFirst();
        if (first == null || first.seq() > seq + 1) {
            return null;
        }
        var events = new ArrayList<LogEvent>();
        for (var event : kept) {
            if (event.seq() > seq && events.size() < limit) {
                events.add(event);
            }
        }
        return events;
    }

    private void poll() {
        if (isPolling || timer != null) {
            return;
        }
        isPolling = true;
        var page = head < 0 ? reader.head().compose(this::begin) : reader.after(head, PAGE);
        page.onComplete(answer -> {
            isPolling = false;
            if (answer.succeeded()) {
                add(answer.result());
            }
            boolean isMore = answer.succeeded() && answer.result().size() == PAGE;
            later(answer.failed() ? SETBACK : isMore ? Duration.ZERO : INTERVAL);
        });
    }

    private Future<List<LogEvent>> begin(long end) {
        head = Math.max(0, end - KEPT);
        return reader.after(head, KEPT);
    }

    private void add(List<LogEvent> events) {
        for (var event : events) {
            kept.addLast(event);
            head = event.seq();
        }
        while (kept.size() > KEPT) {
            kept.removeFirst();
        }
        if (!events.isEmpty()) {
            List.copyOf(watchers).forEach(Runnable::run);
        }
    }

    private void later(Duration pause) {
        if (!watchers.isEmpty()) {
            timer = time.schedule(pause, () -> {
                timer = null;
                poll();
            });
        } else {
            // Whoever comes next begins anew: what was kept would be old by then.
            kept.clear();
            head = -1;
        }
    }
}
