package dev.koda.it;

import static dev.koda.it.PostgresFault.await;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Service;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.runtime.RuntimeChecks;
import dev.koda.server.KodaServer;
import dev.koda.server.ServerOptions;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;

/** A server in the process of an application, alive and not ready, one of whose collectors throws what it is told to. */
final class BrokenMetrics implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final KodaServer server = KodaServer.of(
            ServerOptions.loopback(0, new Service("orders", "1.0", "test")),
            TimeSource.system(),
            (engine, inProcess) -> engine.checks(
                            RuntimeChecks.inProcess(inProcess.gate(), inProcess.loops(), inProcess.lag()))
                    .check(CheckSpec.of("orders.broker")
                            .in(Suite.READINESS)
                            .failClosed()
                            .run(context -> CompletableFuture.completedFuture(Outcome.fail("the broker is away")))));

    private volatile Throwable fault = new IllegalStateException("no orders are known");

    private BrokenMetrics() {
        await(vertx.deployVerticle(server));
        server.registry().register(this::collect);
    }

    static BrokenMetrics start() {
        return new BrokenMetrics();
    }

    private MetricSnapshot collect() {
        if (fault instanceof Error error) {
            throw error;
        }
        throw new IllegalStateException(fault);
    }

    /** From now on every scrape meets this. */
    void fault(Throwable next) {
        fault = next;
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.port() + path;
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
