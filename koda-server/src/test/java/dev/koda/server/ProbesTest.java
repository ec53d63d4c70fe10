package dev.koda.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.testing.StubCheck;
import dev.koda.checks.testing.VirtualTime;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbesTest {
    private final VirtualTime time = new VirtualTime();
    private final StubCheck postgres = StubCheck.answering(Outcome.pass("SELECT 1 answers in 2 ms"));

    private ServerUnderTest serve(UnaryOperator<ServerOptions> change) throws Exception {
        var server = ServerUnderTest.with(
                change,
                time,
                (engine, inProcess) -> engine.check(CheckSpec.of("postgres.round-trip")
                        .in(Suite.READINESS)
                        .failClosed()
                        .unavailable("postgres_unavailable")
                        .every(Duration.ofSeconds(1))
                        .run(postgres)));
        time.advance(Duration.ofSeconds(3));
        return server;
    }

    private ServerUnderTest serve() throws Exception {
        return serve(UnaryOperator.identity());
    }

    private void breakPostgres() {
        postgres.answer(Outcome.fail("connection refused by db:5432"));
        time.advance(Duration.ofSeconds(3));
    }

    @Test
    void healthIsConstant() throws Exception {
        try (var server = serve()) {
            breakPostgres();

            var answer = server.get("/health");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("{\"status\":\"pass\"}");
            assertThat(answer.headers().firstValue("content-type")).contains("application/json");
            assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/runtime/readiness", "/api/runtime/ready", "/api/control-plane/health"})
    void readinessFollowsTheSnapshot(String path) throws Exception {
        try (var server = serve()) {
            var ready = server.get(path);
            breakPostgres();
            var notReady = server.get(path);
            postgres.answer(Outcome.pass("SELECT 1 answers in 2 ms"));
            time.advance(Duration.ofSeconds(3));
            var again = server.get(path + "?at=once");

            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(new JsonObject(ready.body()).getBoolean("ready")).isTrue();
            assertThat(notReady.statusCode()).isEqualTo(503);
            assertThat(notReady.body())
                    .isEqualTo("{\"status\":\"fail\",\"ready\":false,\"reasons\":[\"postgres_unavailable\"]}");
            assertThat(notReady.headers().firstValue("cache-control")).contains("no-store");
            assertThat(again.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void tellsNoReasonIfItShallNot() throws Exception {
        try (var server = serve(ServerOptions::withoutReasons)) {
            breakPostgres();

            assertThat(server.get("/api/runtime/readiness").body()).isEqualTo("{\"status\":\"fail\",\"ready\":false}");
        }
    }

    @Test
    void anAnswerRunsNoCheck() throws Exception {
        try (var server = serve()) {
            int runs = postgres.runs();

            for (int i = 0; i < 20; i++) {
                server.get("/api/runtime/readiness");
            }

            assertThat(postgres.runs()).isEqualTo(runs);
        }
    }

    @Test
    void saysStartingBeforeTheFirstEvaluation() throws Exception {
        try (var server = ServerUnderTest.with(UnaryOperator.identity(), time, (engine, inProcess) -> {})) {
            var answer = server.get("/api/runtime/readiness");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("starting");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/api/runtime/readiness"})
    void headHasTheHeadersOfGetAndNoBody(String path) throws Exception {
        try (var server = serve()) {
            var head = server.send("HEAD", path);

            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            assertThat(head.headers().firstValue("content-length"))
                    .isEqualTo(server.get(path).headers().firstValue("content-length"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void takesNoOtherMethod(String method) throws Exception {
        try (var server = serve()) {
            for (var path : new String[] {"/health", "/api/runtime/readiness"}) {
                var answer = server.send(method, path);

                assertThat(answer.statusCode()).isEqualTo(405);
                assertThat(answer.headers().firstValue("allow")).contains("GET, HEAD");
                assertThat(new JsonObject(answer.body()).getInteger("status")).isEqualTo(405);
            }
        }
    }

    @Test
    void keepsAnsweringWhileEveryDependencyHangsAndNoWorkerIsFree() throws Exception {
        var release = new CountDownLatch(1);
        ServerChecks hanging = (engine, inProcess) -> {
            for (int i = 0; i < 20; i++) {
                engine.check(CheckSpec.of("hang.blocking-" + i)
                        .in(Suite.READINESS, Suite.DOCTOR)
                        .failClosed()
                        .timeout(Duration.ofSeconds(30))
                        .blocking(context -> {
                            release.await();
                            return Outcome.pass("released");
                        }));
                engine.check(CheckSpec.of("hang.silent-" + i)
                        .in(Suite.READINESS, Suite.DOCTOR)
                        .failClosed()
                        .timeout(Duration.ofSeconds(30))
                        .run(StubCheck.silent()));
            }
        };
        try (var server = ServerUnderTest.with(UnaryOperator.identity(), TimeSource.system(), hanging)) {
            server.get("/health");
            long started = System.nanoTime();
            for (int i = 0; i < 200; i++) {
                assertThat(server.get("/health").statusCode()).isEqualTo(200);
                assertThat(server.get("/api/runtime/readiness").statusCode()).isEqualTo(503);
            }

            // 400 answers one after another: a single wait for a dependency would take its 30 s.
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(10));
        } finally {
            release.countDown();
        }
    }
}
