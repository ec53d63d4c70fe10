package dev.koda.dashboard.audit;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A sealed event as the watch for storms looks at it: every event passes there, so its body is read only where there is
 * something to find.
 *
 * @param body as it is stored; may be something that somebody has spoilt
 */
record SeenEvent(
        long seq,
        Instant occurredAt,
        String type,
        @Nullable String actor,
        @Nullable String source,
        @Nullable String target,
        String body) {
    /** The columns that {@link #of} reads. */
    static final String COLUMNS = "seq, occurred_at, type, actor, source, target, body";

    static SeenEvent of(Row row) {
        return new SeenEvent(
                row.getLong("seq"),
                row.getOffsetDateTime("occurred_at").toInstant(),
                row.getString("type"),
                row.getString("actor"),
                row.getString("source"),
                row.getString("target"),
                row.getString("body"));
    }

    /** True if this is its reason. */
    boolean isBecause(String reason) {
        return body.contains(reason) && reason.equals(json().getValue("reason"));
    }

    /** The agent that an event of a Koda came from; null if it is none, or tells of no agent. */
    @Nullable
    String agent() {
        return json().getValue("origin") instanceof JsonObject origin
                        && origin.getValue("agent") instanceof String agent
                ? agent
                : null;
    }

    /** True if it is an event of a Koda. */
    boolean isKodas() {
        return body.contains("\"origin\"") && json().getValue("origin") instanceof JsonObject;
    }

    private JsonObject json() {
        try {
            return new JsonObject(body);
        } catch (RuntimeException spoilt) {
            return new JsonObject();
        }
    }
}
