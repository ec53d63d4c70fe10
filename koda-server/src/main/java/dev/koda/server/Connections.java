package dev.koda.server;

import dev.koda.checks.TimeSource;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open connections. However slowly clients send, and however many they are, there is room for a probe: a request must
 * be complete in time, and a new connection takes the place of the one that has waited longest. For one event loop.
 */
final class Connections {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    /** Far more than probes, scrapers and operators need, and less than the files that a process may open. */
    static final int MOST = 1_000;

    static final Duration FIRST_REQUEST = Duration.ofSeconds(10);
    static final Duration NEXT_REQUEST = Duration.ofSeconds(HttpLimits.IDLE_SECONDS);

    private static final long SWEEP_MILLIS = 1_000;
    private static final Duration TELL_EVERY = Duration.ofMinutes(1);

    private final TimeSource time;
    private final Map<HttpConnection, Turn> open = new LinkedHashMap<>();
    private int crowdedOut;
    private long toldNanos;

    /** Whether a connection waits for a request, and since when. */
    private final class Turn {
        private boolean isWaiting = true;
        private long sinceNanos = time.nanos();
        private Duration limit = FIRST_REQUEST;

        long waitedNanos() {
            return isWaiting ? time.nanos() - sinceNanos : -1;
        }

        void answered() {
            isWaiting = true;
            sinceNanos = time.nanos();
            limit = NEXT_REQUEST;
        }
    }

    private Connections(TimeSource time) {
        this.time = time;
        toldNanos = time.nanos() - TELL_EVERY.toNanos();
    }

    /** None yet, looked after on the caller's event loop. */
    static Connections of(Vertx vertx, TimeSource time) {
        var connections = new Connections(time);
        vertx.setPeriodic(SWEEP_MILLIS, turn -> connections.sweep());
        return connections;
    }

    /** Takes a new connection in. */
    void opened(HttpConnection connection) {
        if (open.size() >= MOST) {
            crowdedOut++;
            var longest = longestWaiting();
            if (longest == null) {
                connection.close();
                return;
            }
            open.remove(longest);
            longest.close();
        }
        open.put(connection, new Turn());
        connection.closeHandler(closed -> open.remove(connection));
    }

    private @Nullable HttpConnection longestWaiting() {
        return open.entrySet().stream()
                .filter(entry -> entry.getValue().isWaiting)
                .max(Comparator.comparingLong(entry -> entry.getValue().waitedNanos()))
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    /**
     * Notes that a request has come in.
     *
     * @return to be run when it has been answered
     */
    Runnable asked(HttpConnection connection) {
        var turn = open.get(connection);
        if (turn == null) {
            return () -> {};
        }
        turn.isWaiting = false;
        return turn::answered;
    }

    private void sweep() {
        var late = open.entrySet().stream()
                .filter(entry ->
                        entry.getValue().waitedNanos() > entry.getValue().limit.toNanos())
                .map(Map.Entry::getKey)
                .toList();
        late.forEach(HttpConnection::close);
        if (crowdedOut > 0 && time.nanos() - toldNanos >= TELL_EVERY.toNanos()) {
            LOG.atWarn()
                    .addKeyValue("event", "server.crowded")
                    .addKeyValue("closed", crowdedOut)
                    .log("{} connections were closed to make room: {} are open at the most", crowdedOut, MOST);
            toldNanos = time.nanos();
            crowdedOut = 0;
        }
    }
}
