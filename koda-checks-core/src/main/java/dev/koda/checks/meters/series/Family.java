package dev.koda.checks.meters.series;

import dev.koda.checks.meters.CatalogMetric;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One metric with both of its sources, of which one is shown.
 *
 * @param <S> the series that events are recorded in
 */
record Family<S>(
        MetricShape shape, Meter<S> meter, StateTable state, Function<List<Meter.Shown<S>>, MetricSnapshot> snapshot) {
    static <S> Family<S> of(
            MetricShape shape,
            SeriesBudget budget,
            int most,
            Runnable overflow,
            Supplier<S> maker,
            Function<List<Meter.Shown<S>>, MetricSnapshot> snapshot) {
        var events = new SeriesRoom(new LabelRoom(shape.metric()), budget, most);
        var state = new SeriesRoom(new LabelRoom(shape.metric()), budget, most);
        return new Family<>(
                shape, new Meter<>(events, maker, overflow), new StateTable(shape, state, overflow), snapshot);
    }

    CatalogMetric metric() {
        return shape.metric();
    }

    MetricSnapshot now() {
        var published = state.now();
        if (published != null) {
            return published;
        }
        var shown = meter.shown();
        return shown.isEmpty() ? shape.empty() : snapshot.apply(shown);
    }
}
