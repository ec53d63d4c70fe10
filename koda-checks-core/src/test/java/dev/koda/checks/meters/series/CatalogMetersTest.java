package dev.koda.checks.meters.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koda.checks.meters.CatalogLabel;
import dev.koda.checks.meters.CatalogMetric;
import dev.koda.checks.meters.MetricCatalog;
import dev.koda.checks.meters.PlatformMetric;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CatalogMetersTest {
    private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)})? \\S+");

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final MetricCatalog catalog = MetricCatalog.bundled();

    /** Names, types, labels and buckets of a scrape are those of Koda's own exporter. */
    @Test
    void aScrapeOfThePlatformIsWhatItsOwnExporterShows() throws IOException {
        var meters = CatalogMeters.in(registry, catalog.platform());
        catalog.platform().forEach(metric -> record(meters, metric));
        var text = ScrapedText.of(registry);
        var shown = ScrapedText.samples(registry).stream()
                .map(CatalogMetersTest::shape)
                .toList();

        var expected = new ArrayList<String>();
        for (var metric : PlatformMetric.all()) {
            expected.addAll(shapes(metric));
            assertThat(text).contains("# TYPE " + metric.exposedName() + " " + metric.type() + "\n");
        }
        assertThat(shown).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(text.lines().filter(line -> line.startsWith("# TYPE "))).hasSize(105);
    }

    private static void record(CatalogMeters meters, CatalogMetric metric) {
        var values = metric.labels().stream()
                .map(label -> label.isOpen() ? "x" : label.values().get(0))
                .toArray(String[]::new);
        switch (metric.type()) {
            case COUNTER -> meters.counter(metric.name()).at(values).increment();
            case GAUGE -> meters.gauge(metric.name()).at(values).set(1);
            case HISTOGRAM -> meters.histogram(metric.name()).at(values).observe(1);
        }
    }

    /** The name, the names of the labels in order, and the bound of a bucket. */
    private static String shape(String sample) {
        var parts = SAMPLE.matcher(sample);
        assertThat(parts.matches()).as(sample).isTrue();
        var labels = parts.group(2) == null ? "" : parts.group(2).replaceAll("(?<!le)=\"[^\"]*\"", "");
        return parts.group(1) + " " + labels;
    }

    private static List<String> shapes(PlatformMetric metric) {
        var labels = String.join(",", metric.labels().stream().sorted().toList());
        var shapes = new ArrayList<String>();
        if (metric.type().equals("histogram")) {
            metric.buckets().forEach(bound -> shapes.add(bucket(metric, labels, bound)));
            shapes.add(bucket(metric, labels, "+Inf"));
            shapes.add(metric.exposedName() + "_count " + labels);
            shapes.add(metric.exposedName() + "_sum " + labels);
        } else {
            shapes.add(metric.exposedName() + " " + labels);
        }
        return shapes;
    }

    private static String bucket(PlatformMetric metric, String labels, String bound) {
        return metric.exposedName() + "_bucket " + labels + ",le=\"" + bound + '"';
    }

    @Test
    void whatHasNoSampleIsStillThere() {
        CatalogMeters.in(registry, catalog.platform());

        var scrape = registry.scrape();

        assertThat(scrape.size()).isEqualTo(105);
        scrape.forEach(metric -> {
            assertThat(metric.getDataPoints()).isEmpty();
            assertThat(metric.getMetadata().getHelp()).isNotEmpty();
        });
    }

    @Test
    void recordsCountsLevelsAndObservations() throws IOException {
        var meters = CatalogMeters.in(registry, catalog.platform());
        var spent = meters.counter("koda_cost_total_usd").at("a", "p", "m");
        spent.add(0.25);
        spent.add(2L);
        spent.add(-1.0);
        spent.add(-1L);
        spent.add(Double.NaN);
        var depth = meters.gauge("koda_queue_depth").at("a");
        depth.set(3);
        depth.add(-1);
        var score = meters.histogram("koda_knowledge_citation_coverage").at("a", "s");
        score.observe(0);
        score.observe(0.25);
        score.observe(0.26);
        score.observe(Double.NaN);

        assertThat(ScrapedText.samples(registry))
                .contains(
                        "koda_cost_total_usd_total{agent_id=\"a\",model=\"m\",provider=\"p\"} 2.25",
                        "koda_queue_depth{agent_id=\"a\"} 2.0",
                        "koda_knowledge_citation_coverage_bucket{agent_id=\"a\",strategy=\"s\",le=\"0.0\"} 1",
                        "koda_knowledge_citation_coverage_bucket{agent_id=\"a\",strategy=\"s\",le=\"0.25\"} 2",
                        "koda_knowledge_citation_coverage_bucket{agent_id=\"a\",strategy=\"s\",le=\"+Inf\"} 3",
                        "koda_knowledge_citation_coverage_sum{agent_id=\"a\",strategy=\"s\"} 0.51");
    }

    @Test
    void countsEveryEventOfManyThreads() {
        var meters = CatalogMeters.in(registry, catalog.platform());
        var threads = IntStream.range(0, 8)
                .mapToObj(thread -> CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        meters.counter("koda_cache_hits_total")
                                .at("agent-" + i % 7)
                                .increment();
                        meters.gauge("koda_queue_depth").at("a").add(1);
                    }
                }))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(threads).join();

        double all = IntStream.range(0, 7)
                .mapToDouble(i ->
                        meters.counter("koda_cache_hits_total").at("agent-" + i).value())
                .sum();
        assertThat(all).isEqualTo(80_000);
        assertThat(meters.gauge("koda_queue_depth").at("a").value()).isEqualTo(80_000);
    }

    @Test
    void refusesOtherNamesTypesAndNumbersOfLabels() {
        var meters = CatalogMeters.in(registry, catalog.platform());

        assertThatThrownBy(() -> meters.counter("koda_nothing")).hasMessage("there is no meter koda_nothing");
        assertThatThrownBy(() -> meters.counter("koda_queue_depth")).hasMessage("koda_queue_depth is a GAUGE");
        assertThatThrownBy(() -> meters.counter("koda_requests_total").at("a"))
                .hasMessage("koda_requests_total has the labels [agent_id, status], so it takes 2 values, not 1");
        assertThatThrownBy(() -> CatalogMeters.in(registry, catalog.platform()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aClosedLabelTakesItsValuesOnly() throws IOException {
        var meters = CatalogMeters.in(registry, catalog.platform());
        meters.gauge("koda_scheduled_active_jobs").at("a", "all").set(1);
        meters.gauge("koda_scheduled_active_jobs").at("a", "invented").set(2);

        assertThat(ScrapedText.samples(registry))
                .containsExactly(
                        "koda_scheduled_active_jobs{agent_id=\"a\",status=\"all\"} 1.0",
                        "koda_scheduled_active_jobs{agent_id=\"a\",status=\"" + CatalogLabel.OTHER + "\"} 2.0");
    }
}
