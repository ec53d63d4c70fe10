package dev.koda.dashboard.audit;

import dev.koda.checks.TimeSource;
import dev.koda.dashboard.http.Caller;
import dev.koda.dashboard.http.Gate;
import dev.koda.dashboard.http.Operation;
import dev.koda.dashboard.http.Refusal;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Opens streams, looks again every quarter of a minute whether who watches still may, and ends them. For one event loop. */
final class StreamRoute implements Handler<RoutingContext> {
    /** A revocation is known here ten seconds later at the latest, and ends a stream within thirty. */
    static final Duration ADMITTED = Duration.ofSeconds(15);

    static final List<String> PARAMETERS = EventFilter.with("tail", "last_event_id");

    private final LogReader reader;
    private final LogTail tail;
    private final TimeSource time;
    private final Supplier<Gate> gate;
    private final StreamLimits limits = new StreamLimits();
    private final Map<StreamClient, Caller> clients = new LinkedHashMap<>();
    private final Random random = new Random();

    StreamRoute(LogReader reader, TimeSource time, Supplier<Gate> gate) {
        this.reader = reader;
        this.time = time;
        this.gate = gate;
        tail = new LogTail(reader, time);
    }

    @Override
    public void handle(RoutingContext context) {
        var filter = EventFilter.of(context.queryParams());
        if (HttpMethod.HEAD.equals(context.request().method())) {
            context.response().putHeader("Content-Type", "text/event-stream").end();
            return;
        }
        var caller = Caller.of(context);
        StreamStart.of(context.request(), reader)
                .onSuccess(start -> open(context, caller, filter, start))
                .onFailure(context::fail);
    }

    private void open(RoutingContext context, Caller caller, EventFilter filter, StreamStart start) {
        var response = context.response();
        if (response.closed()) {
            return;
        }
        try {
            limits.enter(caller);
        } catch (Refusal full) {
            context.fail(full);
            return;
        }
        response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream; charset=utf-8")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no");
        var client = new StreamClient(response, filter, tail, reader, time);
        clients.put(client, caller);
        response.closeHandler(gone -> close(client));
        response.exceptionHandler(broken -> close(client));
        client.begin(start);
        askLater(context, client);
    }

    private void close(StreamClient client) {
        var caller = clients.remove(client);
        if (caller != null) {
            client.ended();
            limits.leave(caller);
        }
    }

    private void askLater(RoutingContext context, StreamClient client) {
        time.schedule(ADMITTED, () -> {
            if (!clients.containsKey(client)) {
                return;
            }
            var operation = Operation.read("streamAudit", "/audit/stream", this);
            gate.get()
                    .readmit(context, operation)
                    .onSuccess(still -> askLater(context, client))
                    .onFailure(no -> end(client, "session_ended"));
        });
    }

    private void end(StreamClient client, String reason) {
        if (clients.containsKey(client)) {
            client.bye(reason, 1_000 + random.nextInt(4_000));
            close(client);
        }
    }

    /** Says goodbye to all, each with another time to come back. */
    void endAll(String reason) {
        List.copyOf(clients.keySet()).forEach(client -> end(client, reason));
    }

    /** How many streams are open. */
    int open() {
        return limits.open();
    }
}
