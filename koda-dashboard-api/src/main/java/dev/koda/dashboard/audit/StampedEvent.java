package dev.koda.dashboard.audit;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event with its id and time, as it is stored. The body is what is hashed; the rest repeats parts of it for queries.
 *
 * @param id unique, and later ones sort behind earlier ones
 * @param occurredAt when it happened, by the clock of who saw it
 * @param severity 0 info to 3 critical
 * @param body the whole event as one line of JSON
 */
record StampedEvent(
        UUID id,
        Instant occurredAt,
        String type,
        int severity,
        @Nullable String actor,
        @Nullable String source,
        @Nullable String target,
        String body) {
    /** The version of the body's form. */
    static final String SCHEMA = "koda.audit/v1";

    StampedEvent {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(occurredAt, "occurredAt");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(body, "body");
    }

    /**
     * The event that a row of the inbox tells of. One that is none of ours is an event too: who can write there can do
     * worse than that, and nothing that has arrived may be lost or stop those behind it.
     */
    static StampedEvent read(UUID id, Instant receivedAt, String body) {
        try {
            var json = new JsonObject(body);
            var severity =
                    AuditEventType.Severity.valueOf(json.getString("severity").toUpperCase(Locale.ROOT));
            if (UUID.fromString(json.getString("id")).equals(id)) {
                return new StampedEvent(
                        id,
                        Instant.parse(json.getString("time")),
                        json.getString("type"),
                        severity.level(),
                        json.getString("actor"),
                        json.getString("source"),
                        json.getString("target"),
                        body);
            }
        } catch (RuntimeException notOurs) {
            // Told as what it is, below.
        }
        return unreadable(id, receivedAt, body);
    }

    private static StampedEvent unreadable(UUID id, Instant receivedAt, String body) {
        var type = AuditEventType.UNREADABLE_EVENT;
        var wrapped = new JsonObject()
                .put("schema", SCHEMA)
                .put("id", id.toString())
                .put("type", type.toString())
                .put("code", type.code())
                .put("time", receivedAt.toString())
                .put("severity", type.severity().toString())
                .put("outcome", "failure")
                .put(
                        "details",
                        new JsonObject().put("characters", body.length()).put("text", body));
        return new StampedEvent(
                id, receivedAt, type.toString(), type.severity().level(), null, null, null, wrapped.encode());
    }
}
