package dev.koda.dashboard.audit;

import dev.koda.checks.Redactor;
import dev.koda.checks.TimeSource;
import dev.koda.dashboard.audit.AuditEventType.Severity;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gives events their id, time and stored form, without the secrets that may be in them. Thread-safe. */
public final class EventStamp {
    private final TimeSource time;
    private final CleanDetails details;
    private final String node;
    private final EventIds ids = new EventIds();
    private final EventCounts counts = new EventCounts();

    private EventStamp(TimeSource time, Redactor redactor, String node) {
        this.time = Objects.requireNonNull(time, "time");
        this.node = Objects.requireNonNull(node, "node");
        details = new CleanDetails(Objects.requireNonNull(redactor, "redactor"));
    }

    /**
     * A stamp.
     *
     * @param node the name of this host, which stands in each event
     */
    public static EventStamp of(TimeSource time, Redactor redactor, String node) {
        return new EventStamp(time, redactor, node);
    }

    StampedEvent stamp(AuditEvent event) {
        var now = time.now();
        var id = ids.next(now);
        var type = event.type();
        var body = new JsonObject()
                .put("schema", StampedEvent.SCHEMA)
                .put("id", id.toString())
                .put("type", type.toString())
                .put("code", type.code())
                .put("time", now.toString())
                .put("severity", type.severity().toString())
                .put("outcome", type.isSuccess() ? "success" : "failure");
        put(body, "actor", event.actor());
        put(body, "source", event.source());
        put(body, "target", event.target());
        put(body, "reason", event.reason());
        body.put("node", node);
        addDetails(body, event.details());
        counts.add(type.toString(), type.severity());
        return new StampedEvent(
                id,
                now,
                type.toString(),
                type.severity().level(),
                ColumnText.of(body.getString("actor")),
                ColumnText.of(body.getString("source")),
                ColumnText.of(body.getString("target")),
                body.encode());
    }

    /** An event of a Koda install, with what is known of it. */
    StampedEvent stamp(KodaEvent event, String source) {
        var id = event.id(source);
        boolean isFailure = event.isFailure();
        var severity = isFailure ? Severity.WARNING : Severity.INFO;
        var body = new JsonObject()
                .put("schema", StampedEvent.SCHEMA)
                .put("id", id.toString())
                .put("type", event.safeType())
                .put("time", event.at().toString())
                .put("severity", severity.toString())
                .put("outcome", isFailure ? "failure" : "success");
        put(body, "actor", event.actor());
        put(body, "source", event.address());
        put(body, "target", event.target());
        put(body, "reason", event.reason());
        put(body, "node", event.pod());
        body.put("origin", event.origin());
        addDetails(body, event.details());
        counts.add(event.safeType(), severity);
        return StampedEvent.read(id, event.at(), body.encode());
    }

    EventCounts counts() {
        return counts;
    }

    private void put(JsonObject body, String key, @Nullable String value) {
        if (value != null) {
            body.put(key, details.text(value));
        }
    }

    private void addDetails(JsonObject body, Map<String, Object> values) {
        if (!values.isEmpty()) {
            var clean = details.clean(values);
            body.put("details", clean.values());
            if (!clean.redactions().isEmpty()) {
                body.put("redactions", clean.redactions());
            }
        }
    }
}
