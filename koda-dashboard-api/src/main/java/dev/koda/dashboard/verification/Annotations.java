package dev.koda.dashboard.verification;

import dev.koda.checks.CheckId;
import dev.koda.checks.Redactor;
import dev.koda.checks.TimeSource;
import dev.koda.dashboard.audit.AuditEvent;
import dev.koda.dashboard.audit.AuditEventType;
import dev.koda.dashboard.audit.AuditTrail;
import dev.koda.dashboard.http.Caller;
import dev.koda.dashboard.http.Cursors;
import dev.koda.dashboard.http.JsonBody;
import dev.koda.dashboard.http.Refusal;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happened at a moment: listed, and added by operators. */
final class Annotations {
    static final String COLUMNS = "id, at, kind, subject, text, author";

    /** What operators may note: also a rotation by hand, which a server notes itself where it knows the credential. */
    private static final Set<String> KINDS = Set.of("note", "deploy", "maintenance", "rotation");

    private static final int LONGEST = 500;

    /** Something planned may lie ahead. */
    private static final Duration AHEAD = Duration.ofDays(90);

    private static final String PAGE = "SELECT " + COLUMNS + """
             FROM koda_ops.annotation
            WHERE at >= $1 AND at <= $2 AND ($3::text IS NULL OR subject = $3)
              AND ($4::timestamptz IS NULL OR (at, id) < ($4, $5::uuid))
            ORDER BY at DESC, id DESC LIMIT $6
            """;

    private static final String ADD = "INSERT INTO koda_ops.annotation (" + COLUMNS
            + ") SELECT $1, $2, $3, $4, $5, $6 WHERE $4::text IS NULL"
            + " OR EXISTS (SELECT 1 FROM koda_ops.subject WHERE id = $4 AND class = 'integration')";

    private final OperationsStore store;
    private final AuditTrail trail;
    private final Cursors cursors;
    private final Redactor redactor;
    private final TimeSource time;

    Annotations(OperationsStore store, AuditTrail trail, Cursors cursors, Redactor redactor, TimeSource time) {
        this.store = store;
        this.trail = trail;
        this.cursors = cursors;
        this.redactor = redactor;
        this.time = time;
    }

    void list(RoutingContext context) {
        var asked = Asked.of(context, "range", "from", "to", "integration", "limit", "cursor");
        var subject = asked.id("integration");
        var span = asked.kept(time.now());
        int limit = asked.limit();
        var listing = "annotations " + subject + " " + asked.spanWords();
        var place = asked.cursor().map(cursor -> Place.read(cursors.read(listing, cursor)));
        var rows = store.query(
                PAGE,
                Tuple.of(
                        Columns.time(span.from()),
                        Columns.time(span.to()),
                        subject,
                        place.map(Place::time).orElse(null),
                        place.map(Place::uuid).orElse(null),
                        limit + 1));
        Answers.with(
                context,
                200,
                rows.map(found -> Page.of(HistoryReader.list(found, Annotations::json), limit)
                        .json(json -> json, cursors, listing, Annotations::place)));
    }

    private static String place(JsonObject json) {
        return new Place(Instant.parse(json.getString("at")), json.getString("id")).toString();
    }

    static JsonObject json(Row row) {
        var json = new JsonObject()
                .put("id", row.getUUID("id").toString())
                .put("at", Subjects.instant(row, "at").toString())
                .put("kind", row.getString("kind"))
                .put("text", row.getString("text"));
        Known.putIfThere(json, "integration", row.getString("subject"));
        Known.putIfThere(json, "author", row.getString("author"));
        return json;
    }

    void add(RoutingContext context) {
        Asked.of(context);
        var caller = Caller.of(context);
        Answers.with(context, 201, add(JsonBody.of(context).only("kind", "text", "at", "integration"), caller));
    }

    private Future<JsonObject> add(JsonBody body, Caller caller) {
        var kind = body.text("kind");
        if (!KINDS.contains(kind)) {
            throw Refusal.of(400, "kind is note, deploy, maintenance or rotation");
        }
        var clean = redactor.redact(storable("text", body.text("text"), LONGEST));
        var subject = body.optional("integration")
                .map(id -> storable("integration", id, CheckId.LONGEST))
                .orElse(null);
        var at = at(body.optional("at").orElse(null));
        var id = UUID.randomUUID();
        var event = AuditEvent.of(AuditEventType.ANNOTATION_ADDED)
                .by(caller.name())
                .to(subject)
                .with("annotation_id", id.toString())
                .with("kind", kind)
                .with("text", clean);
        return trail.record(event)
                .compose(noted -> store.query(ADD, Tuple.of(id, Columns.time(at), kind, subject, clean, caller.name())))
                .map(added -> {
                    if (added.rowCount() == 0) {
                        throw Refusal.of(404, "there is no integration of this id");
                    }
                    var json = new JsonObject()
                            .put("id", id.toString())
                            .put("at", at.toString())
                            .put("kind", kind)
                            .put("text", clean)
                            .put("author", caller.name());
                    Known.putIfThere(json, "integration", subject);
                    return json;
                });
    }

    private static String storable(String name, String text, int longest) {
        if (text.length() > longest || text.indexOf('\0') >= 0) {
            throw Refusal.of(400, name + " is a text of 1 to " + longest + " characters");
        }
        return text;
    }

    private Instant at(@Nullable String text) {
        var now = time.now().truncatedTo(ChronoUnit.MICROS);
        if (text == null) {
            return now;
        }
        var at = Asked.instant("at", text).truncatedTo(ChronoUnit.MICROS);
        if (at.isBefore(now.minus(Retention.KEPT)) || at.isAfter(now.plus(AHEAD))) {
            throw Refusal.of(
                    400, "at lies " + Retention.KEPT.toDays() + " days back at most, and " + AHEAD.toDays() + " ahead");
        }
        return at;
    }
}
