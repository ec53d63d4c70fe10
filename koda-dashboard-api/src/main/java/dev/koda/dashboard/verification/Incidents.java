package dev.koda.dashboard.verification;

import dev.koda.checks.TimeSource;
import dev.koda.dashboard.http.Cursors;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Lists incidents of integrations, the newest first. */
final class Incidents {
    private static final String COLUMNS =
            "i.subject, i.opened_at, i.closed_at, i.reason, i.message, i.failures, s.name";

    private static final String PAGE = "SELECT " + COLUMNS + """
             FROM koda_ops.incident i JOIN koda_ops.subject s ON s.id = i.subject AND s.class = 'integration'
            WHERE i.opened_at <= $2 AND coalesce(i.closed_at, $2) >= $1
              AND ($3::text IS NULL OR i.subject = $3)
              AND ($4::boolean IS NULL OR (i.closed_at IS NULL) = $4)
              AND ($5::timestamptz IS NULL OR (i.opened_at, i.subject) < ($5, $6::text))
            ORDER BY i.opened_at DESC, i.subject DESC LIMIT $7
            """;

    private static final String OPEN = "SELECT " + COLUMNS + ", count(*) OVER () AS open" + """
             FROM koda_ops.incident i JOIN koda_ops.subject s ON s.id = i.subject AND s.class = 'integration'
            WHERE i.closed_at IS NULL AND s.is_active
            ORDER BY i.opened_at DESC, i.subject DESC LIMIT $1
            """;

    private final OperationsStore store;
    private final Cursors cursors;
    private final TimeSource time;

    Incidents(OperationsStore store, Cursors cursors, TimeSource time) {
        this.store = store;
        this.cursors = cursors;
        this.time = time;
    }

    void list(RoutingContext context) {
        var asked = Asked.of(context, "range", "from", "to", "integration", "open", "limit", "cursor");
        var subject = asked.id("integration");
        var isOpen = asked.flag("open");
        var now = time.now();
        var span = asked.kept(now);
        int limit = asked.limit();
        var listing = "incidents " + subject + " " + isOpen + " " + asked.spanWords();
        var place = asked.cursor().map(cursor -> Place.read(cursors.read(listing, cursor)));
        var rows = store.query(
                PAGE,
                Tuple.of(
                        Columns.time(span.from()),
                        Columns.time(span.to()),
                        subject,
                        isOpen,
                        place.map(Place::time).orElse(null),
                        place.map(Place::id).orElse(null),
                        limit + 1));
        Answers.with(
                context,
                200,
                rows.map(found -> Page.of(HistoryReader.list(found, row -> json(row, now)), limit)
                        .json(json -> json, cursors, listing, Incidents::place)));
    }

    private static String place(JsonObject json) {
        return new Place(Instant.parse(json.getString("opened_at")), json.getString("integration")).toString();
    }

    /** Those that are open.
     *
     * @param items the newest
     */
    record Open(long count, List<JsonObject> items) {}

    Future<Open> open(int limit, Instant now) {
        return store.query(OPEN, Tuple.of(limit)).map(rows -> {
            long count = rows.size() == 0 ? 0 : rows.iterator().next().getLong("open");
            return new Open(count, HistoryReader.list(rows, row -> json(row, now)));
        });
    }

    private static JsonObject json(Row row, Instant now) {
        var opened = Subjects.instant(row, "opened_at");
        var closed = row.getOffsetDateTime("closed_at");
        var end = closed == null ? now : closed.toInstant();
        var json = new JsonObject()
                .put("integration", row.getString("subject"))
                .put("name", row.getString("name"))
                .put("opened_at", opened.toString())
                .put("closed_at", closed == null ? null : end.toString())
                .put("lasted_seconds", Math.max(0, Duration.between(opened, end).toSeconds()))
                .put("failures", row.getInteger("failures"));
        Known.putIfThere(json, "reason", row.getString("reason"));
        Known.putIfThere(json, "message", row.getString("message"));
        return json;
    }
}
