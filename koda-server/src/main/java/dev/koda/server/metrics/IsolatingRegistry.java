package dev.koda.server.metrics;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.MetricType;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricFamilyDescriptor;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A registry in which a collector that throws costs its own families and no others. An error of the JVM itself, such as
 * memory that has run out, is the scrape's. Thread-safe.
 */
final class IsolatingRegistry extends PrometheusRegistry {
    private final Map<Object, Source> sources = new ConcurrentHashMap<>();
    private final FamilyFaults faults;

    IsolatingRegistry(FamilyFaults faults) {
        this.faults = faults;
    }

    /**
     * One collector of either kind.
     *
     * @param name what it collects first, if it says so beforehand
     */
    private record Source(Object collector, String name, Supplier<List<MetricSnapshot>> families) {}

    @Override
    public void register(Collector collector) {
        super.register(collector);
        var family = collector.getMetricFamilyDescriptor();
        add(collector, family == null ? List.of() : List.of(family), () -> {
            var collected = collector.collect();
            return collected == null ? List.of() : List.of(collected);
        });
    }

    @Override
    public void register(MultiCollector collector) {
        super.register(collector);
        add(
                collector,
                collector.getMetricFamilyDescriptors(),
                () -> collector.collect().stream().toList());
    }

    private void add(Object collector, List<MetricFamilyDescriptor> declared, Supplier<List<MetricSnapshot>> families) {
        var name = declared.isEmpty() ? FamilyFaults.UNNAMED : name(declared.get(0));
        sources.put(collector, new Source(collector, name, families));
    }

    private static String name(MetricFamilyDescriptor family) {
        return family.getPrometheusName() + (family.getType() == MetricType.COUNTER ? "_total" : "");
    }

    @Override
    public void unregister(Collector collector) {
        super.unregister(collector);
        sources.remove(collector);
    }

    @Override
    public void unregister(MultiCollector collector) {
        super.unregister(collector);
        sources.remove(collector);
    }

    @Override
    public void clear() {
        super.clear();
        sources.clear();
    }

    @Override
    public MetricSnapshots scrape() {
        var families = new ArrayList<MetricSnapshot>();
        sources.values().forEach(source -> collect(source, families));
        return new MetricSnapshots(families);
    }

    private void collect(Source source, List<MetricSnapshot> families) {
        try {
            families.addAll(source.families().get());
            faults.succeeded(source.collector(), source.name());
        } catch (Throwable failure) { // whatever an application's collector throws
            if (failure instanceof VirtualMachineError error && !(failure instanceof StackOverflowError)) {
                throw error;
            }
            faults.failed(source.collector(), source.name(), failure);
        }
    }
}
