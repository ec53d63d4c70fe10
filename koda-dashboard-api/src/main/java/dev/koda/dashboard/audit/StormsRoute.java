package dev.koda.dashboard.audit;

import dev.koda.dashboard.http.Cursors;
import dev.koda.dashboard.http.Refusal;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lists the storms, the newest first. */
final class StormsRoute implements Handler<RoutingContext> {
    private static final PageLimit LIMIT = new PageLimit(50, 500);
    private static final Set<String> KNOWN = Set.of("open", "limit", "cursor");
    private static final Instant NEWEST = Instant.parse("9999-01-01T00:00:00Z");

    private final StormBook book;
    private final Cursors cursors;

    StormsRoute(StormBook book, Cursors cursors) {
        this.book = book;
        this.cursors = cursors;
    }

    @Override
    public void handle(RoutingContext context) {
        var parameters = context.queryParams();
        if (!KNOWN.containsAll(parameters.names())) {
            throw Refusal.of(400, "unknown parameter; known are open, limit and cursor");
        }
        boolean isOpen = isOpen(parameters.get("open"));
        int limit = LIMIT.of(parameters.get("limit"));
        var listing = "audit/storms " + isOpen;
        var cursor = parameters.get("cursor");
        var place = cursor == null
                ? List.of(NEWEST.toString(), new UUID(-1, -1).toString())
                : List.of(cursors.read(listing, cursor).split(" ", 2));
        book.list(isOpen, Instant.parse(place.get(0)), UUID.fromString(place.get(1)), limit + 1)
                .onSuccess(found -> answer(context, listing, found, limit))
                .onFailure(context::fail);
    }

    private static boolean isOpen(@Nullable String word) {
        if (word == null || word.equals("false")) {
            return false;
        }
        if (word.equals("true")) {
            return true;
        }
        throw Refusal.of(400, "open is true, for the storms that go on, or false, for all");
    }

    private void answer(RoutingContext context, String listing, List<Storm> found, int limit) {
        var storms = found.subList(0, Math.min(limit, found.size()));
        var items = new JsonArray();
        storms.forEach(storm -> items.add(storm.json()));
        var last = found.size() > limit ? storms.get(limit - 1) : null;
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(new JsonObject()
                        .put("items", items)
                        .put(
                                "next_cursor",
                                last == null ? null : cursors.make(listing, last.startedAt() + " " + last.id()))
                        .toBuffer());
    }
}
