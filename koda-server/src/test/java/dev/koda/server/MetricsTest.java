package dev.koda.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.testing.StubCheck;
import dev.koda.dashboard.http.BearerTokens;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsTest {
    private final StubCheck stub = StubCheck.answering(Outcome.warn("slow"));
    private ServerUnderTest server;

    @BeforeEach
    void serve() throws Exception {
        server = ServerUnderTest.with((engine, inProcess) -> engine.check(CheckSpec.of("disk.space")
                        .instance("STATE_ROOT_DIR")
                        .in(Suite.DOCTOR)
                        .run(stub))
                .check(CheckSpec.of("slow.answer")
                        .in(Suite.DOCTOR)
                        .timeout(Duration.ofMinutes(5))
                        .run(StubCheck.silent())));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void showsTheProcessTheRequestsAndTheChecksInOnePlace() throws Exception {
        server.get("/health");
        server.get("/nowhere");

        var text = server.get("/metrics").body();

        assertThat(text)
                .contains("koda_build_info{")
                .contains("version=\"1.2.3\"")
                .contains("jvm_memory_used_bytes{")
                .contains("koda_event_loop_lag_seconds")
                .contains("koda_check_status{")
                .contains("check=\"disk.space\"")
                .contains("koda_http_server_requests_seconds_count{route=\"/health\",status=\"2xx\"} 1")
                .contains("koda_http_server_requests_seconds_count{route=\"other\",status=\"4xx\"} 1");
    }

    @Test
    void countsWhatIsNoRequestToo() throws Exception {
        server.raw("rubbish\r\n\r\n");

        assertThat(server.get("/metrics").body())
                .contains("koda_http_server_requests_seconds_count{route=\"other\",status=\"4xx\"} 1");
    }

    @Test
    void whoLeavesBeforeTheAnswerIsNotCountedAsAnswered() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.server.port())) {
            socket.getOutputStream()
                    .write(("GET /api/operations/doctor?only=slow.answer HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer "
                                    + ServerUnderTest.TOKEN + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            awaitLine("koda_http_server_active_requests 2.0");
        }

        awaitLine("koda_http_server_requests_seconds_count{route=\"/api/operations\",status=\"none\"} 1");
        assertThat(server.get("/metrics").body())
                .contains("koda_http_server_requests_seconds_count{route=\"/api/operations\",status=\"2xx\"} 0");
    }

    private void awaitLine(String line) throws Exception {
        long end = System.nanoTime() + ServerUnderTest.LIMIT.toNanos();
        for (var text = ""; !text.contains(line); text = server.get("/metrics").body()) {
            assertThat(System.nanoTime()).as(line + " must come").isLessThan(end);
        }
    }

    @Test
    void aLabelNeverHoldsWhatAClientSent() throws Exception {
        server.get("/evil-4711");
        server.get("/docs/checks/evil-4711");

        assertThat(server.get("/metrics").body()).doesNotContain("evil-4711");
    }

    @Test
    void aMeterOfTheApplicationThatThrowsIsLeftOut() throws Exception {
        GaugeWithCallback.builder()
                .name("orders_waiting")
                .callback(callback -> {
                    throw new IllegalStateException("no orders");
                })
                .register(server.server.registry());
        Gauge.builder().name("orders_done").register(server.server.registry()).set(4);

        server.get("/metrics");

        assertThat(server.get("/metrics").body())
                .contains("orders_done 4.0\n")
                .contains("koda_check_status{")
                .contains("jvm_memory_used_bytes{")
                .containsPattern("koda_metrics_left_out_total\\{metric=\"orders_waiting\"} [12]\\.0\n")
                .doesNotContain("# TYPE orders_waiting");
    }

    @Test
    void aScrapeRunsNoCheck() throws Exception {
        server.get("/metrics");
        int runs = stub.runs();

        for (int i = 0; i < 10; i++) {
            server.get("/metrics");
        }

        assertThat(stub.runs()).isEqualTo(runs);
    }

    @Test
    void speaksTheFormatThatIsAskedFor() throws Exception {
        var text = server.get("/metrics");
        var openMetrics =
                server.get("/metrics", "Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
        var protobuf = server.get(
                "/metrics",
                "Accept",
                "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited");

        assertThat(text.headers().firstValue("content-type").orElse("")).startsWith("text/plain; version=0.0.4");
        assertThat(openMetrics.headers().firstValue("content-type").orElse(""))
                .startsWith("application/openmetrics-text");
        assertThat(openMetrics.body()).endsWith("# EOF\n");
        assertThat(protobuf.headers().firstValue("content-type").orElse(""))
                .startsWith("application/vnd.google.protobuf");
    }

    @Test
    void compressesForWhoTakesIt() throws Exception {
        var request = HttpRequest.newBuilder(server.uri("/metrics"))
                .header("Accept-Encoding", "br, gzip;q=0.8")
                .build();

        var answer = server.client().send(request, HttpResponse.BodyHandlers.ofByteArray());

        assertThat(answer.headers().firstValue("content-encoding")).contains("gzip");
        var text = new String(
                new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes(), StandardCharsets.UTF_8);
        assertThat(text).contains("koda_build_info");
        assertThat(server.get("/metrics", "Accept-Encoding", "gzip;q=0")
                        .headers()
                        .firstValue("content-encoding"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For", "Forwarded", "X-Real-IP", "Via", "X-Forwarded-Proto"})
    void whatAProxyPassedOnNeedsAToken(String header) throws Exception {
        var refused = server.get("/metrics", header, "127.0.0.1");

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("www-authenticate")).isPresent();
        assertThat(new JsonObject(refused.body()).getInteger("status")).isEqualTo(401);
        assertThat(server.get("/metrics", header, "127.0.0.1", "Authorization", "Bearer " + ServerUnderTest.TOKEN)
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.get("/metrics", header, "127.0.0.1", "Authorization", "Bearer wrong")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void withoutATokenConfiguredNoProxyComesIn() throws Exception {
        try (var closed = ServerUnderTest.with(
                options -> options.tokens(BearerTokens.none()), TimeSource.system(), (engine, inProcess) -> {})) {
            assertThat(closed.get("/metrics", "Via", "1.1 proxy", "Authorization", "Bearer ")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(closed.get("/metrics").statusCode()).isEqualTo(200);
        }
        assertThat(new MetricsAccess(BearerTokens.none()))
                .hasToString(
                        "loopback and private addresses without forwarding headers; nobody else, since CONTROL_PLANE_API_TOKEN is not set");
    }

    @Test
    void countsWhomItRefuses() throws Exception {
        server.get("/metrics", "Via", "1.1 proxy");
        server.get("/metrics", "Via", "1.1 proxy", "Authorization", "Bearer wrong");

        assertThat(server.get("/metrics").body()).contains("koda_scrape_refusals_total{status=\"401\"} 2.0");
    }

    /** Also without a store: what this process knows of itself. */
    @Test
    void showsTheNumbersOfTheOperationsSurface() throws Exception {
        awaitLine("koda_security_events_total{severity=\"warning\",type=\"security.auth_failure\"} 0.0");
        awaitLine("koda_stream_clients 0.0");
        assertThat(server.get("/metrics").body())
                .contains("# TYPE koda_audit_head_seq gauge")
                .doesNotContain("\nkoda_audit_head_seq ")
                .doesNotContain("\nkoda_operations_store_up ");
    }

    @Test
    void showsThePlatformWhereAKodaIsConfigured() throws Exception {
        assertThat(server.get("/metrics").body())
                .doesNotContain("koda_queue_depth")
                .contains("# TYPE koda_collector_up gauge");
        try (var ofKoda = ServerUnderTest.with(
                options -> options.platform(true), TimeSource.system(), (engine, inProcess) -> {})) {
            assertThat(ofKoda.get("/metrics").body())
                    .contains("# TYPE koda_queue_depth gauge")
                    .contains("# TYPE koda_cost_total_usd_total counter");
        }
    }

    /** Many at once, of several formats, each whole: the body of one is that of all who asked meanwhile. */
    @Test
    void concurrentScrapesAreAllAnsweredWhole() throws Exception {
        var answers = IntStream.range(0, 60)
                .mapToObj(i -> server.client()
                        .sendAsync(
                                HttpRequest.newBuilder(server.uri("/metrics"))
                                        .header("Accept", i % 2 == 0 ? "text/plain" : "application/openmetrics-text")
                                        .build(),
                                HttpResponse.BodyHandlers.ofString()))
                .toList();

        for (int i = 0; i < answers.size(); i++) {
            var body = answers.get(i)
                    .get(ServerUnderTest.LIMIT.toSeconds(), TimeUnit.SECONDS)
                    .body();
            assertThat(body).contains("koda_build_info{").contains("jvm_memory_used_bytes{");
            assertThat(body.endsWith("# EOF\n")).isEqualTo(i % 2 == 1);
        }
    }

    /** What promtool's linter looks at first; promtool itself looks in the tests of the distribution. */
    @Test
    void everyFamilyHasHelpTypeAndOneBlock() throws Exception {
        var lines = server.get("/metrics").body().lines().toList();
        var helped = new HashSet<String>();
        var typed = new HashSet<String>();
        for (var line : lines) {
            if (line.startsWith("# HELP ")) {
                var words = List.of(line.split(" ", 4));
                assertThat(words).as(line).hasSize(4);
                assertThat(helped.add(words.get(2))).as("HELP twice: " + line).isTrue();
            } else if (line.startsWith("# TYPE ")) {
                var words = List.of(line.split(" ", 4));
                assertThat(typed.add(words.get(2))).as("TYPE twice: " + line).isTrue();
                assertThat(words.get(3)).isIn("gauge", "counter", "histogram", "summary");
                assertThat(words.get(3).equals("counter"))
                        .as("counters and only they end in _total: " + line)
                        .isEqualTo(words.get(2).endsWith("_total"));
                assertThat(words.get(2))
                        .as("no suffix of a histogram, no short unit")
                        .doesNotMatch(".*(_count|_sum|_bucket|_(ns|ms)(_total)?)");
            } else {
                assertThat(line).matches("[a-z][a-z0-9_]*(\\{.*})? \\S+");
            }
        }
        assertThat(helped).isNotEmpty().isEqualTo(typed);
    }
}
