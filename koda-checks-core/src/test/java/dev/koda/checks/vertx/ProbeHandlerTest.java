package dev.koda.checks.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Effects;
import dev.koda.checks.Outcome;
import dev.koda.checks.Scope;
import dev.koda.checks.SelectionException;
import dev.koda.checks.Suite;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.testing.VirtualTime;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The handlers on a real server, asked by a client that is not Vert.x. */
class ProbeHandlerTest {
    private static final String STARTING = "{\"status\":\"fail\",\"ready\":false,\"reasons\":[\"starting\"]}";

    private final HttpClient client = HttpClient.newHttpClient();
    private final VirtualTime time = new VirtualTime();
    private volatile Outcome outcome = Outcome.pass("a row came back");
    private Vertx vertx;
    private CheckEngine engine;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
        engine = CheckEngine.builder()
                .time(time)
                .check(CheckSpec.of("orders.db")
                        .in(Suite.READINESS)
                        .failClosed()
                        .unavailable("orders_unavailable")
                        .every(Duration.ofSeconds(1))
                        .run(context -> CompletableFuture.completedFuture(outcome)))
                .check(CheckSpec.of("orders.loop")
                        .in(Suite.LIVENESS)
                        .scope(Scope.LOCAL)
                        .effects(Effects.NONE)
                        .every(Duration.ofSeconds(1))
                        .run(context -> CompletableFuture.completedFuture(outcome)))
                .start();
    }

    @AfterEach
    void stop() throws Exception {
        engine.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void followsTheSnapshotFromFailToPassToWarn() throws Exception {
        var probe = serve(ProbeHandler.readiness(engine));
        outcome = Outcome.fail("no row came back");
        time.advance(Duration.ofSeconds(2));
        assertAnswer(probe, 503, "{\"status\":\"fail\",\"ready\":false,\"reasons\":[\"orders_unavailable\"]}");

        outcome = Outcome.pass("a row came back");
        time.advance(Duration.ofSeconds(2));
        assertAnswer(probe, 200, "{\"status\":\"pass\",\"ready\":true}");

        outcome = Outcome.warn("a row came back late");
        time.advance(Duration.ofSeconds(2));
        assertAnswer(probe, 200, "{\"status\":\"warn\",\"ready\":true}");
    }

    @Test
    void tellsStrangersTheStatusOnlyWhereThatIsWanted() throws Exception {
        var probe = serve(ProbeHandler.readiness(engine, false));
        outcome = Outcome.fail("no row came back");
        time.advance(Duration.ofSeconds(2));

        assertAnswer(probe, 503, "{\"status\":\"fail\",\"ready\":false}");
    }

    @Test
    void answersLivenessOfItsOwnSuite() throws Exception {
        var probe = serve(ProbeHandler.liveness(engine));
        time.advance(Duration.ofSeconds(2));
        assertAnswer(probe, 200, "{\"status\":\"pass\"}");

        outcome = Outcome.fail("stuck");
        time.advance(Duration.ofSeconds(2));
        assertAnswer(probe, 503, "{\"status\":\"fail\"}");
    }

    @Test
    void forbidsCachesAndGuessing() throws Exception {
        var headers = ask(serve(ProbeHandler.readiness(engine)), "GET").headers();

        assertThat(headers.firstValue("content-type")).hasValue("application/json");
        assertThat(headers.firstValue("cache-control")).hasValue("no-store");
        assertThat(headers.firstValue("x-content-type-options")).hasValue("nosniff");
    }

    @Test
    void answersHeadAsGetWithoutTheBody() throws Exception {
        var probe = serve(ProbeHandler.readiness(engine));

        var head = ask(probe, "HEAD");
        var get = ask(probe, "GET");

        assertThat(head.statusCode()).isEqualTo(get.statusCode());
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("content-length"))
                .hasValue(Integer.toString(get.body().length()));
    }

    @Test
    void refusesOtherMethods() throws Exception {
        var answer = ask(serve(ProbeHandler.readiness(engine)), "POST");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("allow")).hasValue("GET, HEAD");
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(answer.body())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Method Not Allowed\",\"status\":405,"
                        + "\"detail\":\"this answers GET, HEAD\"}");
    }

    @Test
    void isNotReadyBeforeTheFirstEvaluation() throws Exception {
        var idle = CheckEngine.builder()
                .time(time)
                .check(CheckSpec.of("orders.db")
                        .in(Suite.READINESS)
                        .failClosed()
                        .run(context -> new CompletableFuture<>()))
                .start();
        try (idle) {
            assertAnswer(serve(ProbeHandler.readiness(idle)), 503, STARTING);
        }
    }

    @Test
    void refusesAnEngineWithoutSuchChecks() {
        var empty = CheckEngine.builder().time(time).build();

        try (empty) {
            assertThatThrownBy(() -> ProbeHandler.liveness(empty)).isInstanceOf(SelectionException.class);
        }
    }

    private URI serve(ProbeHandler handler) throws Exception {
        var server = vertx.createHttpServer()
                .requestHandler(handler)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        return URI.create("http://127.0.0.1:" + server.actualPort() + "/");
    }

    private void assertAnswer(URI probe, int status, String body) throws Exception {
        var answer = ask(probe, "GET");

        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    private HttpResponse<String> ask(URI probe, String method) throws Exception {
        var request = HttpRequest.newBuilder(probe)
                .timeout(Duration.ofSeconds(10))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
