package dev.koda.benchmarks;

import dev.koda.checks.Redactor;
import dev.koda.checks.TimeSource;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.stack.Integrations;
import dev.koda.dashboard.http.Caller;
import dev.koda.dashboard.http.Cursors;
import dev.koda.dashboard.http.OperationRoutes;
import dev.koda.dashboard.http.Role;
import dev.koda.dashboard.http.Sender;
import dev.koda.dashboard.store.Migrator;
import dev.koda.dashboard.store.OperationsStore;
import dev.koda.dashboard.store.StoreOptions;
import dev.koda.dashboard.verification.DoctorFeed;
import dev.koda.dashboard.verification.VerificationHistory;
import dev.koda.dashboard.verification.VerificationOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;

/**
 * How fast the history of many integrations over 90 days is shown: over HTTP, from a Postgres as it comes, one request
 * after another. Prints a Markdown table.
 */
public final class HistorySpeed {
    private static final int WARM_UP = 100;

    private static final String[] TABLES = {
        "bars=96&range=24h",
        "bars=84&range=7d",
        "bars=60&range=30d",
        "bars=90&range=90d",
        "bars=90&range=90d&sort=health",
        "bars=90&range=90d&sort=latency",
        "bars=90&range=90d&sort=verified",
        "bars=90&range=90d&state=unstable",
    };

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Random random = new Random(4);
    private final int integrations;
    private final int requests;

    private HistorySpeed(int integrations, int requests) {
        this.integrations = integrations;
        this.requests = requests;
    }

    /**
     * Generates and measures.
     *
     * @param arguments how many integrations, and how many requests of each kind
     */
    public static void main(String[] arguments) throws Exception {
        var speed = new HistorySpeed(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]));
        try (var postgres = EmbeddedPostgres.builder().start()) {
            speed.measure(StoreOptions.of("127.0.0.1", postgres.getPort(), "postgres", "postgres", () -> ""));
        } finally {
            await(speed.vertx.close());
        }
    }

    static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    private void measure(StoreOptions options) throws IOException, InterruptedException {
        try (var store = OperationsStore.of(vertx, options.limit(Duration.ofHours(1)))) {
            await(Migrator.of(store, "benchmark").migrate());
            new GeneratedHistory(store, integrations).generate();
        }
        try (var store = OperationsStore.of(vertx, options);
                var engine = CheckEngine.builder().build()) {
            var base = serve(store, engine);
            System.out.println("| request | p50 | p95 | p99 | longest |\n|---|---|---|---|---|");
            time("summary", () -> base + "/summary");
            time("a page of 50 integrations with their uptimes", () -> base + "/integrations");
            for (var table : TABLES) {
                time("50 rows of a table, " + table, () -> base + "/integrations?" + table);
            }
            for (var range : new String[] {"24h", "7d", "30d", "90d"}) {
                time("history of one, " + range, () -> base + "/integrations/" + any() + "/history?range=" + range);
            }
            time("50 verifications of one", () -> base + "/integrations/" + any() + "/verifications");
            time("50 incidents of 90 days", () -> base + "/incidents?range=90d");
        }
    }

    private String any() {
        return "bench." + random.nextInt(integrations);
    }

    private String serve(OperationsStore store, CheckEngine engine) {
        var time = TimeSource.system();
        var history = VerificationHistory.of(
                engine,
                time,
                store,
                event -> Future.succeededFuture(),
                Cursors.ofThisProcess(),
                VerificationOptions.of(
                        "node-1",
                        "benchmark",
                        Integrations.none(),
                        null,
                        DoctorFeed.of(time),
                        null,
                        Redactor.byShape(),
                        request -> Sender.local()));
        var caller = new Caller("benchmark", Role.VIEWER, Caller.Means.TOKEN, null);
        var routes = OperationRoutes.of(history.operations(), (context, operation) -> Future.succeededFuture(caller));
        var http = await(
                vertx.createHttpServer().requestHandler(routes.router(vertx)).listen(0, "127.0.0.1"));
        return "http://127.0.0.1:" + http.actualPort();
    }

    private void time(String name, Supplier<String> url) throws IOException, InterruptedException {
        for (int i = 0; i < WARM_UP; i++) {
            nanosOf(url.get());
        }
        var nanos = new long[requests];
        for (int i = 0; i < requests; i++) {
            nanos[i] = nanosOf(url.get());
        }
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "| %s | %.1f ms | %.1f ms | %.1f ms | %.1f ms |%n",
                name,
                quantile(nanos, 0.5),
                quantile(nanos, 0.95),
                quantile(nanos, 0.99),
                quantile(nanos, 1));
    }

    private static double quantile(long[] sorted, double part) {
        return sorted[(int) Math.ceil(part * sorted.length) - 1] / 1e6;
    }

    private long nanosOf(String url) throws IOException, InterruptedException {
        long began = System.nanoTime();
        var answer =
                client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(url + " answers " + answer.statusCode());
        }
        return System.nanoTime() - began;
    }
}
