package dev.koda.dashboard.audit;

import dev.koda.dashboard.http.Refusal;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a stream begins.
 *
 * @param place behind which event
 * @param gapFrom the first of the events that the client will never get, because they have left the log; 0 if there is none
 * @param isReset true if what the client has seen is not in this log: it was restored from an older state
 */
record StreamStart(LogPlace place, long gapFrom, boolean isReset) {
    /** What a new watcher gets of what was before. */
    private static final int TAIL = 100;

    private static final int LONGEST_TAIL = 1_000;
    private static final Pattern ID = Pattern.compile("(\\d{1,18})-([0-9a-f]{8})");

    /** By the header that a browser sends when it comes back, else by the query string. */
    static Future<StreamStart> of(HttpServerRequest request, LogReader reader) {
        var id = request.getHeader("Last-Event-ID");
        if (id == null) {
            id = request.getParam("last_event_id");
        }
        if (id == null) {
            int tail = tail(request.getParam("tail"));
            return reader.end()
                    .compose(end -> before(end, tail, reader))
                    .map(place -> new StreamStart(place, 0, false));
        }
        var words = ID.matcher(id);
        if (!words.matches()) {
            throw Refusal.of(400, "Last-Event-ID is the id of an event of this stream");
        }
        return resume(Long.parseLong(words.group(1)), words.group(2), reader);
    }

    private static int tail(@Nullable String count) {
        if (count == null) {
            return TAIL;
        }
        if (!count.matches("\\d{1,4}") || Integer.parseInt(count) > LONGEST_TAIL) {
            throw Refusal.of(400, "tail is a number of events, at most " + LONGEST_TAIL);
        }
        return Integer.parseInt(count);
    }

    /** So many events before the end, or as many as there are. */
    private static Future<LogPlace> before(LogPlace end, int tail, LogReader reader) {
        if (tail == 0) {
            return Future.succeededFuture(end);
        }
        return reader.at(end.seq() - tail)
                .compose(found -> found.isPresent()
                        ? Future.succeededFuture(found.get().place())
                        : reader.beginning().map(first -> first.orElse(end)));
    }

    private static Future<StreamStart> resume(long seq, String hash, LogReader reader) {
        return reader.at(seq).compose(found -> {
            if (found.isPresent() && found.get().place().has(hash)) {
                return Future.succeededFuture(new StreamStart(found.get().place(), 0, false));
            }
            return reader.beginning()
                    .compose(first -> found.isPresent()
                            ? Future.succeededFuture(reset(first))
                            : reader.end().map(end -> missing(seq, hash, first, end)));
        });
    }

    /** An event that is not there was dropped, if others behind it are there; else the log is another one. */
    private static StreamStart missing(long seq, String hash, Optional<LogPlace> first, LogPlace end) {
        var oldest = first.orElse(end);
        if (oldest.seq() > seq) {
            return new StreamStart(oldest, seq + 1, false);
        }
        return oldest.seq() == seq && oldest.has(hash) ? new StreamStart(oldest, 0, false) : reset(first);
    }

    private static StreamStart reset(Optional<LogPlace> first) {
        return new StreamStart(first.orElse(LogPlace.ORIGIN), 0, true);
    }
}
