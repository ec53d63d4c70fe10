package dev.koda.dashboard.limits;

import dev.koda.checks.TimeSource;
import dev.koda.dashboard.audit.AuditEvent;
import dev.koda.dashboard.audit.AuditTrail;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells of clients that ask too often: the first request that is refused at once, and those of the next half minute
 * together, as one event with their number; so as long as it goes on. Thread-safe.
 */
final class Excess implements AutoCloseable {
    /** Ten of them in a row are the storm of an address that does not stop. */
    static final Duration WINDOW = Duration.ofSeconds(30);

    private final AuditTrail trail;
    private final TimeSource time;
    private final Map<String, Refused> open = new LinkedHashMap<>();
    private boolean isClosed;

    /** What was refused since the last event of one client. */
    private static final class Refused {
        private final AuditEvent event;
        private long count;
        private @Nullable Instant first;
        private @Nullable Instant last;
        private TimeSource.@Nullable Timer timer;

        private Refused(AuditEvent event) {
            this.event = event;
        }
    }

    Excess(AuditTrail trail, TimeSource time) {
        this.trail = trail;
        this.time = time;
    }

    /**
     * One request was refused.
     *
     * @param event what there is to tell of the client
     */
    void note(String client, AuditEvent event) {
        synchronized (this) {
            var refused = open.get(client);
            if (refused != null) {
                refused.count++;
                refused.last = time.now();
                refused.first = refused.first == null ? refused.last : refused.first;
                return;
            }
            if (!isClosed) {
                open(client, event);
            }
        }
        trail.record(event.with("refused", 1));
    }

    private void open(String client, AuditEvent event) {
        var refused = new Refused(event);
        open.put(client, refused);
        refused.timer = time.schedule(WINDOW, () -> end(client));
    }

    private void end(String client) {
        Refused ended;
        synchronized (this) {
            ended = open.remove(client);
            if (ended != null && ended.timer != null) {
                ended.timer.cancel();
            }
            if (ended != null && ended.count > 0 && !isClosed) {
                open(client, ended.event);
            }
        }
        if (ended != null && ended.count > 0) {
            trail.record(ended.event
                    .with("refused", ended.count)
                    .with("first", String.valueOf(ended.first))
                    .with("last", String.valueOf(ended.last)));
        }
    }

    /** Tells what was not told yet. */
    @Override
    public void close() {
        Map<String, Refused> all;
        synchronized (this) {
            isClosed = true;
            all = Map.copyOf(open);
        }
        all.keySet().forEach(this::end);
    }
}
