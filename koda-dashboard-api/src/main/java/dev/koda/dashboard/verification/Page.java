package dev.koda.dashboard.verification;

import dev.koda.dashboard.http.Cursors;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;

/**
 * One page of a listing.
 *
 * @param items as many as were asked for at most
 * @param isMore whether there are others behind
 */
record Page<T>(List<T> items, boolean isMore) {
    /** From one row more than was asked for. */
    static <T> Page<T> of(List<T> rows, int limit) {
        return rows.size() > limit ? new Page<>(rows.subList(0, limit), true) : new Page<>(rows, false);
    }

    /** As JSON, with a cursor if there is more. */
    JsonObject json(Function<T, JsonObject> item, Cursors cursors, String listing, Function<T, String> place) {
        var json = new JsonArray();
        items.forEach(one -> json.add(item.apply(one)));
        return new JsonObject()
                .put("items", json)
                .put("next_cursor", isMore ? cursors.make(listing, place.apply(items.get(items.size() - 1))) : null);
    }
}
