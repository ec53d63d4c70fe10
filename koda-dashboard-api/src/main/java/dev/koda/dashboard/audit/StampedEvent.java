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

    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

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
                        time(json.getString("time")),
                        Objects.requireNonNull(ColumnText.of(json.getString("type"))),
                        severity.level(),
                        ColumnText.of(json.getString("actor")),
                        ColumnText.of(json.getString("source")),
                        ColumnText.of(json.getString("target")),
                        body);
            }
        } catch (RuntimeException notOurs) {
            // Told as what it is, below.
        }
        return unreadable(id, receivedAt, body);
    }

    private static Instant time(String text) {
        var time = Instant.parse(text);
        if (time.isBefore(FIRST) || !time.isBefore(LAST)) {
            throw new IllegalArgumentException("no column holds this time");
        }
        return time;
    }

    /** An event that tells of one that cannot be sealed as it is; its text is in the details. */
    static StampedEvent unreadable(UUID id, Instant receivedAt, String body) {
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
