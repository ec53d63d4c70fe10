package dev.koda.server.collectors;

import dev.koda.checks.meters.CatalogLabel;
import dev.koda.checks.meters.CatalogMetric;
import dev.koda.checks.meters.MetricCatalog;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What the rows of a collector come to: an amount for each column and set of label values. Exact, for a sum of floats
 * depends on their order, and a counter must not fall by the last digit when it is added up in another. Their order is
 * that in which they came, so that where there is no room for all labels it is always the same ones that are shown.
 * Immutable.
 */
final class Amounts {
    /** More sets of labels than any metric shows: beyond them only the sum is worth keeping. */
    static final int MOST = 2_000;

    /** What is longer is text of somebody's, and not the value of a label. */
    private static final int LONGEST = 100;

    private static final Amounts NONE = new Amounts(Map.of());

    /**
     * One of them.
     *
     * @param column the metric, or the column of a histogram
     * @param labels the values, in the order of the metric's labels
     */
    record Key(String column, List<String> labels) {}

    private final Map<Key, BigDecimal> byKey;

    private Amounts(Map<Key, BigDecimal> byKey) {
        this.byKey = Collections.unmodifiableMap(byKey);
    }

    static Amounts none() {
        return NONE;
    }

    /** What rows say about these metrics. */
    static Amounts of(Iterable<Row> rows, List<String> metrics) {
        var sums = new LinkedHashMap<Key, BigDecimal>();
        var shapes = metrics.stream().map(Shape::of).toList();
        for (var row : rows) {
            shapes.forEach(shape -> read(row, shape, sums));
        }
        return new Amounts(sums);
    }

    /** What of a row belongs to a metric; the same for all rows. */
    private record Shape(List<String> labels, List<String> columns) {
        static Shape of(String name) {
            var metric = MetricCatalog.bundled().metric(name);
            return new Shape(metric.labelNames(), Amounts.columns(metric));
        }
    }

    private static void read(Row row, Shape shape, Map<Key, BigDecimal> sums) {
        var labels = new ArrayList<String>();
        for (var label : shape.labels()) {
            var value = row.getString(label);
            if (value == null) {
                return;
            }
            labels.add(value.length() > LONGEST ? CatalogLabel.OTHER : value);
        }
        for (var column : shape.columns()) {
            var amount = row.getBigDecimal(column);
            if (amount != null) {
                add(sums, new Key(column, labels), amount);
            }
        }
    }

    private static List<String> columns(CatalogMetric metric) {
        if (metric.type() != CatalogMetric.Type.HISTOGRAM) {
            return List.of(metric.name());
        }
        var columns = new ArrayList<>(IntStream.rangeClosed(0, metric.buckets().size())
                .mapToObj(index -> Histograms.bucket(metric.name(), index))
                .toList());
        columns.add(Histograms.sum(metric.name()));
        return columns;
    }

    private static void add(Map<Key, BigDecimal> sums, Key key, BigDecimal amount) {
        boolean hasRoom = sums.size() < MOST || sums.containsKey(key);
        var others = Collections.nCopies(key.labels().size(), CatalogLabel.OTHER);
        sums.merge(hasRoom ? key : new Key(key.column(), others), amount, BigDecimal::add);
    }

    /** Both together. */
    Amounts plus(Amounts more) {
        var sums = new LinkedHashMap<>(byKey);
        more.byKey.forEach((key, amount) -> add(sums, key, amount));
        return new Amounts(sums);
    }

    /** Those that came later instead of these, where there are any. */
    Amounts overlaid(Amounts later) {
        var joined = new LinkedHashMap<>(byKey);
        later.byKey.forEach((key, amount) -> {
            if (joined.size() < MOST || joined.containsKey(key)) {
                joined.put(key, amount);
            }
        });
        return new Amounts(joined);
    }

    /** The greater of both: rows that somebody has deleted make no counter fall. */
    Amounts atLeast(Amounts before) {
        var joined = new LinkedHashMap<>(before.byKey);
        byKey.forEach((key, amount) -> joined.merge(key, amount, BigDecimal::max));
        return new Amounts(joined);
    }

    /** These, and 0 for what was there before and is not any more; only of metrics with labels. */
    Amounts orZero(Amounts before) {
        var joined = new LinkedHashMap<Key, BigDecimal>();
        before.byKey.keySet().stream()
                .filter(key -> !key.labels().isEmpty() && joined.size() < MOST)
                .forEach(key -> joined.put(key, BigDecimal.ZERO));
        joined.putAll(byKey);
        return new Amounts(joined);
    }

    /** The amounts of a column by their label values. */
    Map<List<String>, BigDecimal> of(String column) {
        var found = new LinkedHashMap<List<String>, BigDecimal>();
        byKey.forEach((key, amount) -> {
            if (key.column().equals(column)) {
                found.put(key.labels(), amount);
            }
        });
        return found;
    }

    /** For a table of ours. */
    JsonArray toJson() {
        var all = new JsonArray();
        byKey.forEach((key, amount) -> all.add(new JsonObject()
                .put("column", key.column())
                .put("labels", new JsonArray(key.labels()))
                .put("amount", amount.toPlainString())));
        return all;
    }

    /** As {@link #toJson} has written them. */
    static Amounts fromJson(JsonArray all) {
        var sums = new LinkedHashMap<Key, BigDecimal>();
        for (int i = 0; i < all.size(); i++) {
            var one = all.getJsonObject(i);
            var labels =
                    one.getJsonArray("labels").stream().map(String::valueOf).toList();
            sums.put(new Key(one.getString("column"), labels), new BigDecimal(one.getString("amount")));
        }
        return new Amounts(sums);
    }
}
