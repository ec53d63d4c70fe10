package dev.koda.checks.meters.series;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.meters.CatalogMetric;
import dev.koda.checks.meters.MetricCatalog;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whatever is recorded, a scrape stays small and its labels stay words. */
class SeriesLimitTest {
    private static final Pattern LABEL = Pattern.compile("\\w+=\"((?:\\\\.|[^\"\\\\])*)\"");
    private static final String WORD = "[A-Za-z0-9_.:/-]{1,64}";

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final AtomicLong leftOut = new AtomicLong();
    private final CatalogMeters meters =
            CatalogMeters.in(registry, MetricCatalog.bundled().metrics());

    @Test
    void aMillionHostileRecordingsLeaveAFewThousandSamples() throws IOException {
        var metrics = MetricCatalog.bundled().metrics();
        var threads = IntStream.range(0, 4)
                .mapToObj(seed -> CompletableFuture.runAsync(() -> {
                    var random = new Random(seed);
                    for (int i = 0; i < 250_000; i++) {
                        record(metrics.get(random.nextInt(metrics.size())), random);
                    }
                }))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(threads).join();

        var samples = ScrapedText.samples(registry);
        assertThat(samples).hasSizeBetween(2_000, SeriesLimits.DEFAULT.all());
        for (var sample : samples) {
            LABEL.matcher(sample)
                    .results()
                    .map(label -> label.group(1))
                    .filter(value -> !value.equals("+Inf"))
                    .forEach(value -> assertThat(value).matches(WORD));
        }
        assertThat(samples).anyMatch(sample -> sample.startsWith("koda_metrics_label_overflow_total{"));
        assertThat(recorded(samples)).as("nothing is lost").isEqualTo(1_000_000);
    }

    private void record(CatalogMetric metric, Random random) {
        var values = metric.labels().stream().map(label -> value(random)).toArray(String[]::new);
        switch (metric.type()) {
            case COUNTER -> {
                if (metric.name().equals(CatalogMeters.OVERFLOW)) {
                    leftOut.incrementAndGet();
                } else {
                    meters.counter(metric.name()).at(values).increment();
                }
            }
            case GAUGE -> meters.gauge(metric.name()).at(values).add(1);
            case HISTOGRAM -> meters.histogram(metric.name()).at(values).observe(random.nextDouble());
        }
    }

    private long recorded(Iterable<String> samples) {
        double all = leftOut.get();
        for (var sample : samples) {
            boolean isCounted =
                    !sample.startsWith(CatalogMeters.OVERFLOW) && !sample.matches("\\w+_(bucket|sum)[{ ].*");
            if (isCounted) {
                all += Double.parseDouble(sample.substring(sample.lastIndexOf(' ') + 1));
            }
        }
        return Math.round(all);
    }

    private static String value(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> "agent-" + random.nextInt(50);
            case 1 -> Integer.toString(random.nextInt());
            case 2 -> "tell me \"all\"\n of {user=" + random.nextInt() + "}";
            case 3 -> "x".repeat(random.nextInt(200));
            case 4 ->
                random.ints(8, 0, 0xffff)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
            default -> "true";
        };
    }

    @Test
    void closedLabelsStayApartWhenOpenOnesHaveNoRoom() throws IOException {
        var catalog = MetricCatalog.parse("""
                open who 1000
                closed what denied let
                [q]
                seen_total | counter | events | who what | - | events | Seen.
                """);
        var crowded = new PrometheusRegistry();
        var counted = CatalogMeters.in(crowded, catalog.metrics(), new SeriesLimits(100, 100));
        for (int i = 0; i < 5_000; i++) {
            counted.counter("seen_total").at("spammer-" + i, "let").increment();
        }

        counted.counter("seen_total").at("victim", "denied").increment();

        assertThat(ScrapedText.samples(crowded))
                .hasSizeLessThanOrEqualTo(100)
                .contains("seen_total{what=\"denied\",who=\"other\"} 1.0");
    }

    @Test
    void oneMetricDoesNotTakeTheRoomOfAll() throws IOException {
        for (int i = 0; i < 50_000; i++) {
            meters.counter("koda_integration_grant_decisions_total")
                    .at("a" + i % 32, "i" + i % 47, "c" + i % 45, "d" + i % 7, "m" + i % 5, "true")
                    .increment();
        }
        meters.counter("koda_requests_total").at("atlas", "completed").increment();

        var samples = new ArrayList<>(ScrapedText.samples(registry));
        assertThat(samples).contains("koda_requests_total{agent_id=\"atlas\",status=\"completed\"} 1.0");
        assertThat(samples).hasSizeLessThanOrEqualTo(SeriesLimits.DEFAULT.ofOne() + 5);
    }
}
