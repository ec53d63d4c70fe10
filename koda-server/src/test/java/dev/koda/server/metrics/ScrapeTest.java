package dev.koda.server.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Service;
import dev.koda.checks.meters.MetricCatalog;
import dev.koda.checks.testing.VirtualTime;
import dev.koda.server.metrics.Scrape.Asked;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.core.metrics.StateSet;
import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our writers write what those of the library write, and the heads of empty families besides. */
class ScrapeTest {
    private final PrometheusRegistry registry = new PrometheusRegistry();

    private static String library(ExpositionFormatWriter writer, MetricSnapshots families) throws IOException {
        var bytes = new ByteArrayOutputStream();
        writer.write(bytes, families);
        return bytes.toString(UTF_8);
    }

    private static String ours(MetricSnapshots families, boolean isOpenMetrics) {
        var out = new ScrapeBuffer();
        new SampleText(out, isOpenMetrics).write(families);
        return new String(out.array(), 0, out.length(), UTF_8);
    }

    private void assertSame(MetricSnapshots families) throws IOException {
        assertThat(ours(families, false)).isEqualTo(library(PrometheusTextFormatWriter.create(), families));
        assertThat(ours(families, true)).isEqualTo(library(OpenMetricsTextFormatWriter.create(), families));
    }

    @Test
    void writesEveryTypeAsTheLibraryDoes() throws IOException {
        Counter.builder()
                .name("a_total")
                .help("back\\slash\nnew \"line\"")
                .labelNames("b", "a")
                .register(registry)
                .labelValues("x\"y\\z\nw", "gr\u00fc\u00df \ud83d\ude00")
                .inc(12345678901.5);
        Counter.builder().name("money_usd").help("Money.").register(registry).inc(0.1);
        Gauge.builder()
                .name("lag_seconds")
                .unit(Unit.SECONDS)
                .register(registry)
                .set(Double.NEGATIVE_INFINITY);
        Gauge.builder().name("nan").help("h").register(registry).set(Double.NaN);
        Histogram.builder()
                .name("h_seconds")
                .help("h")
                .classicUpperBounds(0, 0.25, 1e9)
                .labelNames("l")
                .register(registry)
                .labelValues("v")
                .observe(0.2);
        Histogram.builder()
                .name("native")
                .help("h")
                .nativeOnly()
                .register(registry)
                .observe(3);
        Summary.builder()
                .name("s")
                .help("s")
                .quantile(0.5)
                .quantile(0.99)
                .register(registry)
                .observe(7);
        Info.builder()
                .name("i_info")
                .help("i")
                .labelNames("v")
                .register(registry)
                .addLabelValues("1");
        StateSet.builder()
                .name("state")
                .help("s")
                .labelNames("l")
                .states("on", "off")
                .register(registry)
                .labelValues("v")
                .setTrue("on");

        assertSame(registry.scrape());
    }

    @Test
    void writesAFreshServerAsTheLibraryDoes() throws IOException {
        try (var metrics = ServerMetrics.of(new Service("koda", "1.2.3", "test"), new VirtualTime(), true)) {
            metrics.refused();
            var withSamples = metrics.registry().scrape().stream()
                    .filter(family -> !family.getDataPoints().isEmpty())
                    .toList();
            assertThat(withSamples).hasSizeGreaterThan(20);

            assertSame(new MetricSnapshots(withSamples));
        }
    }

    @ParameterizedTest
    @EnumSource(ScrapeFormat.class)
    void aFreshServerNamesAllItsMetrics(ScrapeFormat format) throws IOException {
        try (var metrics = ServerMetrics.of(new Service("koda", "1.2.3", "test"), new VirtualTime(), true)) {
            var text = new Scrape(metrics.registry())
                    .write(new Asked(format, false))
                    .toString(UTF_8);

            for (var metric : MetricCatalog.bundled().metrics()) {
                if (!metric.name().equals("koda_event_loop_lag_seconds")) {
                    assertThat(text)
                            .contains(
                                    format == ScrapeFormat.OPEN_METRICS
                                            ? metric.exposedName().replaceFirst("(_total|_info)$", "")
                                            : metric.exposedName());
                    assertThat(text)
                            .contains(metric.help().substring(0, metric.help().length() - 1));
                }
            }
        }
    }

