package dev.koda.dashboard.audit;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The record of a storm.
 *
 * @param events how many belong to it
 * @param firstSeq the place of the first of them in the log
 * @param endedAt null while it goes on
 */
record Storm(
        UUID id,
        String kind,
        String key,
        Instant startedAt,
        Instant lastAt,
        @Nullable Instant endedAt,
        long events,
        long firstSeq,
        long lastSeq) {
    /** The columns that {@link #of} reads. */
    static final String COLUMNS = "id, kind, key, started_at, last_at, ended_at, events, first_seq, last_seq";

    static Storm of(Row row) {
        var ended = row.getOffsetDateTime("ended_at");
        return new Storm(
                row.getUUID("id"),
                row.getString("kind"),
                row.getString("key"),
                row.getOffsetDateTime("started_at").toInstant(),
                row.getOffsetDateTime("last_at").toInstant(),
                ended == null ? null : ended.toInstant(),
                row.getLong("events"),
                row.getLong("first_seq"),
                row.getLong("last_seq"));
    }

    /** One more event belongs to it. */
    Storm and(Instant at, long seq) {
        return new Storm(
                id, kind, key, startedAt, at.isAfter(lastAt) ? at : lastAt, endedAt, events + 1, firstSeq, seq);
    }

    /** It is over. */
    Storm ended(Instant at) {
        return new Storm(id, kind, key, startedAt, lastAt, at, events, firstSeq, lastSeq);
    }

    JsonObject json() {
        return new JsonObject()
                .put("id", id.toString())
                .put("kind", kind)
                .put("key", key)
                .put("started_at", startedAt.toString())
                .put("last_at", lastAt.toString())
                .put("ended_at", endedAt == null ? null : endedAt.toString())
                .put("events", events)
                .put("first_seq", firstSeq)
                .put("last_seq", lastSeq);
    }
}
