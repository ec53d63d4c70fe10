package dev.koda.dashboard.verification;

import dev.koda.dashboard.store.OperationsStore;
import dev.koda.dashboard.verification.Asked.Span;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which integrations a listing is made of, and their places in it, where that takes a look at a time of all of them.
 * Times end at whole moments, and the store is asked once for each, however many want to know. Thread-safe.
 */
final class Ranking {
    /** Shorter than people look away, and than most things take to be verified. */
    static final Duration MOMENT = Duration.ofSeconds(2);

    /** The place behind all others. */
    static final long BEHIND = 1_000_000_000;

    private static final int REMEMBERED = 16;

    private final OperationsStore store;
    private final Latencies latencies;
    private final Map<Span, Future<Map<String, Course>>> courses = new LinkedHashMap<>();
    private final Map<Span, Future<Map<String, LatencyHistogram>>> histograms = new LinkedHashMap<>();

    Ranking(OperationsStore store, Latencies latencies) {
        this.store = store;
        this.latencies = latencies;
    }

    /**
     * Places by id.
     *
     * @param isAll whether integrations without a place are listed too, behind the others
     */
    record Places(Map<String, Long> byId, boolean isAll) {}

    /** The end of the last moment. */
    static Instant moment(Instant now) {
        return Rollup.bucket(now, MOMENT);
    }

    /**
     * The places in a listing.
     *
     * @param trouble null for all integrations
     * @param span ends at a {@link #moment}
     */
    Future<Places> places(Order order, @Nullable Trouble trouble, Span span) {
        var ranks = ranks(order, span);
        return trouble == null
                ? ranks.map(all -> new Places(all, true))
                : Future.all(ranks, courses(span))
                        .map(done ->
                                new Places(chosen(ranks.result(), courses(span).result(), trouble), false));
    }

    private Future<Map<String, Long>> ranks(Order order, Span span) {
        return switch (order) {
            case HEALTH -> courses(span).map(all -> each(all, Course::rank));
            case LATENCY -> once(histograms, span, () -> latencies.ofAll(span)).map(all -> each(all, Ranking::rank));
            case ID, PROVIDER, NAME, VERIFIED -> Future.succeededFuture(Map.of());
        };
    }

    private Future<Map<String, Course>> courses(Span span) {
        return once(
                courses,
                span,
                () -> store.query(Course.OF_ALL, Course.parameters(span)).map(rows -> {
                    var all = new HashMap<String, Course>();
                    rows.forEach(row -> all.put(row.getString("subject"), Course.of(row)));
                    return all;
                }));
    }

    private static Map<String, Long> chosen(Map<String, Long> ranks, Map<String, Course> courses, Trouble trouble) {
        var chosen = new HashMap<String, Long>();
        courses.forEach((id, course) -> {
            if (trouble.isOf(course)) {
                chosen.put(id, ranks.getOrDefault(id, BEHIND));
            }
        });
        return chosen;
    }

    private static <T> Map<String, Long> each(Map<String, T> all, Function<T, Long> rank) {
        var ranks = new HashMap<String, Long>();
        all.forEach((id, one) -> ranks.put(id, rank.apply(one)));
        return ranks;
    }

    private static long rank(LatencyHistogram latencies) {
        return BEHIND - latencies.quantileMicros(0.95).orElse(0);
    }

    /** What failed is asked again. */
    private static <T> Future<T> once(Map<Span, Future<T>> known, Span span, Supplier<Future<T>> ask) {
        synchronized (known) {
            var last = known.get(span);
            if (last != null && !last.failed()) {
                return last;
            }
            var asked = ask.get();
            known.put(span, asked);
            if (known.size() > REMEMBERED) {
                known.remove(known.keySet().iterator().next());
            }
            return asked;
        }
    }
}
