package dev.koda.checks.meters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koda.checks.meters.CatalogMetric.Source;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricCatalogTest {
    private static final String LABELS = "open agent 3\nclosed end done failed\n[queue]\n";

    private final MetricCatalog catalog = MetricCatalog.bundled();

    @Test
    void declaresThePlatformAsItsOwnExporterDoes() throws IOException {
        var declared = catalog.platform().stream()
                .map(metric -> new PlatformMetric(
                        metric.name(),
                        metric.type().name().toLowerCase(Locale.ROOT),
                        metric.labelNames(),
                        metric.family(),
                        metric.exposedName(),
                        metric.buckets().stream().map(String::valueOf).toList()))
                .toList();

        assertThat(declared).hasSize(105).containsExactlyInAnyOrderElementsOf(PlatformMetric.all());
    }

    @Test
    void everyPlatformMetricCanBeRecorded() {
        assertThat(catalog.platform()).allMatch(metric -> metric.sources().contains(Source.EVENTS));
    }

    @Test
    void everyMetricSaysWhatItIs() {
        var exposed = new HashSet<String>();
        for (var metric : catalog.metrics()) {
            assertThat(metric.name()).matches("koda_[a-z][a-z0-9_]*");
            assertThat(exposed.add(metric.exposedName()))
                    .as(metric.exposedName())
                    .isTrue();
            assertThat(metric.help()).as(metric.name()).matches("[A-Z0-9].*\\.").hasSizeBetween(15, 140);
            assertThat(metric.sources()).as(metric.name()).isNotEmpty();
            assertThat(new HashSet<>(metric.labelNames())).hasSameSizeAs(metric.labels());
        }
    }

    @Test
    void readsLabelsBucketsAndSources() {
        var metric = MetricCatalog.parse(
                        LABELS + "# said\n\na_seconds | histogram | seconds | agent status:end | 0.0 1.5"
                                + " | state events | Time.")
                .metric("a_seconds");

        assertThat(metric.labels())
                .containsExactly(
                        new CatalogLabel("agent", List.of(), 3),
                        new CatalogLabel("status", List.of("done", "failed"), 2));
        assertThat(metric.buckets()).containsExactly(0.0, 1.5);
        assertThat(metric.sources()).containsExactlyInAnyOrder(Source.STATE, Source.EVENTS);
        assertThat(metric.samplesPerSet()).isEqualTo(5);
        assertThat(metric.family()).isEqualTo("queue");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a_total | counter | x | agent | - | events; 7 columns",
                "a_total | counter | x | nobody | - | events | Help.; the values of nobody are not declared",
                "A | counter | x | agent | - | events | Help.; is no name",
                "a | histogram | x | agent | - | events | Help.; a histogram has buckets",
                "a | counter | x | agent | 1.0 | events | Help.; a histogram has buckets",
                "a | histogram | x | agent | 2.0 1.0 | events | Help.; must ascend",
                "a | meter | x | agent | - | events | Help.; METER",
                "a | gauge | x | agent | - | rumour | Help.; RUMOUR",
                "open agent many; many",
                "open agent 0; most must be at least 1"
            })
    void namesTheLineThatCannotBeRead(String line, String why) {
        assertThatThrownBy(() -> MetricCatalog.parse(LABELS + line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("line 4 of the catalogue: ")
                .hasMessageContaining(why);
    }

    @Test
    void refusesWhatComesTwiceAndWhatItLacks() {
        var line = "a_total | counter | x | agent | - | events | Help.\n";

        assertThatThrownBy(() -> MetricCatalog.parse(LABELS + line + line)).hasMessageContaining("a_total twice");
        assertThatThrownBy(() -> catalog.metric("koda_nothing"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the catalogue has no metric koda_nothing");
    }
}
