package dev.koda.checks.meters.series;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** What a scrape of a registry says. */
public final class ScrapedText {
    private ScrapedText() {}

    public static String of(PrometheusRegistry registry) throws IOException {
        var text = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(text, registry.scrape());
        return text.toString(UTF_8);
    }

    public static List<String> samples(PrometheusRegistry registry) throws IOException {
        return of(registry).lines().filter(line -> !line.startsWith("#")).toList();
    }
}
