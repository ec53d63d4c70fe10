package dev.koda.dashboard.audit;

import dev.koda.checks.TimeSource;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One who watches: a place in the log and a filter, and no queue. Writes on while the connection takes it, waits when it
 * does not, and goes on from its place. For one event loop.
 */
final class StreamClient {
    static final Duration HEARTBEAT = Duration.ofSeconds(15);

    /** Who falls as far behind is told so, and goes on with what happens now; not who comes back for what was missed. */
    static final long LAG = 10_000;

    private static final Duration SETBACK = Duration.ofSeconds(1);

    private static final int PAGE = 200;
    private static final int RETRY_MILLIS = 2_000;

    private final HttpServerResponse response;
    private final EventFilter filter;
    private final LogTail tail;
    private final LogReader reader;
    private final TimeSource time;
    private final LogTail.Watcher watcher;
    private LogPlace place = LogPlace.ORIGIN;
    /** Grows when the log is another one: what was read of the old one is for nobody. */
    private int log;

    private boolean hasCaughtUp;
    private boolean isUntold;
    private boolean isReading;
    private boolean isEnded;
    private TimeSource.@Nullable Timer heartbeat;

    StreamClient(HttpServerResponse response, EventFilter filter, LogTail tail, LogReader reader, TimeSource time) {
        this.response = response;
        this.filter = filter;
        this.tail = tail;
        this.reader = reader;
        this.time = time;
        watcher = new LogTail.Watcher() {
            @Override
            public void grown() {
                pump();
            }

            @Override
            public void replaced() {
                reset();
            }
        };
    }

    /** Greets, and begins. */
    void begin(StreamStart start) {
        place = start.place();
        response.write("retry: " + RETRY_MILLIS + "\n\n");
        if (start.isReset()) {
            sayReset();
        }
        if (start.gapFrom() > 0) {
            gap(start.gapFrom(), "retention");
        }
        // With an id: who is cut off before the first event comes back to this place.
        say("hello", place, new JsonObject().put("from", place.seq()));
        response.drainHandler(drained -> pump());
        tail.watch(watcher);
        beatLater();
        pump();
    }

    private void reset() {
        log++;
        isReading = false;
        place = LogPlace.ORIGIN;
        sayReset();
        pump();
    }

    /** Whoever begins anew need not see all of a long log. */
    private void sayReset() {
        hasCaughtUp = true;
        isUntold = false;
        say("reset", place, new JsonObject().put("reason", "this log is another one than that of the last event"));
    }

    /** Writes what there is, as long as the connection takes it. */
    private void pump() {
        while (!isEnded && !isReading && !response.writeQueueFull() && place.seq() < tail.head()) {
            var end = tail.end();
            if (hasCaughtUp && end != null && end.seq() - place.seq() > LAG) {
                long from = place.seq() + 1;
                place = end;
                gap(from, "lag");
                return;
            }
            var events = tail.after(place.seq(), PAGE);
            if (events == null) {
                read();
            } else {
                write(events);
            }
        }
        hasCaughtUp |= place.seq() == tail.head();
    }

    private void read() {
        isReading = true;
        int read = log;
        reader.after(place.seq(), PAGE).onComplete(page -> {
            if (read != log) {
                return;
            }
            isReading = false;
            if (page.succeeded()) {
                write(page.result());
                pump();
            } else {
                time.schedule(SETBACK, this::pump);
            }
        });
    }

    /** Up to where the connection takes no more: the rest is there when it does. */
    private void write(List<LogEvent> events) {
        for (var event : events) {
            if (response.writeQueueFull()) {
                return;
            }
            place = event.place();
            isUntold = true;
            if (!isEnded && filter.shows(event)) {
                response.write(Buffer.buffer("id: " + place.id() + "\nevent: audit\ndata: " + event.json() + "\n\n"));
                isUntold = false;
            }
        }
    }

    /** From this number up to where the client is now. */
    private void gap(long from, String reason) {
        isUntold = false;
        say(
                "gap",
                place,
                new JsonObject().put("from", from).put("to", place.seq()).put("reason", reason));
    }

    /** Whoever comes back with the id goes on at this place. */
    private void say(String event, LogPlace at, JsonObject data) {
        if (!isEnded) {
            response.write("id: " + at.id() + "\nevent: " + event + "\ndata: " + data.encode() + "\n\n");
        }
    }

    /** Without an id: the place of a client is that of what it was told last. */
    private void say(String event, JsonObject data) {
        if (!isEnded) {
            response.write("event: " + event + "\ndata: " + data.encode() + "\n\n");
        }
    }

    private void beatLater() {
        heartbeat = time.schedule(HEARTBEAT, () -> {
            if (!response.writeQueueFull()) {
                beat();
            }
            beatLater();
        });
    }

    /** Whom the filter has shown nothing for a while keeps the place all the same. */
    private void beat() {
        if (isUntold) {
            say("bookmark", place, new JsonObject());
            isUntold = false;
        }
        say(
                "heartbeat",
                new JsonObject().put("head", tail.head()).put("time", time.now().toString()));
    }

    /** Says why, and ends the stream. */
    void bye(String reason, long retryMillis) {
        say("bye", new JsonObject().put("reason", reason).put("retry_ms", retryMillis));
        if (!isEnded) {
            response.end();
        }
        ended();
    }

    /** The connection is gone. */
    void ended() {
        isEnded = true;
        tail.forget(watcher);
        if (heartbeat != null) {
            heartbeat.cancel();
        }
    }
}
