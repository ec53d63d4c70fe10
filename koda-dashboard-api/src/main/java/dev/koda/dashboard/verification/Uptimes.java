package dev.koda.dashboard.verification;

import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Adds up the intervals of many subjects where they are. */
final class Uptimes {
    /** The times that a list shows. */
    private static final Map<String, Duration> WINDOWS = windows();

    private static final String SECONDS = "coalesce(sum(greatest(0, date_part('epoch', least(i.until, $2)"
            + " - greatest(i.since, $%d)))) FILTER (WHERE i.status %s), 0)";

    private static final String OF_EACH = "SELECT i.subject, "
            + WINDOWS.keySet().stream().map(Uptimes::sums).collect(Collectors.joining(", "))
            + " FROM koda_ops.status_interval i"
            + " WHERE i.subject = ANY ($1::text[]) AND i.until > $6 AND i.since < $2 GROUP BY i.subject";

    private static final String OF_EACH_IN = "SELECT i.subject, " + SECONDS.formatted(3, "< 2") + " AS up, "
            + SECONDS.formatted(3, "= 2") + " AS down FROM koda_ops.status_interval i"
            + " WHERE i.subject = ANY ($1::text[]) AND i.until > $3 AND i.since < $2 GROUP BY i.subject";

    /**
     * Who has had one status all the time is known by its own row; of the others, the intervals from the one on that had
     * begun when the time began, by the primary key alone.
     */
    private static final String OF_ALL = """
            SELECT coalesce(sum(k.up), 0) AS up, coalesce(sum(k.down), 0) AS down, count(*) AS subjects
            FROM koda_ops.subject s
            LEFT JOIN LATERAL (
                SELECT sum(p.seconds) FILTER (WHERE p.status < 2) AS up,
                       sum(p.seconds) FILTER (WHERE p.status = 2) AS down
                FROM (SELECT s.status, greatest(0, date_part('epoch', least(s.until, $2) - $1)) AS seconds
                      WHERE s.since <= $1
                      UNION ALL
                      SELECT i.status,
                             greatest(0, date_part('epoch', least(i.until, $2) - greatest(i.since, $1)))
                      FROM koda_ops.status_interval i
                      WHERE s.since > $1 AND i.subject = s.id AND i.since < $2
                        AND i.since >= coalesce((SELECT max(b.since) FROM koda_ops.status_interval b
                                                 WHERE b.subject = s.id AND b.since <= $1), $1)) p) k ON true
            WHERE s.class = 'integration' AND s.is_active
            """;

    private final OperationsStore store;

    Uptimes(OperationsStore store) {
        this.store = store;
    }

    private static Map<String, Duration> windows() {
        var windows = new LinkedHashMap<String, Duration>();
        windows.put("24h", Duration.ofHours(24));
        windows.put("7d", Duration.ofDays(7));
        windows.put("30d", Duration.ofDays(30));
        windows.put("90d", Duration.ofDays(90));
        return windows;
    }

    private static String sums(String window) {
        int place = 3 + List.copyOf(WINDOWS.keySet()).indexOf(window);
        return SECONDS.formatted(place, "< 2") + " AS \"up_" + window + "\", " + SECONDS.formatted(place, "= 2")
                + " AS \"down_" + window + "\"";
    }

    /** By subject, those of the last day, week, month and quarter; without subjects that nothing is known of. */
    Future<Map<String, Map<String, Uptime>>> ofEach(Collection<String> subjects, Instant now) {
        var parameters = Tuple.of(subjects.toArray(String[]::new), Columns.time(now));
        WINDOWS.values().forEach(window -> parameters.addValue(Columns.time(now.minus(window))));
        return store.query(OF_EACH, parameters).map(rows -> {
            var uptimes = new HashMap<String, Map<String, Uptime>>();
            rows.forEach(row -> uptimes.put(row.getString("subject"), windowsOf(row)));
            return uptimes;
        });
    }

    /** By subject, that of a time; without subjects that nothing is known of in it. */
    Future<Map<String, Uptime>> ofEach(Collection<String> subjects, Asked.Span span) {
        var parameters = Tuple.of(subjects.toArray(String[]::new), Columns.time(span.to()), Columns.time(span.from()));
        return store.query(OF_EACH_IN, parameters).map(rows -> {
            var uptimes = new HashMap<String, Uptime>();
            rows.forEach(row -> uptimes.put(
                    row.getString("subject"), Uptime.known(seconds(row, "up"), seconds(row, "down"), span.length())));
            return uptimes;
        });
    }

    private static Map<String, Uptime> windowsOf(Row row) {
        var uptimes = new LinkedHashMap<String, Uptime>();
        WINDOWS.forEach((name, window) ->
                uptimes.put(name, Uptime.known(seconds(row, "up_" + name), seconds(row, "down_" + name), window)));
        return uptimes;
    }

    /** That of all integrations together. */
    Future<Uptime> ofAll(Instant from, Instant to) {
        return store.query(OF_ALL, Tuple.of(Columns.time(from), Columns.time(to)))
                .map(rows -> {
                    var row = rows.iterator().next();
                    var whole = Duration.between(from, to).multipliedBy(row.getLong("subjects"));
                    return Uptime.known(seconds(row, "up"), seconds(row, "down"), whole);
                });
    }

    private static Duration seconds(Row row, String column) {
        return Duration.ofMillis(Math.round(row.getDouble(column) * 1_000));
    }

    /** As JSON: null where nothing is known. */
    static JsonObject json(Map<String, Uptime> uptimes) {
        var json = new JsonObject();
        WINDOWS.forEach((name, window) ->
                json.put(name, json(uptimes.getOrDefault(name, Uptime.known(Duration.ZERO, Duration.ZERO, window)))));
        return json;
    }

    static JsonObject json(Uptime uptime) {
        var ratio = uptime.ratio();
        return new JsonObject()
                .put("ratio", ratio.isPresent() ? ratio.getAsDouble() : null)
                .put("up_seconds", uptime.up().toSeconds())
                .put("down_seconds", uptime.down().toSeconds())
                .put("unknown_seconds", uptime.unknown().toSeconds());
    }
}
