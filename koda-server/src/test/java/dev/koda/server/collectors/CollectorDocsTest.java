package dev.koda.server.collectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.meters.CatalogMetric;
import dev.koda.checks.meters.CatalogMetric.Source;
import dev.koda.checks.meters.MetricCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CollectorDocsTest {
    private static final Path DOCS = Path.of("..", "docs", "collectors.md");

    private static List<String> metrics() {
        return StateCollectors.all().stream()
                .flatMap(collector -> collector.metrics().stream())
                .toList();
    }

    /** So that nobody waits for samples that nothing reads, and nothing is read that nobody may show. */
    @Test
    void theCatalogueSaysOfTheSameMetricsThatTablesTellThem() {
        assertThat(metrics())
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(MetricCatalog.bundled().metrics().stream()
                        .filter(metric -> metric.sources().contains(Source.STATE))
                        .map(CatalogMetric::name)
                        .toList());
    }

    @Test
    void everyStatementStandsInTheDocumentation() throws IOException {
        var docs = Files.readString(DOCS);

        assertThat(StateCollectors.all()).extracting(Collector::name).doesNotHaveDuplicates();
        for (var collector : StateCollectors.all()) {
            assertThat(docs)
                    .as(collector.name())
                    .contains("### " + collector.name() + "\n")
                    .contains("```sql\n" + collector.sql().strip() + "\n```");
        }
    }

    @Test
    void everyMetricHasARowWithItsTable() throws IOException {
        var rows = Files.readAllLines(DOCS);

        for (var collector : StateCollectors.all()) {
            for (var metric : collector.metrics()) {
                assertThat(rows)
                        .as(metric)
                        .anyMatch(row ->
                                row.startsWith("| `" + metric + "`") && row.contains("`" + collector.table() + "`"));
            }
        }
    }
}
