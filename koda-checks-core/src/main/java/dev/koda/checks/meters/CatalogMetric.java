package dev.koda.checks.meters;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A metric as the catalogue declares it. Immutable.
 *
 * @param name as the code that records it says it
 * @param type what it is
 * @param unit of its values, such as {@code seconds} or {@code requests}; for readers
 * @param labels in declared order
 * @param buckets the upper bounds of a histogram, ascending, without infinity; empty otherwise
 * @param family what it belongs to, such as {@code queue}
 * @param sources where its samples come from; if it has {@code STATE} and {@code EVENTS}, one of them at a time
 * @param help one sentence
 */
public record CatalogMetric(
        String name,
        Type type,
        String unit,
        List<CatalogLabel> labels,
        List<Double> buckets,
        String family,
        Set<Source> sources,
        String help) {
    private static final String TOTAL = "_total";

    /** The type of a metric, as its TYPE line says it. */
    public enum Type {
        COUNTER,
        GAUGE,
        HISTOGRAM
    }

    /** Where samples come from. */
    public enum Source {
        /** Read from the database of a Koda. */
        STATE,
        /** Recorded through {@code KodaMeters} by the application that the event happens in. */
        EVENTS,
        /** The check engine and the results of checks. */
        CHECKS,
        /** The server itself. */
        SERVER,
        /** The operations surface. */
        OPERATIONS
    }

    public CatalogMetric {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(unit, "unit");
        Objects.requireNonNull(family, "family");
        Objects.requireNonNull(help, "help");
        labels = List.copyOf(labels);
        buckets = List.copyOf(buckets);
        sources = Set.copyOf(sources);
        if ((type == Type.HISTOGRAM) == buckets.isEmpty()) {
            throw new IllegalArgumentException(name + ": a histogram has buckets, and nothing else has");
        }
        for (int i = 1; i < buckets.size(); i++) {
            if (buckets.get(i) <= buckets.get(i - 1)) {
                throw new IllegalArgumentException(name + ": the buckets must ascend");
            }
        }
    }

    /** The name as a scrape shows it: that of a counter always ends in {@code _total}. */
    public String exposedName() {
        return type == Type.COUNTER && !name.endsWith(TOTAL) ? name + TOTAL : name;
    }

    /** The names of its labels, in declared order. */
    public List<String> labelNames() {
        return labels.stream().map(CatalogLabel::name).toList();
    }

    /** True if it belongs to the platform itself, so that it shows only where a Koda is watched or runs. */
    public boolean isOfPlatform() {
        return sources.contains(Source.EVENTS) || sources.contains(Source.STATE);
    }

    /** How many samples one set of label values has in a scrape. */
    public int samplesPerSet() {
        return type == Type.HISTOGRAM ? buckets.size() + 3 : 1;
    }
}
