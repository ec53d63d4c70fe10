package dev.koda.dashboard.verification;

import dev.koda.dashboard.store.OperationsStore;
import dev.koda.dashboard.verification.Ranking.Places;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Chooses integrations for a page, in an order. */
final class Selection {
    private static final String CHOSEN = "SELECT " + Known.NAMES + """
            , order_number, order_text
             FROM (SELECT *, %s
                   FROM (SELECT *,""" + Known.PROVIDER + """
             AS provider FROM koda_ops.subject WHERE class = 'integration' AND is_active) s
                   LEFT JOIN unnest($1::text[], $2::bigint[]) AS r (ranked, rank) ON r.ranked = s.id) o
            WHERE ($3::boolean OR ranked IS NOT NULL)
              AND ($4::integer IS NULL OR CASE WHEN until > $5 THEN status ELSE 3 END = $4)
              AND ($6::text IS NULL OR kind = $6)
              AND ($7::text IS NULL OR provider = $7)
              AND ($8::text IS NULL OR strpos(lower(id || ' ' || name), lower($8)) > 0)
              AND ($9::bigint IS NULL
                   OR (order_number, order_text, id) > ($9::bigint, $10::text COLLATE "C", $11::text))
            ORDER BY order_number, order_text, id LIMIT $12
            """;

    private static final String PROVIDERS = "SELECT provider FROM (SELECT " + Known.PROVIDER + """
             AS provider FROM koda_ops.subject WHERE class = 'integration' AND is_active) s
            GROUP BY provider ORDER BY provider COLLATE "C"
            """;

    private final OperationsStore store;

    Selection(OperationsStore store) {
        this.store = store;
    }

    /** Which ones, and in which order; null where all are meant. */
    record Wish(
            @Nullable Standing status,
            @Nullable Trouble trouble,
            @Nullable String kind,
            @Nullable String provider,
            @Nullable String words,
            Order order) {
        static Wish of(Asked asked) {
            var order = asked.word("sort", Order::of, "id, provider, name, health, latency or verified");
            return new Wish(
                    asked.status(),
                    asked.word("state", Trouble::of, "failing, unstable or failed"),
                    asked.text("kind"),
                    asked.text("provider"),
                    asked.text("q"),
                    order == null ? Order.ID : order);
        }
    }

    /** One that is chosen, and what the order goes by. */
    record Chosen(Known known, long number, String text) {
        private static Chosen of(Row row) {
            return new Chosen(Known.of(row), row.getLong("order_number"), row.getString("order_text"));
        }

        String id() {
            return known.subject().id();
        }

        /** Where a page goes on that ends with this. */
        Spot spot(Instant end) {
            return new Spot(end, number, id(), text);
        }
    }

    /**
     * Where a page ends. Cursors carry it.
     *
     * @param end of the time that the listing is about
     */
    record Spot(Instant end, long number, String id, String text) {
        /** From a cursor that is ours, so it is well made. */
        static Spot read(String words) {
            var parts = words.split("\n", 4);
            return new Spot(Instant.parse(parts[0]), Long.parseLong(parts[1]), parts[2], parts[3]);
        }

        @Override
        public String toString() {
            return end + "\n" + number + "\n" + id + "\n" + text;
        }
    }

    /** The providers of all integrations, each once and sorted. */
    Future<List<String>> providers() {
        return store.query(PROVIDERS).map(rows -> HistoryReader.list(rows, row -> row.getString("provider")));
    }

    /**
     * Those that are wished for, in their order.
     *
     * @param after null for the first page
     */
    Future<List<Chosen>> rows(Wish wish, Places places, Instant now, @Nullable Spot after, int limit) {
        var ids = List.copyOf(places.byId().keySet());
        var status = wish.status();
        var parameters = Tuple.of(
                        ids.toArray(String[]::new),
                        Columns.of(
                                ids, id -> Objects.requireNonNull(places.byId().get(id)), Long[]::new),
                        places.isAll(),
                        status == null ? null : status.number(),
                        Columns.time(now))
                .addValue(wish.kind())
                .addValue(wish.provider())
                .addValue(wish.words())
                .addValue(after == null ? null : after.number())
                .addValue(after == null ? null : after.text())
                .addValue(after == null ? null : after.id())
                .addValue(limit);
        return store.query(CHOSEN.formatted(wish.order().columns()), parameters)
                .map(rows -> HistoryReader.list(rows, Chosen::of));
    }
}
