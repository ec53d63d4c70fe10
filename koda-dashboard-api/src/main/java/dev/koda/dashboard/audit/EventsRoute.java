package dev.koda.dashboard.audit;

import dev.koda.dashboard.http.Cursors;
import dev.koda.dashboard.http.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lists the log, page by page, the newest first or the oldest. */
final class EventsRoute implements Handler<RoutingContext> {
    private static final PageLimit LIMIT = new PageLimit(50, 500);
    private static final Set<String> OWN = Set.of("limit", "order", "cursor");

    private final LogReader reader;
    private final Cursors cursors;

    EventsRoute(LogReader reader, Cursors cursors) {
        this.reader = reader;
        this.cursors = cursors;
    }

    /**
     * A page that is asked for.
     *
     * @param place beyond which it begins, in the direction of the order
     * @param isContinued true if a page was before it
     */
    private record Page(EventFilter filter, boolean isNewestFirst, int limit, long place, boolean isContinued) {
        /** What a cursor belongs to. */
        static String listing(EventFilter filter, boolean isNewestFirst) {
            return "audit/events " + (isNewestFirst ? "desc " : "asc ") + filter;
        }

        String listing() {
            return listing(filter, isNewestFirst);
        }
    }

    @Override
    public void handle(RoutingContext context) {
        var page = page(context.queryParams());
        reader.oldest()
                .compose(oldest -> {
                    check(page, oldest);
                    return found(page, oldest.filter(event -> event.seq() > 1).orElse(null));
                })
                .onSuccess(body -> answer(context, body))
                .onFailure(context::fail);
    }

    private Page page(MultiMap parameters) {
        for (var name : parameters.names()) {
            if (!OWN.contains(name) && !EventFilter.PARAMETERS.contains(name)) {
                throw Refusal.of(
                        400,
                        "unknown parameter; known are limit, order, cursor and "
                                + String.join(", ", EventFilter.PARAMETERS));
            }
        }
        var filter = EventFilter.of(parameters);
        boolean isNewestFirst = isNewestFirst(parameters.get("order"));
        var cursor = parameters.get("cursor");
        long start = isNewestFirst ? Long.MAX_VALUE : 0;
        long place = cursor == null ? start : Long.parseLong(cursors.read(Page.listing(filter, isNewestFirst), cursor));
        return new Page(filter, isNewestFirst, LIMIT.of(parameters.get("limit")), place, cursor != null);
    }

    private static boolean isNewestFirst(@Nullable String order) {
        if (order == null || order.equals("desc")) {
            return true;
        }
        if (order.equals("asc")) {
            return false;
        }
        throw Refusal.of(400, "order is desc, the newest first, or asc");
    }

    /** A listing that went on without what retention has taken meanwhile would look complete. */
    private static void check(Page page, Optional<LogReader.Moment> oldest) {
        if (!page.isContinued() || oldest.isEmpty()) {
            return;
        }
        long first = oldest.get().seq();
        if (page.isNewestFirst() ? page.place() <= first : page.place() + 1 < first) {
            throw Refusal.of(
                    410, "cursor_expired", "retention has taken the events that came next; begin again without it");
        }
    }

    /** @param oldest what is left behind that retention has taken; null if it has taken nothing */
    private Future<String> found(Page page, LogReader.@Nullable Moment oldest) {
        return reader.page(page.filter(), page.place(), page.isNewestFirst(), page.limit() + 1)
                .compose(events -> {
                    if (oldest != null && events.isEmpty()) {
                        checkSpan(page.filter(), oldest.occurredAt());
                    }
                    return reader.head().map(head -> body(page, events, oldest, head));
                });
    }

    /** None happened then is not what may be said of a time whose events retention has taken. */
    private static void checkSpan(EventFilter filter, Instant oldest) {
        var to = filter.to();
        if (to != null && !to.isAfter(oldest)) {
            throw Refusal.of(
                    410,
                    "past_retention",
                    "retention has taken all that happened before " + oldest + "; ask for a later time");
        }
    }

    private static String keptFrom(LogReader.@Nullable Moment oldest) {
        return oldest == null ? "null" : '"' + oldest.occurredAt().toString() + '"';
    }

    private String body(Page page, List<LogEvent> found, LogReader.@Nullable Moment oldest, long head) {
        boolean isMore = found.size() > page.limit();
        var events = isMore ? found.subList(0, page.limit()) : found;
        var next = isMore
                ? '"'
                        + cursors.make(
                                page.listing(),
                                Long.toString(events.get(events.size() - 1).seq()))
                        + '"'
                : "null";
        return events.stream().map(LogEvent::json).collect(Collectors.joining(",\n", "{\"items\":[", "]"))
                + ",\"next_cursor\":" + next + ",\"kept_from\":" + keptFrom(oldest) + ",\"head_seq\":" + head + "}";
    }

    /** Sends JSON that no cache keeps. */
    static void answer(RoutingContext context, String body) {
        var response = context.response();
        if (response.closed()) {
            return;
        }
        var bytes = Buffer.buffer(body);
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(bytes.length()));
        if (HttpMethod.HEAD.equals(context.request().method())) {
            response.end();
        } else {
            response.end(bytes);
        }
    }
}
