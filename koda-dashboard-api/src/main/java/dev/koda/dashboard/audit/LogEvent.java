package dev.koda.dashboard.audit;

import com.fasterxml.jackson.core.JsonFactory;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A sealed event as clients get it.
 *
 * @param seq its place in the log
 * @param json the body with its place and hashes, one line
 * @param previous the hash of the event before it, as hexadecimal digits
 * @param hash its hash, as hexadecimal digits
 */
record LogEvent(
        long seq,
        Instant occurredAt,
        String type,
        int severity,
        @Nullable String actor,
        @Nullable String source,
        String json,
        String previous,
        String hash) {
    /** Foreign names are many, and none is kept. */
    private static final JsonFactory STRICT = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    /** The columns that {@link #of} reads. */
    static final String COLUMNS = "seq, occurred_at, sealed_at, type, severity, actor, source, body, previous, hash";

    static LogEvent of(Row row) {
        long seq = row.getLong("seq");
        var previous = hex(row.getBuffer("previous"));
        var hash = hex(row.getBuffer("hash"));
        return new LogEvent(
                seq,
                row.getOffsetDateTime("occurred_at").toInstant(),
                row.getString("type"),
                row.getShort("severity"),
                row.getString("actor"),
                row.getString("source"),
                json(row, seq, previous, hash),
                previous,
                hash);
    }

    /** Right behind it. */
    LogPlace place() {
        return new LogPlace(seq, hash);
    }

    /** True if it is the event at this place, or the one that was sealed next. */
    boolean isAtOrBehind(LogPlace place) {
        return seq == place.seq() ? hash.equals(place.hash()) : previous.equals(place.hash());
    }

    private static String json(Row row, long seq, String previous, String hash) {
        var place = ",\"sealed_at\":\"" + row.getOffsetDateTime("sealed_at").toInstant() + "\",\"previous\":\""
                + previous + "\",\"hash\":\"" + hash + "\"}";
        return "{\"seq\":" + seq + "," + fields(row.getString("body")) + place;
    }

    /** The fields of a body; of one that somebody has spoilt, its text. */
    private static String fields(String body) {
        boolean isObject = body.startsWith("{\"") && body.endsWith("}");
        var object = isObject && isOneLine(body) && isJson(body)
                ? body
                : new JsonObject().put("spoilt", body).encode();
        return object.substring(1, object.length() - 1);
    }

    /** One that is no JSON would make that of all who ask for it none. Read without making anything of it. */
    private static boolean isJson(String body) {
        try (var parser = STRICT.createParser(body)) {
            parser.nextToken();
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException notJson) {
            return false;
        }
    }

    /** A loop, because every event that is read passes here. */
    private static boolean isOneLine(String body) {
        for (int i = 0; i < body.length(); i++) {
            if (body.charAt(i) < ' ') {
                return false;
            }
        }
        return true;
    }

    private static String hex(Buffer bytes) {
        return HexFormat.of().formatHex(bytes.getBytes());
    }
}