    @Test
    void aFamilyWithoutSamplesHasHelpAndType() throws IOException {
        try (var metrics = ServerMetrics.of(new Service("koda", "1.2.3", "test"), new VirtualTime(), true)) {
            var scrape = new Scrape(metrics.registry());

            assertThat(scrape.write(new Asked(ScrapeFormat.TEXT, false)).toString(UTF_8))
                    .contains(
                            "# HELP koda_cost_total_usd_total Money spent so far.\n# TYPE koda_cost_total_usd_total counter\n")
                    .contains("# TYPE koda_runtime_phase_total gauge\n")
                    .contains("# TYPE koda_knowledge_grounding_score histogram\n")
                    .doesNotContain("koda_cost_total_usd_total{");
            assertThat(scrape.write(new Asked(ScrapeFormat.OPEN_METRICS, false)).toString(UTF_8))
                    .contains("# TYPE koda_cost_total_usd counter\n# HELP koda_cost_total_usd Money spent so far.\n")
                    .endsWith("# EOF\n");
        }
    }

    /** The library's own reader of its messages finds ours between its own. */
    @Test
    void protobufHasEmptyFamiliesAsMessagesOfTheirOwn() throws IOException {
        Counter.builder().name("full_total").help("Full.").register(registry).inc();
        Gauge.builder()
                .name("empty_gauge")
                .help("E".repeat(300))
                .labelNames("l")
                .register(registry);
        Counter.builder().name("empty_total").help("Empty.").labelNames("l").register(registry);

        var body = new Scrape(registry).write(new Asked(ScrapeFormat.PROTOBUF, false));
        var in = new ByteArrayInputStream(body.getBytes());
        int messages = 0;
        while (in.available() > 0) {
            int length = varint(in);
            var message = in.readNBytes(length);
            assertThat(message).as("the length before a message is true").hasSize(length);
            assertThat(message[0]).as("each begins with its name").isEqualTo((byte) 0x0a);
            messages++;
        }

        assertThat(messages).isEqualTo(3);
        assertThat(new PrometheusProtobufWriter().getContentType().replace(" ", ""))
                .isEqualTo(ScrapeFormat.PROTOBUF.contentType().replace(" ", ""));
    }

    private static int varint(ByteArrayInputStream in) {
        int value = 0;
        int shift = 0;
        int next;
        do {
            next = in.read();
            value |= (next & 0x7f) << shift;
            shift += 7;
        } while (next >= 0x80);
        return value;
    }

    @Test
    void compressesWhatAnyReaderUnpacksAndUsesItsBuffersAgain() throws IOException {
        var counter =
                Counter.builder().name("a_total").help("A.").labelNames("n").register(registry);
        var scrape = new Scrape(registry);
        for (int size = 1; size < 3_000; size *= 7) {
            for (int i = 0; i < size; i++) {
                counter.labelValues("value-" + i).inc();
            }
            var packed = scrape.write(new Asked(ScrapeFormat.TEXT, true));
            var plain = scrape.write(new Asked(ScrapeFormat.TEXT, false));

            try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.getBytes()))) {
                assertThat(unpacked.readAllBytes()).isEqualTo(plain.getBytes());
            }
            assertThat(plain.toString(UTF_8).lines()).hasSize(size + 2);
        }
    }

    @Test
    void numbersAreThoseOfDoubleToString() {
        var random = new Random(11);
        for (int i = 0; i < 200_000; i++) {
            double value = switch (i % 5) {
                case 0 -> random.nextInt(100_000_000) - 1_000;
                case 1 -> random.nextInt(1_000_000) / 1_000.0;
                case 2 -> Double.longBitsToDouble(random.nextLong());
                case 3 -> random.nextDouble();
                default -> random.nextLong();
            };
            var out = new ScrapeBuffer();
            out.number(value);
            var text = new String(out.array(), 0, out.length(), UTF_8);
            assertThat(Double.valueOf(text.replace("Inf", "Infinity"))).as(text).isEqualTo(Double.valueOf(value));
            out.clear();
            out.number((long) value);
            assertThat(new String(out.array(), 0, out.length(), UTF_8)).isEqualTo(Long.toString((long) value));
        }
    }
}
