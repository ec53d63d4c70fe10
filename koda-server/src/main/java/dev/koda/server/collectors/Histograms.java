package dev.koda.server.collectors;

import dev.koda.checks.meters.MetricCatalog;

/** The columns from which a histogram is put together: one for each bucket alone, one for what lies above, and the sum. */
final class Histograms {
    private Histograms() {}

    /**
     * The columns of a grouping statement.
     *
     * @param metric its name in the catalogue, which has its bounds
     * @param value what is observed, as SQL; not NULL and no NaN
     */
    static String columns(String metric, String value) {
        var bounds = MetricCatalog.bundled().metric(metric).buckets();
        var columns = new StringBuilder();
        for (int i = 0; i <= bounds.size(); i++) {
            columns.append("count(*) FILTER (WHERE ")
                    .append(i == 0 ? "true" : value + " > " + bounds.get(i - 1))
                    .append(i == bounds.size() ? "" : " AND " + value + " <= " + bounds.get(i))
                    .append(") AS ")
                    .append(bucket(metric, i))
                    .append(",\n       ");
        }
        return columns + "sum((" + value + ")::numeric) AS " + sum(metric);
    }

    /** The column of a bucket; the one after the last bound counts what lies above. */
    static String bucket(String metric, int index) {
        return metric + "_in_" + index;
    }

    static String sum(String metric) {
        return metric + "_sum";
    }
}
