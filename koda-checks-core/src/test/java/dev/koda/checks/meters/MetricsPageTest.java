package dev.koda.checks.meters;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/metrics.md says what the catalogue says. */
class MetricsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "metrics.md");
    private static final Path WRITTEN = Path.of("target", "metrics.md");

    @Test
    void thePageIsWrittenFromTheCatalogue() throws IOException {
        var page = new MetricsPage(MetricCatalog.bundled()).text();
        Files.createDirectories(WRITTEN.getParent());
        Files.writeString(WRITTEN, page);

        assertThat(Files.readString(PAGE))
                .as("the catalogue has changed: copy koda-checks-core/target/metrics.md to docs/metrics.md")
                .isEqualTo(page);
    }
}
