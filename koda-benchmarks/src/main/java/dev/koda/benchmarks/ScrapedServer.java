package dev.koda.benchmarks;

import dev.koda.checks.meters.MetricCatalog;
import dev.koda.checks.meters.series.CatalogMeters;
import dev.koda.checks.meters.series.SeriesLimits;
import dev.koda.server.metrics.MetricsRoute;
import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** An HTTP server with {@code /health} and a scrape of so many counters, as ours or as a plain Micrometer endpoint. */
final class ScrapedServer implements AutoCloseable {
    private static final int METRICS = 50;

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(2));
    private final int port;

    private ScrapedServer(Handler<RoutingContext> metrics) {
        var router = Router.router(vertx);
        router.route("/metrics").handler(metrics);
        var server = vertx.createHttpServer().requestHandler(request -> {
            if (request.path().equals("/health")) {
                request.response().end("{\"status\":\"ok\"}");
            } else {
                router.handle(request);
            }
        });
        port = server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    int port() {
        return port;
    }

    /** The endpoint of koda-server over its catalogue's meters. */
    static ScrapedServer ours(int series) {
        var catalog =
                new StringBuilder("open agent_id 1000000\nopen tool_name 1000000\nopen status 1000000\n[tools]\n");
        for (int m = 0; m < METRICS; m++) {
            catalog.append(name(m))
                    .append(" | counter | executions | agent_id tool_name status | - | events | ")
                    .append(HELP)
                    .append('\n');
        }
        var registry = new PrometheusRegistry();
        var limits = new SeriesLimits(10 * series, 10 * series);
        var meters = CatalogMeters.in(
                registry, MetricCatalog.parse(catalog.toString()).metrics(), limits);
        for (int i = 0; i < series; i++) {
            meters.counter(name(i % METRICS)).at(values(i)).add((long) i);
        }
        return new ScrapedServer(new MetricsRoute(registry, request -> true, () -> {}));
    }

    /** What the documentation of Micrometer shows, on Vert.x. */
    static ScrapedServer micrometer(int series) {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        for (int i = 0; i < series; i++) {
            var values = values(i);
            Counter.builder(name(i % METRICS))
                    .description(HELP)
                    .tags("agent_id", values[0], "tool_name", values[1], "status", values[2])
                    .register(registry)
                    .increment(i);
        }
        return new ScrapedServer(context -> context.response()
                .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                .end(registry.scrape()));
    }

    private static final String HELP = "Tool executions that ended, by how they ended.";

    private static String name(int metric) {
        return "koda_tool_executions_" + metric + "_total";
    }

    private static String[] values(int i) {
        return new String[] {
            "agent-" + i / METRICS % 40, "tool-name-" + i / METRICS, i % 3 == 0 ? "failed" : "completed"
        };
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
