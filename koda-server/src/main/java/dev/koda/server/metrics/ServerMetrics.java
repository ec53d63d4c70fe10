package dev.koda.server.metrics;

import dev.koda.checks.Service;
import dev.koda.checks.TimeSource;
import dev.koda.checks.meters.CatalogMetric;
import dev.koda.checks.meters.CheckMeters;
import dev.koda.checks.meters.MetricCatalog;
import dev.koda.checks.meters.series.CatalogMeters;
import dev.koda.checks.runtime.EventLoopLag;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * All meters of one server in one registry: the JVM and HTTP through Micrometer, everything named {@code koda_check_*}
 * and {@code koda_build_info} as collectors of its own, because Micrometer would rename them. Close it with the server.
 */
public final class ServerMetrics implements AutoCloseable {
    /** Names that promtool's linter refuses; {@code process_cpu_usage} and {@code system_cpu_usage} tell the same. */
    private static final List<String> UNCLEAN = List.of("process.cpu.time", "system.cpu.count");

    private static final String REFUSALS = "koda_scrape_refusals_total";
    private static final String LEFT_OUT = "koda_metrics_left_out_total";
    private static final Set<String> RECORDED = Set.of("collectors", "operations");
    private static final Set<String> OF_SCRAPES = Set.of(CatalogMeters.OVERFLOW, REFUSALS, LEFT_OUT);

    private final PrometheusRegistry registry;
    private final PrometheusMeterRegistry meters;
    private final JvmGcMetrics garbage = new JvmGcMetrics();
    private final CheckMeters checks;
    private final CatalogMeters own;
    private final HttpMeters http;

    private ServerMetrics(Service service, TimeSource time, boolean isOfPlatform) {
        registry = new IsolatingRegistry(new FamilyFaults(time, this::leftOut));
        meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, registry, Clock.SYSTEM);
        checks = CheckMeters.in(registry);
        own = CatalogMeters.in(registry, recorded(isOfPlatform));
        UNCLEAN.forEach(name -> meters.config().meterFilter(MeterFilter.denyNameStartsWith(name)));
        http = new HttpMeters(meters, time);
        new ClassLoaderMetrics().bindTo(meters);
        new JvmMemoryMetrics().bindTo(meters);
        new JvmThreadMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
        new FileDescriptorMetrics().bindTo(meters);
        new UptimeMetrics().bindTo(meters);
        garbage.bindTo(meters);
        Info.builder()
                .name("koda_build_info")
                .help("The version that runs; always 1")
                .labelNames("version", "java_version")
                .register(registry)
                .addLabelValues(
                        service.version() == null ? "unknown" : service.version(),
                        Runtime.version().toString());
    }

    /**
     * The meters of the process, in a new registry.
     *
     * @param isOfPlatform whether the metrics of a Koda are shown too
     */
    public static ServerMetrics of(Service service, TimeSource time, boolean isOfPlatform) {
        return new ServerMetrics(service, time, isOfPlatform);
    }

    /** What is not recorded by the engine or through Micrometer. */
    private static List<CatalogMetric> recorded(boolean isOfPlatform) {
        return MetricCatalog.bundled().metrics().stream()
                .filter(metric -> metric.isOfPlatform()
                        ? isOfPlatform
                        : RECORDED.contains(metric.family()) || OF_SCRAPES.contains(metric.name()))
                .toList();
    }

    /** Shows how late the server's event loop turns. */
    public void observe(EventLoopLag lag) {
        TimeGauge.builder(
                        "koda.event.loop.lag",
                        lag,
                        TimeUnit.NANOSECONDS,
                        value -> value.worst().toNanos())
                .description("Longest lag of the server's event loop in the last 10 to 20 seconds")
                .register(meters);
    }

    /** The meters of requests. */
    public HttpMeters http() {
        return http;
    }

    /** The meters of checks: a listener for the engine, which is shown to them when it has started. */
    public CheckMeters checks() {
        return checks;
    }

    /** The meters of the catalogue that parts of the server feed: collectors, the operations surface, the platform. */
    public CatalogMeters catalog() {
        return own;
    }

    /**
     * The endpoint that shows them; one for each event loop.
     *
     * @param access true for a request that may see them
     */
    public MetricsRoute route(Predicate<HttpServerRequest> access) {
        return new MetricsRoute(registry, access, this::refused);
    }

    /** A scrape was refused for want of a token. */
    void refused() {
        own.counter(REFUSALS).at("401").increment();
    }

    /** A family could not be collected. */
    private void leftOut(String family) {
        own.counter(LEFT_OUT).at(family).increment();
    }

    /** What a scrape shows: an application registers its own meters here. One that throws costs itself and no other. */
    public PrometheusRegistry registry() {
        return registry;
    }

    /** Releases what the meters hold of the JVM. */
    @Override
    public void close() {
        garbage.close();
        meters.close();
    }
}
