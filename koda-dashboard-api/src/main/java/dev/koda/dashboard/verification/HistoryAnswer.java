package dev.koda.dashboard.verification;

import dev.koda.dashboard.http.Refusal;
import dev.koda.dashboard.verification.Asked.Span;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The history of one subject as JSON: intervals without a hole, buckets, marks and uptime. */
final class HistoryAnswer {
    /** What a chart can show. */
    static final int MOST_BUCKETS = 400;

    private final HistoryReader reader;

    HistoryAnswer(HistoryReader reader) {
        this.reader = reader;
    }

    /**
     * Of a subject over a time.
     *
     * @param most how many buckets at most
     * @return fails with a {@link Refusal} 404 if there is none of this id
     */
    Future<JsonObject> of(String id, Subject.Type type, Span span, int most, Instant now) {
        var width = width(span, most, now);
        var known = reader.subject(id, type);
        var intervals = reader.intervals(id, span);
        var rollups = reader.rollups(id, span, width);
        var marks = reader.marks(id, span);
        return Future.all(known, intervals, rollups, marks)
                .map(done -> known.result()
                        .map(one -> json(one, span, now, intervals.result())
                                .put("bucket_seconds", width.toSeconds())
                                .put("buckets", buckets(rollups.result()))
                                .put("marks", new JsonArray(marks.result())))
                        .orElseThrow(() -> Refusal.of(404, "there is nothing of this id to be verified")));
    }

    /** Whole buckets of the store: of five minutes where they are kept and enough, else of an hour, or of a day. */
    static Duration width(Span span, int most, Instant now) {
        var least = span.length().dividedBy(most);
        if (least.compareTo(ResultTables.DAILY) >= 0) {
            return ResultTables.DAILY.multipliedBy(whole(least, ResultTables.DAILY));
        }
        boolean isDropped = span.from().isBefore(now.minus(TimePartitions.FINE));
        var step = isDropped
                        || least.compareTo(ResultTables.COARSE) > 0
                        || span.length().compareTo(Duration.ofDays(7)) > 0
                ? ResultTables.COARSE
                : ResultTables.FINE;
        return step.multipliedBy(Math.max(1, whole(least, step)));
    }

    /** How many steps it takes at least. */
    private static long whole(Duration length, Duration step) {
        return (length.toSeconds() + step.toSeconds() - 1) / step.toSeconds();
    }

    private static JsonObject json(Known known, Span span, Instant now, List<Interval> intervals) {
        // What lies ahead is not unknown, it is not there yet.
        var end = span.to().isAfter(now) ? now : span.to();
        var isCut = intervals.size() == HistoryReader.INTERVALS;
        var begin = isCut && intervals.get(0).since().isAfter(span.from())
                ? intervals.get(0).since()
                : span.from();
        var shown = new JsonArray();
        var all = end.isAfter(begin) ? Interval.covering(intervals, begin, end) : List.<Interval>of();
        all.forEach(interval -> shown.add(json(interval)));
        return new JsonObject()
                .put("subject", known.json(now))
                .put("from", span.from().toString())
                .put("to", span.to().toString())
                .put("uptime", Uptimes.json(Uptime.of(intervals, begin, end.isAfter(begin) ? end : begin)))
                .put("intervals_from", begin.toString())
                .put("intervals", shown);
    }

    private static JsonObject json(Interval interval) {
        var json = new JsonObject()
                .put("since", interval.since().toString())
                .put("until", interval.until().toString())
                .put("status", interval.standing().toString())
                .put("runs", interval.runs());
        Known.putIfThere(json, "reason", interval.reason());
        return json;
    }

    private static JsonArray buckets(Map<Instant, Rollup> rollups) {
        var buckets = new JsonArray();
        rollups.forEach((start, sum) -> {
            var json = new JsonObject()
                    .put("start", start.toString())
                    .put("pass", sum.passes())
                    .put("warn", sum.warns())
                    .put("fail", sum.fails())
                    .put("unknown", sum.unknowns());
            put(json, "p50_ms", sum.latencies().quantileMicros(0.5));
            put(json, "p95_ms", sum.latencies().quantileMicros(0.95));
            put(json, "p99_ms", sum.latencies().quantileMicros(0.99));
            if (sum.latencies().count() > 0) {
                json.put("max_ms", sum.longest().toNanos() / 1e6);
            }
            buckets.add(json);
        });
        return buckets;
    }

    /** In milliseconds, if it is known. */
    static void put(JsonObject json, String key, OptionalLong micros) {
        if (micros.isPresent()) {
            json.put(key, micros.getAsLong() / 1e3);
        }
    }
}
