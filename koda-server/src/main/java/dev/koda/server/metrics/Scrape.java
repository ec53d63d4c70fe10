package dev.koda.server.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the registry as Prometheus asked for it: text 0.0.4, OpenMetrics or protobuf. Takes milliseconds of CPU, so it
 * runs off the event loop; safe for use by several threads.
 */
final class Scrape {
    private static final int SMALL = 1_024;

    private final PrometheusRegistry registry;
    private final ExpositionFormats formats = ExpositionFormats.init();

    Scrape(PrometheusRegistry registry) {
        this.registry = registry;
    }

    /**
     * The answer.
     *
     * @param contentType with its parameters
     * @param isGzipped whether {@code body} is compressed
     * @param body the samples
     */
    @SuppressWarnings("ArrayRecordComponent") // handed to one response, compared by nobody
    record Answer(String contentType, boolean isGzipped, byte[] body) {}

    /**
     * Collects all families once.
     *
     * @param accept the Accept header, or null for text
     * @param acceptEncoding the Accept-Encoding header, or null
     * @throws IOException never in practice: the target is memory
     */
    Answer write(@Nullable String accept, @Nullable String acceptEncoding) throws IOException {
        ExpositionFormatWriter writer = formats.findWriter(accept);
        boolean isGzipped = takesGzip(acceptEncoding);
        var bytes = new ByteArrayOutputStream(16 * SMALL);
        try (OutputStream out = isGzipped ? new GZIPOutputStream(bytes) : bytes) {
            writer.write(out, registry.scrape());
        }
        return new Answer(writer.getContentType(), isGzipped, bytes.toByteArray());
    }

    private static boolean takesGzip(@Nullable String acceptEncoding) {
        if (acceptEncoding == null) {
            return false;
        }
        for (var coding : acceptEncoding.toLowerCase(Locale.ROOT).split(",", -1)) {
            var parts = coding.strip().split("\\s*;\\s*", -1);
            if (parts[0].equals("gzip")) {
                return parts.length == 1 || !parts[1].matches("q=0(\\.0*)?");
            }
        }
        return false;
    }
}
