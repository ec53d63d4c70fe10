package dev.koda.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A running server under a real Prometheus, Alertmanager and blackbox_exporter with the files that we ship. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WatchedServerIT {
    /** From a change to what Alertmanager says of it: two evaluations each of a check, a scrape and a rule, and some. */
    private static final Duration SEEN_LIMIT = Duration.ofSeconds(20);

    @RegisterExtension
    static final KodaSandbox sandbox = new KodaSandbox();

    private static @Nullable WatchedServer server;
    private static @Nullable WatchingStack stack;

    @BeforeAll
    static void start() throws Exception {
        server = WatchedServer.start(sandbox);
        stack = WatchingStack.start(sandbox, server.port());
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @Test
    @Order(1)
    void aHealthyServerIsScrapedAndProbedAndNothingFires() {
        Within.limit(SEEN_LIMIT, "scraped", () -> stack().value("up{job=\"koda\"}") == 1);
        Within.limit(SEEN_LIMIT, "alive", () -> probe("koda-liveness") == 1);
        Within.limit(SEEN_LIMIT, "ready", () -> probe("koda-readiness") == 1);
        Within.limit(
                SEEN_LIMIT,
                "the watchdog barks",
                () -> stack().stateOf("KodaWatchdog").equals("active"));
        assertThat(stack().stateOf("KodaPostgresDown")).isEmpty();
        assertThat(stack().stateOf("KodaNotReady")).isEmpty();
        assertThat(stack().brokenRules()).isEmpty();
    }

    @Test
    @Order(2)
    void aCutPostgresIsToldAndItsRepairToo() {
        server().cutPostgresOff();
        long begin = System.nanoTime();
        var fired = Within.limit(
                SEEN_LIMIT,
                "KodaPostgresDown fires",
                () -> stack().stateOf("KodaPostgresDown").equals("active"));
        // One page and not two: what follows from it is kept back.
        Within.limit(
                SEEN_LIMIT,
                "KodaNotReady is kept back",
                () -> stack().stateOf("KodaNotReady").equals("suppressed"));
        assertThat(probe("koda-liveness")).isEqualTo(1);
        assertThat(probe("koda-readiness")).isZero();
        assertThat(stack().probe("koda_liveness", "/health")).contains("probe_success 1");
        assertThat(stack().probe("koda_readiness", "/api/runtime/readiness")).contains("probe_success 0");

        server().bringPostgresBack();
        Within.limit(
                SEEN_LIMIT,
                "KodaPostgresDown ends",
                () -> stack().stateOf("KodaPostgresDown").isEmpty());
        Within.limit(SEEN_LIMIT, "ready again", () -> probe("koda-readiness") == 1);
        System.out.printf(
                "Postgres cut off: alert after %d ms, all well again after %d ms%n",
                fired.toMillis(), Duration.ofNanos(System.nanoTime() - begin).toMillis());
    }

    private static double probe(String job) {
        return stack().value("probe_success{job=\"" + job + "\"}");
    }

    private static WatchedServer server() {
        return Objects.requireNonNull(server);
    }

    private static WatchingStack stack() {
        return Objects.requireNonNull(stack);
    }
}
