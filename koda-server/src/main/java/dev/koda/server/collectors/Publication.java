package dev.koda.server.collectors;

import dev.koda.checks.meters.CatalogMetric;
import dev.koda.checks.meters.MetricCatalog;
import dev.koda.checks.meters.StateSamples;
import dev.koda.checks.meters.StateSamples.Distribution;
import dev.koda.checks.meters.StateSamples.Sample;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Puts amounts where a scrape finds them. Thread-safe. */
final class Publication {
    private final StateSamples samples;

    Publication(StateSamples samples) {
        this.samples = samples;
    }

    /** Shows what the metrics of the collector are now. */
    void show(Collector collector, Amounts amounts) {
        for (var name : collector.metrics()) {
            var metric = MetricCatalog.bundled().metric(name);
            if (metric.type() == CatalogMetric.Type.HISTOGRAM) {
                samples.publishDistributions(name, distributions(metric, amounts));
            } else {
                var shown = new ArrayList<Sample>();
                amounts.of(name).forEach((labels, amount) -> shown.add(new Sample(labels, amount.doubleValue())));
                samples.publish(name, shown);
            }
        }
    }

    private static List<Distribution> distributions(CatalogMetric metric, Amounts amounts) {
        var sums = amounts.of(Histograms.sum(metric.name()));
        var buckets = IntStream.rangeClosed(0, metric.buckets().size())
                .mapToObj(index -> amounts.of(Histograms.bucket(metric.name(), index)))
                .toList();
        var found = new ArrayList<Distribution>();
        sums.forEach((labels, sum) -> {
            var counts = buckets.stream()
                    .map(bucket -> bucket.getOrDefault(labels, BigDecimal.ZERO).longValue())
                    .toList();
            found.add(new Distribution(labels, counts, sum.doubleValue()));
        });
        return found;
    }

    /** Shows nothing for the collector. */
    void hide(Collector collector) {
        collector.metrics().forEach(samples::clear);
    }
}
