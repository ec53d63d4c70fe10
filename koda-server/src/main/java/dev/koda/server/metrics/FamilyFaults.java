package dev.koda.server.metrics;

import dev.koda.checks.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was left out of scrapes: counts each time, and logs the first, one an hour while it lasts, and the end. A Prometheus
 * comes every few seconds, and a line for each would bury the others. Thread-safe.
 */
final class FamilyFaults {
    /** The family of a collector that does not say beforehand what it collects. */
    static final String UNNAMED = "unnamed";

    private static final Logger LOG = LoggerFactory.getLogger(FamilyFaults.class);
    private static final long AGAIN = Duration.ofHours(1).toNanos();

    private final TimeSource time;
    private final Consumer<String> counter;
    private final Map<Object, Long> told = new ConcurrentHashMap<>();

    /**
     * @param counter takes the family, each time that it is left out
     */
    FamilyFaults(TimeSource time, Consumer<String> counter) {
        this.time = time;
        this.counter = counter;
    }

    /**
     * It could not be collected.
     *
     * @param collector the same each time
     * @param family the name of what it collects
     */
    void failed(Object collector, String family, Throwable why) {
        counter.accept(family);
        long now = time.nanos();
        var before = told.get(collector);
        if (before == null || now - before >= AGAIN) {
            told.put(collector, now);
            LOG.atError()
                    .addKeyValue("event", "metrics.left-out")
                    .addKeyValue("metric", family)
                    .addKeyValue("collector", collector.getClass().getName())
                    .setCause(why)
                    .log(
                            "{} is left out of scrapes: {} throws",
                            family,
                            collector.getClass().getName());
        }
    }

    /** It was collected. */
    void succeeded(Object collector, String family) {
        if (!told.isEmpty() && told.remove(collector) != null) {
            LOG.atInfo()
                    .addKeyValue("event", "metrics.shown-again")
                    .addKeyValue("metric", family)
                    .addKeyValue("collector", collector.getClass().getName())
                    .log("{} is in scrapes again", family);
        }
    }
}
