package dev.koda.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The endpoint over real HTTP, with more samples than one packet holds. */
class MetricsRouteTest {
    private static final int SAMPLES = 40_000;
    private static final int LIMIT_SECONDS = 30;

    private final Vertx vertx = Vertx.vertx();
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger collected = new AtomicInteger();
    private final AtomicBoolean isBroken = new AtomicBoolean();
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private int port;

    @BeforeEach
    void serve() throws Exception {
        var gauge = Gauge.builder()
                .name("koda_queue_depth")
                .help("Items.")
                .labelNames("agent_id")
                .register(registry);
        for (int i = 0; i < SAMPLES; i++) {
            gauge.labelValues("agent-number-" + i).set(i);
        }
        registry.register(() -> {
            collected.incrementAndGet();
            pass();
            return Gauge.builder().name("koda_active_tasks").build().collect();
        });
        var router = Router.router(vertx);
        router.get("/metrics")
                .handler(new MetricsRoute(
                        registry,
                        request -> {
                            asked.incrementAndGet();
                            gate.countDown();
                            return true;
                        },
                        () -> {}));
        port = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(LIMIT_SECONDS, TimeUnit.SECONDS)
                .actualPort();
    }

    private void pass() {
        try {
            assertThat(gate.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (isBroken.get()) {
            throw new IllegalStateException("this collector is broken");
        }
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"));
    }

    @Test
    void aLongBodyComesWholeAgainAndAgain() throws Exception {
        for (int round = 0; round < 3; round++) {
            var body = client.send(request().build(), HttpResponse.BodyHandlers.ofString())
                    .body();

            assertThat(body.lines().filter(line -> line.startsWith("koda_queue_depth{")))
                    .hasSize(SAMPLES);
            assertThat(body).contains("koda_queue_depth{agent_id=\"agent-number-39999\"} 39999.0\n");
        }
        var packed = client.send(
                request().header("Accept-Encoding", "gzip").build(), HttpResponse.BodyHandlers.ofInputStream());
        try (var in = new GZIPInputStream(packed.body())) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .hasSizeGreaterThan(SAMPLES);
        }
    }

    @Test
    void scrapesThatComeMeanwhileShareOneWriting() throws Exception {
        int many = 12;
        gate = new CountDownLatch(many);
        var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < many; i++) {
            answers.add(client.sendAsync(request().build(), HttpResponse.BodyHandlers.ofString()));
        }

        for (var answer : answers) {
            assertThat(answer.get(LIMIT_SECONDS, TimeUnit.SECONDS).body().lines())
                    .hasSizeGreaterThan(SAMPLES);
        }
        assertThat(asked).hasValue(many);
        assertThat(collected).hasValue(1);
    }

    @Test
    void whoLeavesInTheMiddleDisturbsNobody() throws Exception {
        for (int i = 0; i < 5; i++) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                leave(socket);
            }
        }

        assertThat(client.send(request().build(), HttpResponse.BodyHandlers.ofString())
                        .body()
                        .lines())
                .hasSizeGreaterThan(SAMPLES);
    }

    private static void leave(Socket socket) throws IOException {
        socket.getOutputStream().write("GET /metrics HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(socket.getInputStream().readNBytes(1_000)).hasSize(1_000);
    }

    @Test
    void aRegistryThatThrowsIsAnErrorOfThisScrapeOnly() throws Exception {
        isBroken.set(true);
        assertThat(client.send(request().build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(500);

        isBroken.set(false);
        assertThat(client.send(request().build(), HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }
}
