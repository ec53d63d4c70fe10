package dev.koda.checks.meters;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every metric of Koda, each declared once: the source of the meters, of {@code docs/metrics.md}, and of the tests that
 * ground alerts and dashboards. Immutable.
 */
public final class MetricCatalog {
    private static final String RESOURCE = "catalog.txt";
    private static final MetricCatalog BUNDLED = parse(read());

    private final Map<String, CatalogMetric> byName;

    private MetricCatalog(Map<String, CatalogMetric> byName) {
        this.byName = byName;
    }

    /** The metrics of this version. */
    public static MetricCatalog bundled() {
        return BUNDLED;
    }

    /**
     * A catalogue in the format of {@code catalog.txt}, which says how it is written.
     *
     * @throws IllegalArgumentException naming the line that cannot be read, or the name that comes twice
     */
    public static MetricCatalog parse(String text) {
        var byName = new LinkedHashMap<String, CatalogMetric>();
        for (var metric : new CatalogReader().read(text)) {
            if (byName.put(metric.name(), metric) != null) {
                throw new IllegalArgumentException("the catalogue declares " + metric.name() + " twice");
            }
        }
        return new MetricCatalog(byName);
    }

    private static String read() {
        try (var in = MetricCatalog.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + RESOURCE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
    }

    /** All of them, family by family. */
    public List<CatalogMetric> metrics() {
        return List.copyOf(byName.values());
    }

    /** Those of the Koda platform: what {@code KodaMeters} and the collectors feed. */
    public List<CatalogMetric> platform() {
        return byName.values().stream().filter(CatalogMetric::isOfPlatform).toList();
    }

    /**
     * A metric by its name.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public CatalogMetric metric(String name) {
        var found = byName.get(name);
        if (found == null) {
            throw new IllegalArgumentException("the catalogue has no metric " + name);
        }
        return found;
    }
}
