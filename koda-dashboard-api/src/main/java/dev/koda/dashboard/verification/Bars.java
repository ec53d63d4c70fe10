package dev.koda.dashboard.verification;

import dev.koda.dashboard.verification.Asked.Span;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;

/**
 * The buckets of a time in which a row of bars is drawn: one letter for each, the oldest first.
 *
 * @param from where the first one begins: not after the time
 * @param width of each
 * @param count how many there are: all that the time touches
 */
record Bars(Instant from, Duration width, int count) {
    /** Where nothing is known. */
    private static final String UNKNOWN = "u";

    /** Those of a history with so many buckets; one more where the time begins within one. */
    static Bars of(Span span, int most, Instant now) {
        var width = HistoryAnswer.width(span, most, now);
        var from = Rollup.bucket(span.from(), width);
        long seconds = width.toSeconds();
        long length = Duration.between(from, span.to()).toSeconds();
        return new Bars(from, width, (int) ((length + seconds - 1) / seconds));
    }

    /** Of a statement about some integrations: their ids, from when, until when, and how wide. */
    Tuple parameters(String[] ids, Span span) {
        return Tuple.of(ids, Columns.time(from), Columns.time(span.to()), (double) width.toSeconds());
    }

    /** Before the first result. */
    String unknown() {
        return UNKNOWN.repeat(count);
    }

    /** From a row that has the letters of some of them, and which ones these are. */
    String letters(Row row) {
        var letters = new StringBuilder(unknown());
        var known = row.getString("letters");
        var places = row.getArrayOfIntegers("places");
        for (int i = 0; i < places.length; i++) {
            letters.setCharAt(places[i], known.charAt(i));
        }
        return letters.toString();
    }
}
