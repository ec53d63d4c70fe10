package dev.koda.dashboard.verification;

import dev.koda.checks.TimeSource;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a page shows first: how many integrations have which status, the worst of them, and what is open. */
final class Summary {
    private static final int WORST = 10;
    private static final Duration UPTIME = Duration.ofHours(24);

    /** Shorter than people look away, and than most things take to be verified. */
    static final Duration REUSED = Duration.ofSeconds(2);

    /** By the server where it is a check of the doctor. */
    private static final String COUNTS = """
            SELECT class, CASE class WHEN 'doctor' THEN origin ELSE '' END AS node,
                   CASE WHEN until > $1 THEN status ELSE 3 END AS standing, count(*) AS subjects
            FROM koda_ops.subject WHERE is_active GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
            """;

    /** What fails comes first, then what nobody knows. */
    private static final String WORST_OF_ALL = "SELECT " + Known.COLUMNS + """
             FROM koda_ops.subject
            WHERE class = 'integration' AND is_active AND CASE WHEN until > $1 THEN status ELSE 3 END <> 0
            ORDER BY CASE CASE WHEN until > $1 THEN status ELSE 3 END WHEN 2 THEN 0 WHEN 3 THEN 1 ELSE 2 END,
                     since, id
            LIMIT $2
            """;

    private final OperationsStore store;
    private final Uptimes uptimes;
    private final Incidents incidents;
    private final TimeSource time;
    private @Nullable Shown last;

    Summary(OperationsStore store, Uptimes uptimes, Incidents incidents, TimeSource time) {
        this.store = store;
        this.uptimes = uptimes;
        this.incidents = incidents;
        this.time = time;
    }

    void show(RoutingContext context) {
        Asked.of(context);
        var shown = recent();
        Answers.with(
                context,
                200,
                shown.json()
                        .map(json -> new JsonObject(new LinkedHashMap<>(json.getMap()))
                                .put(
                                        "age_ms",
                                        Duration.ofNanos(time.nanos() - shown.nanos())
                                                .toMillis())));
    }

    /** However many look, one of them asks, and the others see what it sees for a moment. */
    private synchronized Shown recent() {
        var known = last;
        if (known != null && !known.json().failed() && time.nanos() - known.nanos() < REUSED.toNanos()) {
            return known;
        }
        var now = new Shown(time.nanos(), made(time.now()));
        last = now;
        return now;
    }

    private record Shown(long nanos, Future<JsonObject> json) {}

    /** As it is now. */
    Future<JsonObject> made(Instant now) {
        var counts = store.query(COUNTS, Tuple.of(Columns.time(now)));
        var uptime = uptimes.ofAll(now.minus(UPTIME), now);
        var worst = store.query(WORST_OF_ALL, Tuple.of(Columns.time(now), WORST))
                .map(rows -> HistoryReader.list(rows, Known::of));
        var open = incidents.open(WORST, now);
        return Future.all(counts, uptime, worst, open)
                .map(done -> new JsonObject()
                        .put("generated_at", now.toString())
                        .put("integrations", integrations(counts.result()))
                        .put("uptime_24h", Uptimes.json(uptime.result()))
                        .put("worst", worst(worst.result(), now))
                        .put(
                                "incidents",
                                new JsonObject()
                                        .put("open", open.result().count())
                                        .put(
                                                "items",
                                                new JsonArray(open.result().items())))
                        .put("doctor", doctor(counts.result())));
    }

    private static JsonObject integrations(RowSet<Row> rows) {
        var counts = empty();
        rows.forEach(row -> {
            if (row.getString("class").equals(Subject.Type.INTEGRATION.toString())) {
                count(counts, row);
            }
        });
        return counts;
    }

    private static JsonArray doctor(RowSet<Row> rows) {
        var nodes = new JsonArray();
        for (var row : rows) {
            if (row.getString("class").equals(Subject.Type.DOCTOR.toString())) {
                var node = row.getString("node");
                if (nodes.isEmpty()
                        || !nodes.getJsonObject(nodes.size() - 1)
                                .getString("node")
                                .equals(node)) {
                    nodes.add(empty().put("node", node));
                }
                count(nodes.getJsonObject(nodes.size() - 1), row);
            }
        }
        return nodes;
    }

    private static JsonObject empty() {
        var counts = new JsonObject().put("total", 0L);
        List.of(Standing.values()).forEach(standing -> counts.put(standing.toString(), 0L));
        return counts;
    }

    private static void count(JsonObject counts, Row row) {
        long subjects = row.getLong("subjects");
        counts.put(Standing.of(row.getInteger("standing")).toString(), subjects);
        counts.put("total", counts.getLong("total") + subjects);
    }

    private static JsonArray worst(List<Known> worst, Instant now) {
        var json = new JsonArray();
        worst.forEach(one -> json.add(one.json(now)));
        return json;
    }
}
