package dev.koda.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Suite;
import dev.koda.checks.testing.StubCheck;
import dev.koda.checks.testing.VirtualTime;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class DrainTest {
    private final VirtualTime time = new VirtualTime();
    private final StubCheck slow = StubCheck.silent();

    private ServerUnderTest serve() throws Exception {
        var server = ServerUnderTest.with(
                UnaryOperator.identity(),
                time,
                (engine, inProcess) -> engine.check(CheckSpec.of("slow.answer")
                        .in(Suite.DOCTOR)
                        .timeout(Duration.ofMinutes(5))
                        .run(slow)));
        time.advance(Duration.ofSeconds(3));
        return server;
    }

    @Test
    void readinessFailsAtOnceAndHealthNever() throws Exception {
        try (var server = serve()) {
            assertThat(server.get("/api/runtime/readiness").statusCode()).isEqualTo(200);

            server.server.drain();

            var answer = server.get("/api/runtime/readiness");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("draining");
            assertThat(server.get("/health").statusCode()).isEqualTo(200);
            assertThat(server.server.gate().isAccepting()).isFalse();
        }
    }

    @Test
    void servesForTheDrainDelayAndNotLonger() throws Exception {
        try (var server = serve()) {
            var drained = server.server.drain();
            time.advance(Duration.ofMillis(4_999));
            assertThat(server.get("/docs/checks/none").statusCode()).isEqualTo(404);
            assertThat(drained.isComplete()).isFalse();

            time.advance(Duration.ofMillis(1));

            drained.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
            assertThatThrownBy(() -> server.get("/health")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void finishesWhatIsBeingAnswered() throws Exception {
        try (var server = serve()) {
            var request = HttpRequest.newBuilder(server.uri("/api/operations/doctor"))
                    .header("Authorization", "Bearer " + ServerUnderTest.TOKEN)
                    .build();
            var answer = server.client().sendAsync(request, HttpResponse.BodyHandlers.ofString());
            waitUntilBothAreInside(server);
            var drained = server.server.drain();
            time.advance(Duration.ofSeconds(5));

            assertThat(drained.isComplete()).isFalse();
            slow.complete(Outcome.pass("at last"));

            assertThat(answer.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            drained.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
    }

    /** The doctor's request and this scrape itself. */
    private static void waitUntilBothAreInside(ServerUnderTest server) throws Exception {
        long end = System.nanoTime() + ServerUnderTest.LIMIT.toNanos();
        while (!server.get("/metrics").body().contains("koda_http_server_active_requests 2.0")) {
            assertThat(System.nanoTime()).as("the doctor's request must arrive").isLessThan(end);
        }
    }

    @Test
    void asksTwiceAndDrainsOnce() throws Exception {
        try (var server = serve()) {
            assertThat(server.server.drain()).isSameAs(server.server.drain());
        }
    }
}
