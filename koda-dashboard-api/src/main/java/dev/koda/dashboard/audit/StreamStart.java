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
 * @param seq behind which event
 * @param gapFrom the first of the events that the client will never get, because they have left the log; 0 if there is none
 * @param isReset true if what the client has seen is not in this log: it was restored from an older state
 */
record StreamStart(long seq, long gapFrom, boolean isReset) {
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
            return reader.head().map(head -> new StreamStart(Math.max(0, head - tail), 0, false));
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

    private static Future<StreamStart> resume(long seq, String hash, LogReader reader) {
        return reader.at(seq).compose(found -> {
            if (found.isPresent()) {
                boolean isSame = found.get().hash().startsWith(hash);
                return Future.succeededFuture(new StreamStart(isSame ? seq : 0, 0, !isSame));
            }
            return reader.first().map(first -> missing(seq, first));
        });
    }

    /** An event that is not there was dropped, if others behind it are there; else the log is another one. */
    private static StreamStart missing(long seq, Optional<Long> first) {
        if (first.isPresent() && first.get() > seq) {
            long before = first.get() - 1;
            return new StreamStart(before, before > seq ? seq + 1 : 0, false);
        }
        return new StreamStart(0, 0, true);
    }
}
