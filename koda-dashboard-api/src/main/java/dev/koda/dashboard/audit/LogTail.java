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

    /** One who follows the log. */
    interface Watcher {
        /** There is more. */
        void grown();

        /** The log is another one than before, and so is every place in it. */
        void replaced();
    }

    private final LogReader reader;
    private final TimeSource time;
    private final Deque<LogEvent> kept = new ArrayDeque<>();
    private final Set<Watcher> watchers = new LinkedHashSet<>();
    private @Nullable LogPlace end;
    private boolean isReplaced;
    private boolean isPolling;
    private TimeSource.@Nullable Timer timer;

    LogTail(LogReader reader, TimeSource time) {
        this.reader = reader;
        this.time = time;
    }

    /** Behind the last event that was read; null before the first poll. */
    @Nullable
    LogPlace end() {
        return end;
    }

    /** The number of the last event that was read; -1 before the first poll. */
    long head() {
        return end == null ? -1 : end.seq();
    }

    /** Tells the watcher of what comes, until {@link #forget}. */
    void watch(Watcher watcher) {
        watchers.add(watcher);
        poll();
    }

    void forget(Watcher watcher) {
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
        if (seq >= head()) {
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
        var from = end;
        var page = from == null ? reader.end().compose(this::begin) : more(from);
        page.onComplete(answer -> {
            isPolling = false;
            if (answer.succeeded()) {
                add(answer.result());
            }
            boolean isMore = answer.succeeded() && answer.result().size() >= PAGE;
            later(answer.failed() ? SETBACK : isMore || end == null ? Duration.ZERO : INTERVAL);
        });
    }

    private Future<List<LogEvent>> begin(LogPlace head) {
        return reader.after(Math.max(0, head.seq() - KEPT), KEPT).map(events -> {
            end = head;
            return events;
        });
    }

    /** With the event that was the last one, by which a log is known that was restored from an older state. */
    private Future<List<LogEvent>> more(LogPlace from) {
        return reader.from(from.seq(), PAGE + 1).compose(events -> {
            if (events.isEmpty()) {
                // None was sealed yet, or retention has taken it; else the numbers have gone back.
                return reader.end().map(head -> head.seq() > from.seq() || head.equals(from) ? events : replaced());
            }
            var first = events.get(0);
            return Future.succeededFuture(
                    !first.isAtOrBehind(from)
                            ? replaced()
                            : first.seq() == from.seq() ? events.subList(1, events.size()) : events);
        });
    }

    private List<LogEvent> replaced() {
        kept.clear();
        end = null;
        isReplaced = true;
        return List.of();
    }

    private void add(List<LogEvent> events) {
        for (var event : events) {
            kept.addLast(event);
            end = event.place();
        }
        while (kept.size() > KEPT) {
            kept.removeFirst();
        }
        if (isReplaced && end != null) {
            isReplaced = false;
            List.copyOf(watchers).forEach(Watcher::replaced);
        } else if (!events.isEmpty()) {
            List.copyOf(watchers).forEach(Watcher::grown);
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
            end = null;
            isReplaced = false;
        }
    }
}
