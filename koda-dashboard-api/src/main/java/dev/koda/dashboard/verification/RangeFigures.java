package dev.koda.dashboard.verification;

import dev.koda.dashboard.store.OperationsStore;
import dev.koda.dashboard.verification.Asked.Span;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a row of a table of integrations shows of a time, for a page of them at once. */
final class RangeFigures {
    private static final int MARKS = 20;

    /** The worst result of a bucket names it. */
    private static final String BARS = """
            SELECT b.subject, array_agg(b.place ORDER BY b.place) AS places,
                   string_agg(b.letter, '' ORDER BY b.place) AS letters,
                   sum(b.runs)::bigint AS runs, sum(b.fails)::bigint AS fails
            FROM (SELECT subject, floor(date_part('epoch', bucket - $2::timestamptz) / $4)::integer AS place,
                         CASE WHEN sum(fails) > 0 THEN 'f' WHEN sum(warns) > 0 THEN 'w'
                              WHEN sum(passes) > 0 THEN 'p' ELSE 'u' END AS letter,
                         sum(passes + warns + fails + unknowns) AS runs, sum(fails) AS fails
                  FROM koda_ops.%s
                  WHERE subject = ANY ($1::text[]) AND bucket >= $2 AND bucket < $3
                  GROUP BY 1, 2) b
            GROUP BY b.subject
            """;

    private static final String MARKS_OF_EACH =
            "SELECT " + Annotations.COLUMNS + " FROM (SELECT " + Annotations.COLUMNS + """
            , row_number() OVER (PARTITION BY subject ORDER BY at DESC, id DESC) AS nth
             FROM koda_ops.annotation
            WHERE (subject = ANY ($1::text[]) OR subject IS NULL) AND at >= $2 AND at <= $3) m
            WHERE nth <= $4
            """;

    private final OperationsStore store;
    private final Uptimes uptimes;
    private final Latencies latencies;

    RangeFigures(OperationsStore store, Uptimes uptimes, Latencies latencies) {
        this.store = store;
        this.uptimes = uptimes;
        this.latencies = latencies;
    }

    /** Adds to each of these, by id, the bars, the figures and the marks of a time. */
    Future<Void> addTo(Map<String, JsonObject> items, Span span, Bars bars) {
        var rows = store.query(BARS.formatted(HistoryReader.tableOf(bars.width())), bars.parameters(ids(items), span));
        var marks = store.query(
                MARKS_OF_EACH, Tuple.of(ids(items), Columns.time(span.from()), Columns.time(span.to()), MARKS));
        var known = uptimes.ofEach(items.keySet(), span);
        var histograms = latencies.of(items.keySet(), span);
        return Future.all(rows, marks, known, histograms).map(done -> {
            items.forEach((id, item) -> item.put("bars", bars.unknown())
                    .put(
                            "in_range",
                            figures(
                                    known.result().get(id),
                                    span,
                                    histograms.result().get(id))));
            rows.result().forEach(row -> addBars(items, row, bars));
            addMarks(items, HistoryReader.list(marks.result(), Annotations::json));
            return null;
        });
    }

    private static String[] ids(Map<String, JsonObject> items) {
        return items.keySet().toArray(String[]::new);
    }

    private static JsonObject figures(@Nullable Uptime known, Span span, @Nullable LatencyHistogram latencies) {
        var uptime = known == null ? Uptime.known(Duration.ZERO, Duration.ZERO, span.length()) : known;
        var json = new JsonObject()
                .put("uptime", Uptimes.json(uptime))
                .put("verifications", 0L)
                .put("fails", 0L);
        if (latencies != null) {
            HistoryAnswer.put(json, "p50_ms", latencies.quantileMicros(0.5));
            HistoryAnswer.put(json, "p95_ms", latencies.quantileMicros(0.95));
        }
        return json;
    }

    private static void addBars(Map<String, JsonObject> items, Row row, Bars bars) {
        var item = items.get(row.getString("subject"));
        if (item != null) {
            item.put("bars", bars.letters(row));
            item.getJsonObject("in_range")
                    .put("verifications", row.getLong("runs"))
                    .put("fails", row.getLong("fails"));
        }
    }

    /** Those of each, and those that are about all. */
    private static void addMarks(Map<String, JsonObject> items, List<JsonObject> marks) {
        items.forEach((id, item) -> item.put(
                "marks",
                new JsonArray(marks.stream()
                        .filter(mark -> id.equals(mark.getString("integration", id)))
                        .sorted(Comparator.comparing(RangeFigures::at).reversed())
                        .limit(MARKS)
                        .toList())));
    }

    private static Instant at(JsonObject mark) {
        return Instant.parse(mark.getString("at"));
    }
}
