package dev.koda.dashboard.audit;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An event as Koda has recorded it. Its place in the log of ours is that of its import; its time is Koda's.
 *
 * @param number its id in Koda's table
 */
record KodaEvent(
        long number,
        Instant at,
        String type,
        String agent,
        String pod,
        @Nullable Long user,
        String trace,
        Map<String, Object> details) {
    /** The columns that {@link #of} reads. */
    static final String COLUMNS =
            "id, timestamp, event_type, agent_id, pod_name, user_id, trace_id, details_json::text AS details";

    private static final Pattern FAILURE =
            Pattern.compile(".*(fail|denied|timeout|blocked|rejected|rate_limited|limited|revoked_by_force).*");

    private static final Pattern TYPE = Pattern.compile("security\\.[a-z0-9_.]{1,80}");

    static KodaEvent of(Row row) {
        return new KodaEvent(
                row.getLong("id"),
                row.getOffsetDateTime("timestamp").toInstant(),
                row.getString("event_type"),
                row.getString("agent_id"),
                row.getString("pod_name"),
                row.getLong("user_id"),
                row.getString("trace_id"),
                details(row.getString("details")));
    }

    private static Map<String, Object> details(String json) {
        try {
            return new JsonObject(json).getMap();
        } catch (DecodeException | ClassCastException noObject) {
            return Map.of("value", json);
        }
    }

    /**
     * Its number, a colon, and some digits of what it says: a Koda whose database was restored gives the same numbers to
     * other events.
     */
    String key() {
        var content = UUID.nameUUIDFromBytes(List.of(at, type, agent, pod, String.valueOf(user), trace, details)
                .toString()
                .getBytes(StandardCharsets.UTF_8));
        return number + ":" + content.toString().substring(0, 8);
    }

    static long numberOf(String key) {
        return Long.parseLong(key.substring(0, key.indexOf(':')));
    }

    /** The same for the same event, whoever imports it and whenever. */
    UUID id(String source) {
        return UUID.nameUUIDFromBytes((source + '\0' + key()).getBytes(StandardCharsets.UTF_8));
    }

    /** A filter knows types of one shape; what Koda's table has besides is told as a detail. */
    String safeType() {
        return TYPE.matcher(type).matches() ? type : "security.koda_event";
    }

    boolean isFailure() {
        return FAILURE.matcher(type).matches();
    }

    @Nullable
    String actor() {
        var named = first("username", "identifier", "actor");
        return named == null && user != null ? user.toString() : named;
    }

    @Nullable
    String address() {
        return first("remote_ip", "ip");
    }

    @Nullable
    String target() {
        return first("tool", "path", "session_id", "label");
    }

    @Nullable
    String reason() {
        return first("reason");
    }

    private @Nullable String first(String... names) {
        return List.of(names).stream()
                .map(details::get)
                .filter(value -> value instanceof String text && !text.isBlank())
                .map(String::valueOf)
                .findFirst()
                .orElse(null);
    }

    /** Where it comes from, in words of our own. */
    JsonObject origin() {
        var origin = new JsonObject().put("system", "koda").put("id", number).put("agent", agent);
        if (!safeType().equals(type)) {
            origin.put("type", type);
        }
        return trace == null || trace.isEmpty() ? origin : origin.put("trace", trace);
    }
}
