package dev.koda.dashboard.verification;

import dev.koda.checks.TimeSource;
import dev.koda.dashboard.http.Cursors;
import dev.koda.dashboard.store.OperationsStore;
import dev.koda.dashboard.verification.Asked.Span;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists integrations with their status and uptimes, and with what a row of a table shows of a time if that is asked for. */
final class IntegrationList {
    /** What its query string may have. */
    static final List<String> PARAMETERS =
            List.of("status", "state", "kind", "provider", "q", "range", "bars", "sort", "limit", "cursor");

    private final Selection selection;
    private final Ranking ranking;
    private final RangeFigures figures;
    private final Uptimes uptimes;
    private final Cursors cursors;
    private final TimeSource time;

    IntegrationList(OperationsStore store, Uptimes uptimes, Cursors cursors, TimeSource time) {
        var latencies = new Latencies(store);
        selection = new Selection(store);
        ranking = new Ranking(store, latencies);
        figures = new RangeFigures(store, uptimes, latencies);
        this.uptimes = uptimes;
        this.cursors = cursors;
        this.time = time;
    }

    void list(RoutingContext context) {
        Answers.with(context, 200, page(Asked.of(context, PARAMETERS.toArray(String[]::new))));
    }

    private Future<JsonObject> page(Asked asked) {
        var wish = Selection.Wish.of(asked);
        var words = asked.words(PARAMETERS, "limit", "bars", "cursor");
        var spot = asked.cursor().map(cursor -> Selection.Spot.read(cursors.read(words, cursor)));
        var now = time.now();
        var span = asked.lately(spot.map(Selection.Spot::end).orElse(Ranking.moment(now)));
        var count = asked.bars();
        var bars = count == null ? null : Bars.of(span, count, now);
        int limit = asked.limit();
        var providers = selection.providers();
        return ranking.places(wish.order(), wish.trouble(), span)
                .compose(places -> selection.rows(wish, places, now, spot.orElse(null), limit + 1))
                .map(rows -> Page.of(rows, limit))
                .compose(page -> filled(page.items(), now, span, bars)
                        .map(items ->
                                json(items, bars).put("next_cursor", page.isMore() ? cursor(words, page, span) : null)))
                .compose(json -> providers.map(all -> json.put("providers", new JsonArray(all))));
    }

    private String cursor(String words, Page<Selection.Chosen> page, Span span) {
        var last = page.items().get(page.items().size() - 1);
        return cursors.make(words, last.spot(span.to()).toString());
    }

    private Future<Map<String, JsonObject>> filled(
            List<Selection.Chosen> chosen, Instant now, Span span, @Nullable Bars bars) {
        var items = new LinkedHashMap<String, JsonObject>();
        chosen.forEach(one -> items.put(one.id(), one.known().json(now)));
        var added = bars == null || items.isEmpty() ? Future.<Void>succeededFuture() : figures.addTo(items, span, bars);
        return Future.all(uptimes.ofEach(items.keySet(), now), added).map(done -> {
            Map<String, Map<String, Uptime>> known = done.resultAt(0);
            items.forEach((id, item) -> item.put("uptime", Uptimes.json(known.getOrDefault(id, Map.of()))));
            return items;
        });
    }

    private static JsonObject json(Map<String, JsonObject> items, @Nullable Bars bars) {
        var json = new JsonObject().put("items", new JsonArray(List.copyOf(items.values())));
        return Optional.ofNullable(bars)
                .map(drawn -> json.put("bars_from", drawn.from().toString())
                        .put("bar_seconds", drawn.width().toSeconds()))
                .orElse(json);
    }
}
