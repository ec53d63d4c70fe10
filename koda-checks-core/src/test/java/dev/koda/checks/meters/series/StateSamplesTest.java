package dev.koda.checks.meters.series;

import static dev.koda.checks.meters.StateSamples.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koda.checks.meters.MetricCatalog;
import dev.koda.checks.meters.StateSamples;
import dev.koda.checks.meters.StateSamples.Distribution;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateSamplesTest {
    private static final String CATALOG = """
            open agent 2
            open metric 9
            closed end done failed
            [queue]
            depth | gauge | items | agent | - | state events | Items.
            share | gauge | ratio | agent | - | state events | Share.
            ended_total | counter | tasks | agent status:end | - | state events | Ended.
            took_seconds | histogram | seconds | agent | 0.0 1.0 | state events | Took.
            lone | gauge | tasks | - | - | state events | Lone.
            told_total | counter | tasks | - | - | events | Told.
            koda_metrics_label_overflow_total | counter | values | metric | - | server | Overflow.
            """;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final CatalogMeters meters =
            CatalogMeters.in(registry, MetricCatalog.parse(CATALOG).metrics());
    private final StateSamples state = meters.state();

    @Test
    void showsWhatWasPublishedLastAndNothingOfWhatWasBefore() throws IOException {
        state.publish("depth", List.of(sample(1, "a"), sample(2, "b")));
        state.publish("depth", List.of(sample(3, "b")));
        state.publish("lone", List.of(sample(7)));
        state.publish("ended_total", List.of(sample(4, "a", "done")));

        assertThat(ScrapedText.samples(registry))
                .containsExactly("depth{agent=\"b\"} 3.0", "ended_total{agent=\"a\",status=\"done\"} 4.0", "lone 7.0");
        assertThat(ScrapedText.of(registry)).contains("# TYPE ended_total counter");
    }

    @Test
    void theStateHidesEventsUntilItIsReleased() throws IOException {
        meters.gauge("depth").at("a").set(5);
        state.clear("depth");
        assertThat(ScrapedText.samples(registry)).isEmpty();

        state.publish("depth", List.of(sample(1, "a")));
        assertThat(ScrapedText.samples(registry)).containsExactly("depth{agent=\"a\"} 1.0");

        state.clear("depth");
        assertThat(ScrapedText.samples(registry)).isEmpty();

        state.release("depth");
        assertThat(ScrapedText.samples(registry)).containsExactly("depth{agent=\"a\"} 5.0");
    }

    @Test
    void addsUpWhatBecomesOtherAndTakesTheGreatestOfAShare() throws IOException {
        state.publish("depth", List.of(sample(1, "a"), sample(2, "b"), sample(3, "c"), sample(4, "free text")));
        state.publish("share", List.of(sample(0.1, "a"), sample(0.2, "b"), sample(0.4, "c"), sample(0.3, "d")));

        assertThat(ScrapedText.samples(registry))
                .contains("depth{agent=\"other\"} 7.0", "share{agent=\"other\"} 0.4")
                .contains("koda_metrics_label_overflow_total{metric=\"depth\"} 2.0");
    }

    @Test
    void keepsTheNamesThatALabelHadFirst() throws IOException {
        state.publish("depth", List.of(sample(1, "a"), sample(2, "b")));
        state.publish("depth", List.of(sample(9, "c"), sample(2, "b")));

        assertThat(ScrapedText.samples(registry)).contains("depth{agent=\"b\"} 2.0", "depth{agent=\"other\"} 9.0");
    }

    @Test
    void showsDistributionsAndAddsThemUp() throws IOException {
        state.publishDistributions(
                "took_seconds",
                List.of(
                        new Distribution(List.of("a"), List.of(1L, 2L, 3L), 9.5),
                        new Distribution(List.of("a"), List.of(1L, 0L, 0L), 0)));

        assertThat(ScrapedText.samples(registry))
                .containsExactly(
                        "took_seconds_bucket{agent=\"a\",le=\"0.0\"} 2",
                        "took_seconds_bucket{agent=\"a\",le=\"1.0\"} 4",
                        "took_seconds_bucket{agent=\"a\",le=\"+Inf\"} 7",
                        "took_seconds_count{agent=\"a\"} 7",
                        "took_seconds_sum{agent=\"a\"} 9.5");
    }

    @Test
    void givesRoomBackWithEveryPublication() throws IOException {
        var many = MetricCatalog.parse("open agent 5000\n[q]\ndepth | gauge | items | agent | - | state | Items.\n");
        var crowded = new PrometheusRegistry();
        var samples = CatalogMeters.in(crowded, many.metrics(), new SeriesLimits(1_000, 900))
                .state();
        for (int round = 0; round < 20; round++) {
            samples.publish(
                    "depth",
                    IntStream.range(0, 700)
                            .mapToObj(i -> sample(1, "agent-" + i))
                            .toList());
            assertThat(ScrapedText.samples(crowded)).hasSize(700);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "told_total", "took_seconds"})
    void refusesWhatTheCatalogueDoesNotAllow(String metric) {
        assertThatThrownBy(() -> state.publish(metric, List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesWhatDoesNotFitTheMetric() {
        assertThatThrownBy(() -> state.publish("depth", List.of(sample(1))))
                .hasMessage("depth has the labels [agent], so it takes 1 values, not 0");
        assertThatThrownBy(() -> state.publish("ended_total", List.of(sample(-1, "a", "done"))))
                .hasMessageContaining("below 0");
        assertThatThrownBy(() -> state.publish("ended_total", List.of(sample(Double.NaN, "a", "done"))))
                .hasMessageContaining("below 0");
        assertThatThrownBy(() -> state.publishDistributions("depth", List.of())).hasMessageContaining("no histogram");
        assertThatThrownBy(() -> state.publishDistributions(
                        "took_seconds", List.of(new Distribution(List.of("a"), List.of(1L), 1))))
                .hasMessageContaining("takes 3 counts");
        assertThatThrownBy(() -> state.clear("told_total")).hasMessageContaining("none of the sources state");
    }
}
