package dev.koda.server.metrics;

import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;

/**
 * Writes the registry as Prometheus asked for it. Takes milliseconds of CPU, so it runs off the event loop; its buffers
 * are used again, so one at a time.
 */
final class Scrape {
    private final PrometheusRegistry registry;
    private final ScrapeBuffer plain = new ScrapeBuffer();
    private final ScrapeBuffer packed = new ScrapeBuffer();
    private final ScrapeGzip gzip = new ScrapeGzip();
    private final PrometheusProtobufWriter protobuf = new PrometheusProtobufWriter();

    Scrape(PrometheusRegistry registry) {
        this.registry = registry;
    }

    /**
     * What is asked for.
     *
     * @param isGzipped whether it is to be compressed
     */
    record Asked(ScrapeFormat format, boolean isGzipped) {}

    /**
     * Collects all families once.
     *
     * @return the body, which may be handed to several responses
     * @throws IOException never in practice: the target is memory
     */
    Buffer write(Asked asked) throws IOException {
        plain.clear();
        var families = registry.scrape();
        switch (asked.format()) {
            case TEXT -> new SampleText(plain, false).write(families);
            case OPEN_METRICS -> new SampleText(plain, true).write(families);
            case PROTOBUF -> protobuf(families);
        }
        if (!asked.isGzipped()) {
            return copy(plain);
        }
        packed.clear();
        gzip.pack(plain, packed);
        return copy(packed);
    }

    private void protobuf(MetricSnapshots families) throws IOException {
        protobuf.write(plain, families);
        families.stream()
                .filter(family -> family.getDataPoints().isEmpty())
                .forEach(family -> new EmptyFamily(family).write(plain));
    }

    private static Buffer copy(ScrapeBuffer source) {
        return Buffer.buffer(source.length()).appendBytes(source.array(), 0, source.length());
    }
}
