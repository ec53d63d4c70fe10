package dev.koda.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code koda serve} with the drain delay that it has by itself, under an orchestrator that ends it. */
class ServeIT {
    private static final Duration SHORT = Duration.ofSeconds(30);

    /** 100 ms are promised; the question, and starting the {@code kill} before it, take their time on a busy machine. */
    private static final Duration TOLD_LIMIT = Duration.ofSeconds(1);

    private static final Duration DRAIN_DELAY = Duration.ofSeconds(5);

    @RegisterExtension
    static final KodaSandbox sandbox = new KodaSandbox();

    @Test
    void sigtermTurnsTheTrafficAwayFirstAndStillServesMeanwhile() throws IOException {
        int port = FreePort.next();
        Files.writeString(sandbox.root().resolve(".env"), """
                KODA_STACK=none
                KODA_ENV=development
                KODA_OPERATIONS_PORT=%d
                STATE_ROOT_DIR=%s
                """.formatted(port, sandbox.directory("state")));
        var url = "http://127.0.0.1:" + port;
        var server = sandbox.koda("serve");
        Within.limit(SHORT, "ready", () -> readiness(url).status() == 200);

        long begin = System.nanoTime();
        server.signal("TERM");

        var told = Within.limit(
                TOLD_LIMIT, "readiness is 503", () -> readiness(url).status() == 503);
        assertThat(readiness(url).text()).contains("\"draining\"");
        var served = Within.limit(SHORT, "nobody answers", () -> isOver(url));
        assertThat(server.awaitExit(SHORT)).isEqualTo(143);
        var ended = Duration.ofNanos(System.nanoTime() - begin);
        System.out.printf(
                "SIGTERM: readiness 503 after %d ms, served for %d ms more, ended after %d ms%n",
                told.toMillis(), served.toMillis(), ended.toMillis());
        assertThat(ended).isBetween(DRAIN_DELAY, SHORT);
        assertThat(told.plus(served)).isGreaterThan(DRAIN_DELAY.minus(TOLD_LIMIT));
    }

    /** As long as somebody answers, health is well and readiness is not. */
    private static boolean isOver(String url) {
        var health = Http.get(url + "/health");
        assertThat(health.status()).as(health.toString()).isIn(200, 0);
        var readiness = readiness(url);
        assertThat(readiness.status()).as(readiness.toString()).isIn(503, 0);
        return health.status() == 0;
    }

    private static Http.Answer readiness(String url) {
        return Http.get(url + "/api/runtime/readiness");
    }
}
