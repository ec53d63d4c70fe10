package dev.koda.dashboard.verification;

import dev.koda.checks.TimeSource;
import dev.koda.dashboard.http.Cursors;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists the checks of the doctor with their status and uptimes, by id. */
final class Listing {
    private static final String PAGE = "SELECT " + Known.COLUMNS + """
             FROM koda_ops.subject
            WHERE class = 'doctor' AND is_active AND ($1::text IS NULL OR id > $1)
              AND ($2::integer IS NULL OR CASE WHEN until > $3 THEN status ELSE 3 END = $2)
              AND ($4::text IS NULL OR kind = $4)
              AND ($5::text IS NULL OR strpos(lower(id || ' ' || name), lower($5)) > 0)
              AND ($6::text IS NULL OR origin = $6)
            ORDER BY id LIMIT $7
            """;

    private final OperationsStore store;
    private final Uptimes uptimes;
    private final Cursors cursors;
    private final TimeSource time;

    Listing(OperationsStore store, Uptimes uptimes, Cursors cursors, TimeSource time) {
        this.store = store;
        this.uptimes = uptimes;
        this.cursors = cursors;
        this.time = time;
    }

    /** A page of those that are asked for, and of one server if that is not null. */
    Future<JsonObject> page(Asked asked, @Nullable String origin) {
        var now = time.now();
        var status = asked.status();
        var kind = asked.text("kind");
        var words = asked.text("q");
        int limit = asked.limit();
        var listing = String.join(" ", Subject.Type.DOCTOR.toString(), String.valueOf(status), kind, words, origin);
        var place = asked.cursor().map(cursor -> cursors.read(listing, cursor)).orElse(null);
        var parameters = Tuple.of(
                place, status == null ? null : status.number(), Columns.time(now), kind, words, origin, limit + 1);
        return store.query(PAGE, parameters)
                .map(rows -> Page.of(HistoryReader.list(rows, Known::of), limit))
                .compose(page -> uptimes.ofEach(ids(page), now)
                        .map(known -> page.json(
                                one -> one.json(now)
                                        .put(
                                                "uptime",
                                                Uptimes.json(known.getOrDefault(
                                                        one.subject().id(), Map.of()))),
                                cursors,
                                listing,
                                one -> one.subject().id())));
    }

    private static List<String> ids(Page<Known> page) {
        return page.items().stream().map(one -> one.subject().id()).toList();
    }
}
