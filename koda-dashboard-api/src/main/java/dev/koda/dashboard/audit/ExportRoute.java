package dev.koda.dashboard.audit;

import dev.koda.dashboard.http.Caller;
import dev.koda.dashboard.http.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the log as lines of JSON: events in their order, checkpoints behind the last event they cover, and a last line by which a
 * reader knows that nothing is missing. What is written is what the client takes, and no more is read ahead. Each export
 * is an event itself, before its first line.
 */
final class ExportRoute implements Handler<RoutingContext> {
    private static final Logger LOG = LoggerFactory.getLogger(ExportRoute.class);
    private static final int PAGE = 500;

    private final LogReader reader;
    private final AuditTrail trail;

    ExportRoute(LogReader reader, AuditTrail trail) {
        this.reader = reader;
        this.trail = trail;
    }

    /** One export under way. */
    private final class Writing {
        private final HttpServerResponse response;
        private final EventFilter filter;
        private final boolean isFiltered;
        private final long head;
        private long first;
        private long seq;
        private long events;

        private Writing(HttpServerResponse response, EventFilter filter, boolean isFiltered, long head) {
            this.response = response;
            this.filter = filter;
            this.isFiltered = isFiltered;
            this.head = head;
        }

        private Future<Void> run() {
            return reader.page(filter, seq, false, PAGE).compose(page -> {
                var events = page.stream().filter(event -> event.seq() <= head).toList();
                return write(events)
                        .compose(written ->
                                events.size() < PAGE ? end() : drained().compose(ready -> run()));
            });
        }

        /** With the checkpoints of the page behind the events that they cover the end of. */
        private Future<Void> write(List<LogEvent> page) {
            if (page.isEmpty()) {
                return Future.succeededFuture();
            }
            long last = page.get(page.size() - 1).seq();
            return reader.checkpoints(seq + 1, last).map(signed -> {
                var lines = new StringBuilder();
                for (var event : page) {
                    lines.append(event.json()).append('\n');
                    var note = signed.get(event.seq());
                    if (note != null) {
                        lines.append(new JsonObject().put("checkpoint", note).encode())
                                .append('\n');
                    }
                }
                first = first == 0 ? page.get(0).seq() : first;
                seq = last;
                events += page.size();
                response.write(Buffer.buffer(lines.toString()));
                return null;
            });
        }

        private Future<Void> drained() {
            if (response.closed()) {
                return Future.failedFuture("the client is gone");
            }
            if (!response.writeQueueFull()) {
                return Future.succeededFuture();
            }
            Promise<Void> drained = Promise.promise();
            response.drainHandler(room -> drained.tryComplete());
            response.closeHandler(gone -> drained.tryFail("the client is gone"));
            return drained.future();
        }

        private Future<Void> end() {
            var last = new JsonObject()
                    .put("complete", true)
                    .put("filtered", isFiltered)
                    .put("from", first)
                    .put("to", seq)
                    .put("events", events);
            return response.end(Buffer.buffer(last.encode() + '\n'));
        }
    }

    @Override
    public void handle(RoutingContext context) {
        for (var name : context.queryParams().names()) {
            if (!EventFilter.PARAMETERS.contains(name)) {
                throw Refusal.of(400, "unknown parameter; known are " + String.join(", ", EventFilter.PARAMETERS));
            }
        }
        var filter = EventFilter.of(context.queryParams());
        boolean isFiltered = !context.queryParams().isEmpty();
        var response = context.response();
        if (HttpMethod.HEAD.equals(context.request().method())) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, "application/x-ndjson").end();
            return;
        }
        reader.head()
                .compose(head -> trail.record(AuditEvent.of(AuditEventType.AUDIT_EXPORTED)
                                .by(Caller.of(context).name())
                                .with("to", head)
                                .with("filter", String.valueOf(context.request().query())))
                        .map(head))
                .onSuccess(head -> begin(response, new Writing(response, filter, isFiltered, head)))
                .onFailure(context::fail);
    }

    private static void begin(HttpServerResponse response, Writing writing) {
        if (response.closed()) {
            return;
        }
        response.setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/x-ndjson")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .exceptionHandler(broken -> {});
        // An answer that has begun has no other way to say that it is not whole.
        writing.run().onFailure(failure -> {
            LOG.atWarn()
                    .addKeyValue("event", "audit.export_broken")
                    .addKeyValue("events", writing.events)
                    .log("an export of the audit log ended early: {}", failure.getMessage());
            response.reset();
        });
    }
}
