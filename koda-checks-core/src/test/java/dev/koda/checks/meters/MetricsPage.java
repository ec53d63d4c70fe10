package dev.koda.checks.meters;

import dev.koda.checks.meters.CatalogMetric.Source;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The text of docs/metrics.md. */
final class MetricsPage {
    private static final String HEAD = """
            # Metrics

            What `:8090/metrics` shows, written from `catalog.txt` of koda-checks-core, which is the source of the meters too; a
            test compares the two. The JVM and the process stand beside them under the names of Micrometer (`jvm_*`, `process_*`,
            `system_*`).

            **Formats**: text 0.0.4, OpenMetrics 1.0 or protobuf, whichever the `Accept` header prefers; gzip if it is taken.
            **Access**: from loopback and private addresses without forwarding headers; else with a bearer token of
            `CONTROL_PLANE_API_TOKEN`. A scrape runs no check and no query.

            **Labels** have declared values. An open label, marked with the number of values that have room, keeps the first of
            them; later ones, and whatever is no plain word of at most 64 letters, digits and `_.:/-`, are `other`, and
            `koda_metrics_label_overflow_total` counts them. All meters together show 4,000 samples at most.

            **Sources**: `state` is read from the database of a Koda, by the one server that holds the lease; `events` are recorded
            by an application through `KodaMeters`. Where a metric has both, one of them is active: `state` where the database is
            connected, else `events`; they are never added up. The metrics of these two sources show when a Koda is configured
            (`KODA_STACK`), from the first moment with their HELP and TYPE. `checks`, `server` and `operations` are always there.
            """;

    private final MetricCatalog catalog;

    MetricsPage(MetricCatalog catalog) {
        this.catalog = catalog;
    }

    String text() {
        var page = new StringBuilder(HEAD);
        var families =
                catalog.metrics().stream().map(CatalogMetric::family).distinct().toList();
        for (var family : families) {
            page.append("\n## ").append(family.replace('_', ' ')).append("\n\n");
            page.append("| metric | type | labels | source | |\n|---|---|---|---|---|\n");
            catalog.metrics().stream()
                    .filter(metric -> metric.family().equals(family))
                    .forEach(metric -> page.append(row(metric)));
        }
        return page.toString();
    }

    private static String row(CatalogMetric metric) {
        var labels = metric.labels().stream().map(MetricsPage::label).collect(Collectors.joining(", "));
        var sources = metric.sources().stream()
                .sorted()
                .map(Source::name)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        return "| `" + metric.exposedName() + "` | " + metric.type().name().toLowerCase(Locale.ROOT) + " of "
                + metric.unit() + " | " + labels + " | " + sources + " | " + metric.help() + buckets(metric.buckets())
                + " |\n";
    }

    private static String label(CatalogLabel label) {
        return label.isOpen()
                ? label.name() + " (" + label.most() + ")"
                : label.name() + ": " + String.join(" ", label.values());
    }

    private static String buckets(List<Double> buckets) {
        return buckets.isEmpty()
                ? ""
                : " Buckets: " + buckets.stream().map(String::valueOf).collect(Collectors.joining(" ")) + ".";
    }
}
