package dev.koda.dashboard.audit;

import dev.koda.checks.TimeSource;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells the use of a credential by a script once in a while, and not at each of its polls: the first use by an address for
 * an operation that only reads at once, and the others of the next minutes together, as one event with their number.
 * Everything else goes through as it is. Thread-safe.
 */
final class FoldedTrail implements AuditTrail {
    static final Duration WINDOW = Duration.ofMinutes(10);

    /** So many different uses at once are no script's: the next ones are told each. */
    private static final int MOST = 1_000;

    private final AuditTrail trail;
    private final TimeSource time;
    private final Map<AuditEvent, Repeats> windows = new LinkedHashMap<>();
    private boolean isClosed;

    /** The further uses of one kind. */
    private static final class Repeats {
        private int count;
        private @Nullable Instant from;
        private @Nullable Instant to;
        private TimeSource.@Nullable Timer timer;
    }

    FoldedTrail(AuditTrail trail, TimeSource time) {
        this.trail = trail;
        this.time = time;
    }

    @Override
    public Future<Void> record(AuditEvent event) {
        return isFoldable(event) && isRepeated(event) ? Future.succeededFuture() : trail.record(event);
    }

    @Override
    public Future<Runnable> recordIn(SqlConnection transaction, AuditEvent event) {
        return trail.recordIn(transaction, event);
    }

    /** What changes something is an event each. */
    private static boolean isFoldable(AuditEvent event) {
        return event.type() == AuditEventType.BREAK_GLASS_USED
                && "GET".equals(event.details().get("method"));
    }

    private synchronized boolean isRepeated(AuditEvent event) {
        var repeats = windows.get(event);
        if (repeats == null) {
            if (windows.size() < MOST && !isClosed) {
                open(event);
            }
            return false;
        }
        repeats.count++;
        repeats.to = time.now();
        repeats.from = repeats.from == null ? repeats.to : repeats.from;
        return true;
    }

    private void open(AuditEvent event) {
        var repeats = new Repeats();
        windows.put(event, repeats);
        repeats.timer = time.schedule(WINDOW, () -> end(event));
    }

    private void end(AuditEvent event) {
        Repeats repeats;
        synchronized (this) {
            repeats = windows.remove(event);
        }
        if (repeats != null && repeats.timer != null) {
            repeats.timer.cancel();
        }
        if (repeats != null && repeats.count > 0) {
            trail.record(event.with("repeats", repeats.count)
                    .with("first", String.valueOf(repeats.from))
                    .with("last", String.valueOf(repeats.to)));
        }
    }

    /** Tells what was not told yet; from then on each use is an event. */
    void close() {
        Map<AuditEvent, Repeats> open;
        synchronized (this) {
            isClosed = true;
            open = Map.copyOf(windows);
        }
        open.keySet().forEach(this::end);
    }
}
