package dev.koda.checks.meters.series;

import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A metric that is recorded, with one series for each set of label values. Ask once with {@link #at} and keep what it
 * returns wherever something is recorded often: a series records without allocating. Thread-safe.
 *
 * @param <S> {@link CounterSeries}, {@link GaugeSeries} or {@link HistogramSeries}
 */
public final class Meter<S> {
    /** A series and the labels that a scrape shows it with. */
    record Shown<S>(Labels labels, S series) {}

    private final SeriesRoom room;
    private final Supplier<S> maker;
    private final Runnable overflow;
    private final Map<List<String>, S> series = new ConcurrentHashMap<>();
    private volatile @Nullable List<Shown<S>> sorted;

    Meter(SeriesRoom room, Supplier<S> maker, Runnable overflow) {
        this.room = room;
        this.maker = maker;
        this.overflow = overflow;
    }

    /**
     * The series of these label values. What the metric does not declare, has no room for or is no plain word of at most
     * 64 letters, digits and {@code _.:/-} becomes {@code other}, and counts as an overflow.
     *
     * @param labelValues in declared order
     * @throws IllegalArgumentException if there is not one value for each label
     */
    public S at(String... labelValues) {
        var asked = List.of(labelValues);
        var found = series.get(asked);
        return found != null ? found : placed(asked);
    }

    private S placed(List<String> asked) {
        S placed;
        boolean isAsAsked;
        synchronized (room) {
            var set = room.place(asked);
            isAsAsked = set.equals(asked);
            placed = series.get(set);
            if (placed == null) {
                placed = maker.get();
                series.put(set, placed);
                sorted = null;
            }
        }
        if (!isAsAsked) {
            overflow.run();
        }
        return placed;
    }

    /** All series in the order in which a scrape shows them. */
    List<Shown<S>> shown() {
        var now = sorted;
        if (now != null) {
            return now;
        }
        synchronized (room) {
            var all = new ArrayList<Shown<S>>();
            var names = room.metric().labelNames();
            series.forEach((values, one) -> all.add(new Shown<>(Labels.of(names, values), one)));
            all.sort(Comparator.comparing(Shown::labels));
            sorted = all;
            return all;
        }
    }
}
