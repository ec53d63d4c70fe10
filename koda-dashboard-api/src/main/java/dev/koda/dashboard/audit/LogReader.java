package dev.koda.dashboard.audit;

import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads the log, by number or by id. */
final class LogReader {
    private static final String AFTER =
            "SELECT " + LogEvent.COLUMNS + " FROM koda_ops.audit_log WHERE seq > $1 ORDER BY seq LIMIT $2";
    private static final String SEEN =
            "SELECT " + SeenEvent.COLUMNS + " FROM koda_ops.audit_log WHERE seq > $1 ORDER BY seq LIMIT $2";
    private static final String FROM =
            "SELECT " + LogEvent.COLUMNS + " FROM koda_ops.audit_log WHERE seq >= $1 ORDER BY seq LIMIT $2";
    private static final String ONE = "SELECT " + LogEvent.COLUMNS + " FROM koda_ops.audit_log WHERE seq = $1";
    private static final String OF_ID =
            "SELECT " + LogEvent.COLUMNS + " FROM koda_ops.audit_log WHERE id = $1 ORDER BY seq LIMIT 1";
    private static final String OLDEST = "SELECT seq, occurred_at FROM koda_ops.audit_log ORDER BY seq LIMIT 1";
    private static final String BEGINNING =
            "SELECT seq - 1 AS seq, previous AS hash FROM koda_ops.audit_log ORDER BY seq LIMIT 1";
    private static final String END = "SELECT seq, hash FROM koda_ops.audit_head";

    private static final String CHECKPOINTS =
            "SELECT seq, note FROM koda_ops.audit_checkpoint WHERE seq BETWEEN $1 AND $2";

    private final OperationsStore store;

    LogReader(OperationsStore store) {
        this.store = store;
    }

    /** The events behind this number, in their order. */
    Future<List<LogEvent>> after(long seq, int limit) {
        return store.query(AFTER, Tuple.of(seq, limit)).map(LogReader::events);
    }

    /** The events behind this number, for the watch for storms. */
    Future<List<SeenEvent>> seen(long seq, int limit) {
        return store.query(SEEN, Tuple.of(seq, limit)).map(rows -> {
            var events = new ArrayList<SeenEvent>(rows.size());
            rows.forEach(row -> events.add(SeenEvent.of(row)));
            return events;
        });
    }

    /** The event of this number and those behind it, in their order. */
    Future<List<LogEvent>> from(long seq, int limit) {
        return store.query(FROM, Tuple.of(seq, limit)).map(LogReader::events);
    }

    /** The event of this number; empty if there is none. */
    Future<Optional<LogEvent>> at(long seq) {
        return store.query(ONE, Tuple.of(seq)).map(rows -> events(rows).stream().findFirst());
    }

    /** The event of this id, the first if somebody has made more of it; empty if there is none. */
    Future<Optional<LogEvent>> of(UUID id) {
        return store.query(OF_ID, Tuple.of(id))
                .map(rows -> events(rows).stream().findFirst());
    }

    /** The number of the last event; 0 if there is none. */
    Future<Long> head() {
        return end().map(LogPlace::seq);
    }

    /** Behind the last event. */
    Future<LogPlace> end() {
        return store.query(END).map(rows -> LogPlace.of(rows.iterator().next()));
    }

    /** Before the oldest event that is left; empty if there is none. */
    Future<Optional<LogPlace>> beginning() {
        return store.query(BEGINNING).map(rows -> {
            var row = rows.iterator();
            return row.hasNext() ? Optional.of(LogPlace.of(row.next())) : Optional.empty();
        });
    }

    /** The number and time of an event. */
    record Moment(long seq, Instant occurredAt) {}

    /** Those of the oldest event that is left; empty if there is none. */
    Future<Optional<Moment>> oldest() {
        return store.query(OLDEST).map(rows -> {
            var found = rows.iterator();
            if (!found.hasNext()) {
                return Optional.empty();
            }
            var row = found.next();
            return Optional.of(new Moment(
                    row.getLong("seq"), row.getOffsetDateTime("occurred_at").toInstant()));
        });
    }

    /** The checkpoints of these numbers, as they were signed, by number. */
    Future<Map<Long, String>> checkpoints(long from, long to) {
        return store.query(CHECKPOINTS, Tuple.of(from, to)).map(rows -> {
            var notes = new HashMap<Long, String>();
            rows.forEach(row -> notes.put(row.getLong("seq"), row.getString("note")));
            return notes;
        });
    }

    /**
     * Those that a filter shows.
     *
     * @param place beyond which they begin, in the direction of the order
     * @param isNewestFirst the order
     */
    Future<List<LogEvent>> page(EventFilter filter, long place, boolean isNewestFirst, int limit) {
        var parameters = Tuple.of(place);
        var sql = "SELECT " + LogEvent.COLUMNS + " FROM koda_ops.audit_log WHERE seq " + (isNewestFirst ? "<" : ">")
                + " $1" + filter.sql(parameters) + " ORDER BY seq" + (isNewestFirst ? " DESC" : "");
        parameters.addInteger(limit);
        var limited = sql + " LIMIT $" + parameters.size();
        return store.transaction(connection -> connection.preparedQuery(limited).execute(parameters))
                .map(LogReader::events);
    }

    private static List<LogEvent> events(RowSet<Row> rows) {
        var events = new ArrayList<LogEvent>(rows.size());
        rows.forEach(row -> events.add(LogEvent.of(row)));
        return events;
    }
}
