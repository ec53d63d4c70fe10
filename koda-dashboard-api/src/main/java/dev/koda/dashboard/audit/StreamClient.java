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

    /** Who is as far behind is told so, and goes on with what happens now. */
    static final long LAG = 10_000;

    private static final int PAGE = 200;
    private static final int RETRY_MILLIS = 2_000;

    private final HttpServerResponse response;
    private final EventFilter filter;
    private final LogTail tail;
    private final LogReader reader;
    private final TimeSource time;
    private final Runnable watcher = this::pump;
    private long cursor;
    private String id;
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
        id = "";
    }

    /** Greets, and begins. */
    void begin(StreamStart start) {
        cursor = start.seq();
        response.write("retry: " + RETRY_MILLIS + "\n\n");
        if (start.isReset()) {
            say("reset", new JsonObject().put("reason", "this log is another one than that of the last event"));
        }
        if (start.gapFrom() > 0) {
            gap(start.gapFrom(), start.seq(), "retention");
        }
        say("hello", new JsonObject().put("from", cursor));
        response.drainHandler(drained -> pump());
        tail.watch(watcher);
        beatLater();
        pump();
    }

    /** Writes what there is, as long as the connection takes it. */
    private void pump() {
        while (!isEnded && !isReading && !response.writeQueueFull() && cursor < tail.head()) {
            if (tail.head() - cursor > LAG) {
                gap(cursor + 1, tail.head(), "lag");
                cursor = tail.head();
                return;
            }
            var events = tail.after(cursor, PAGE);
            if (events == null) {
                read();
            } else {
                write(events);
            }
        }
    }

    private void read() {
        isReading = true;
        reader.after(cursor, PAGE).onComplete(page -> {
            isReading = false;
            if (page.succeeded()) {
                write(page.result());
                pump();
            }
        });
    }

    private void write(List<LogEvent> events) {
        for (var event : events) {
            cursor = event.seq();
            id = event.id();
            isUntold = true;
            if (!isEnded && filter.shows(event)) {
                response.write(Buffer.buffer("id: " + id + "\nevent: audit\ndata: " + event.json() + "\n\n"));
                isUntold = false;
            }
        }
    }

    private void gap(long from, long to, String reason) {
        say("gap", new JsonObject().put("from", from).put("to", to).put("reason", reason));
    }

    /** Without an id: the place of a client is that of its last event. */
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
            response.write("id: " + id + "\nevent: bookmark\ndata: {}\n\n");
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
