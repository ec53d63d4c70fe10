package dev.koda.dashboard.verification;

import dev.koda.checks.TimeSource;
import dev.koda.dashboard.http.Cursors;
import dev.koda.dashboard.http.Refusal;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;

/** Lists the results of one integration, the newest first, as long as they are kept. */
final class VerificationList {
    private static final String EXISTS = "SELECT 1 FROM koda_ops.subject WHERE id = $1 AND class = 'integration'";

    private static final String PAGE = """
            SELECT id, started_at, trigger, status, reason, message, latency_us, http_status, fingerprint, revision, node
            FROM koda_ops.verification
            WHERE subject = $1 AND started_at >= $2
              AND ($3::integer IS NULL OR status = $3)
              AND ($4::timestamptz IS NULL OR started_at <= $4 AND (started_at, id) < ($4, $5::uuid))
            ORDER BY started_at DESC, id DESC LIMIT $6
            """;

    private final OperationsStore store;
    private final Cursors cursors;
    private final TimeSource time;

    VerificationList(OperationsStore store, Cursors cursors, TimeSource time) {
        this.store = store;
        this.cursors = cursors;
        this.time = time;
    }

    void list(RoutingContext context) {
        var asked = Asked.of(context, "status", "limit", "cursor");
        var id = Asked.id(context);
        var status = asked.status();
        int limit = asked.limit();
        var listing = "verifications " + id + " " + status;
        var place = asked.cursor().map(cursor -> Place.read(cursors.read(listing, cursor)));
        var oldest = time.now().minus(TimePartitions.RESULTS);
        if (place.isPresent() && place.get().at().isBefore(oldest)) {
            throw Refusal.of(
                    410,
                    "cursor_expired",
                    "what this cursor goes on from is older than the " + TimePartitions.RESULTS.toDays()
                            + " days for which results are kept; begin again without one");
        }
        var rows = store.query(EXISTS, Tuple.of(id)).compose(found -> {
            if (found.size() == 0) {
                throw Refusal.of(404, "there is no integration of this id");
            }
            return store.query(
                    PAGE,
                    Tuple.of(
                            id,
                            Columns.time(oldest),
                            status == null ? null : status.number(),
                            place.map(Place::time).orElse(null),
                            place.map(Place::uuid).orElse(null),
                            limit + 1));
        });
        Answers.with(
                context,
                200,
                rows.map(found -> Page.of(HistoryReader.list(found, VerificationList::json), limit)
                        .json(json -> json, cursors, listing, VerificationList::place)
                        .put("kept_from", oldest.toString())));
    }

    private static String place(JsonObject json) {
        return new Place(Instant.parse(json.getString("started_at")), json.getString("id")).toString();
    }

    private static JsonObject json(Row row) {
        var json = new JsonObject()
                .put("id", row.getUUID("id").toString())
                .put("started_at", Subjects.instant(row, "started_at").toString())
                .put("trigger", row.getString("trigger"))
                .put("status", Standing.of(row.getInteger("status")).toString())
                .put("node", row.getString("node"));
        var micros = row.getLong("latency_us");
        Known.putIfThere(json, "latency_ms", micros == null ? null : micros / 1e3);
        Known.putIfThere(json, "reason", row.getString("reason"));
        Known.putIfThere(json, "message", row.getString("message"));
        Known.putIfThere(json, "http_status", row.getInteger("http_status"));
        Known.putIfThere(json, "credential_fingerprint", row.getString("fingerprint"));
        Known.putIfThere(json, "configuration_revision", row.getString("revision"));
        return json;
    }

    /** The same of a result that was just made. */
    static JsonObject json(Verification result) {
        var json = new JsonObject()
                .put("id", result.id().toString())
                .put("started_at", result.startedAt().toString())
                .put("trigger", result.trigger().toString())
                .put("status", result.standing().toString())
                .put("node", result.node());
        var latency = result.latency();
        var credential = result.credential();
        Known.putIfThere(json, "latency_ms", latency == null ? null : latency.toNanos() / 1e6);
        Known.putIfThere(json, "reason", result.reason());
        Known.putIfThere(json, "message", result.message());
        Known.putIfThere(json, "http_status", result.httpStatus());
        Known.putIfThere(json, "credential_fingerprint", credential == null ? null : credential.digits());
        Known.putIfThere(json, "configuration_revision", result.revision());
        return json;
    }
}
