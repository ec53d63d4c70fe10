package dev.koda.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.testing.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DateHeaderTest {
    private final VirtualTime time = new VirtualTime();
    private ServerUnderTest server;

    @BeforeEach
    void serve() throws Exception {
        server = ServerUnderTest.with(UnaryOperator.identity(), time, (engine, inProcess) -> {});
        time.advance(Duration.ofMillis(3_900));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /health",
                "HEAD /health",
                "GET /api/runtime/readiness",
                "POST /health",
                "GET /operations",
                "GET /metrics",
                "GET /docs/checks/disk.space",
                "GET /docs/checks/none",
                "GET /api/operations/summary",
                "GET /nowhere",
                "GET nothing"
            })
    void everyAnswerSaysWhatTimeItIs(String request) throws IOException {
        var before = answer(request);
        time.advance(Duration.ofSeconds(1));
        var after = answer(request);

        assertThat(before).containsOnlyOnce("\r\ndate: Thu, 01 Jan 2026 00:00:03 GMT\r\n");
        assertThat(after).containsOnlyOnce("\r\ndate: Thu, 01 Jan 2026 00:00:04 GMT\r\n");
    }

    private String answer(String request) throws IOException {
        return server.raw(request + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
    }
}
