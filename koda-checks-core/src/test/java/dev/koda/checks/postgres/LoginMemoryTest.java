package dev.koda.checks.postgres;

import static dev.koda.checks.postgres.LadderRun.assertOnlyBroken;
import static dev.koda.checks.postgres.LadderRun.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Status;
import dev.koda.checks.testing.FaultProxy;
import dev.koda.checks.testing.VirtualTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What a rejected login, and a server that does not start, do to the attempts after them. */
class LoginMemoryTest {
    private static final Duration SOON = Duration.ofSeconds(29);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualTime time = new VirtualTime();
    private final AtomicReference<String> password = new AtomicReference<>("wrong");

    @Test
    void repeatsARejectionWithItsAgeAndTriesAgainAfterThirtySeconds() throws Exception {
        var server = PostgresServer.shared();
        var proxy = await(FaultProxy.listen(LadderRun.VERTX, "127.0.0.1", server.port()));
        var run = run(proxy.port());
        try {
            assertOnlyBroken(run.report(), "postgres.auth", Status.FAIL, "password_rejected");
            int first = proxy.accepted();

            time.advance(SOON);
            var repeated = run.report();
            assertOnlyBroken(repeated, "postgres.auth", Status.FAIL, "password_rejected");
            assertThat(LadderRun.result(repeated, "postgres.auth").message()).contains("tried 29 s ago");
            assertThat(proxy.accepted() - first)
                    .as("only the inspection connects")
                    .isEqualTo(1);

            time.advance(SECOND);
            var tried = run.report();
            assertThat(LadderRun.result(tried, "postgres.auth").message()).doesNotContain("ago");
            assertThat(proxy.accepted() - first).isEqualTo(3);
        } finally {
            await(proxy.close());
        }
    }

    @Test
    void triesAnotherPasswordAtOnce() throws Exception {
        var run = run(PostgresServer.shared().port());
        assertOnlyBroken(run.report(), "postgres.auth", Status.FAIL, "password_rejected");

        password.set(PostgresServer.PASSWORD);

        assertThat(run.report().status()).isEqualTo(Status.PASS);
    }

    @Test
    void warnsForThirtySecondsOfAServerThatTakesNobodyAndFailsThen() throws Exception {
        PostgresServer.shared();
        var server = PostgresServer.start();
        password.set(PostgresServer.PASSWORD);
        var run = run(server.port());
        try (var session = server.admin()) {
            server.signal("TERM"); // A smart shutdown lets the open session be and takes no new one.
            Eventually.holds(
                    () -> LadderRun.result(run.report(), "postgres.auth").status() != Status.PASS);
            assertOnlyBroken(run.report(), "postgres.auth", Status.WARN, "starting_up");

            time.advance(SOON);
            assertOnlyBroken(run.report(), "postgres.auth", Status.WARN, "starting_up");

            time.advance(SECOND);
            assertOnlyBroken(run.report(), "postgres.auth", Status.FAIL, "starting_up");
            assertThat(session.isClosed()).isFalse();
        } finally {
            server.close();
        }
    }

    private LadderRun run(int port) {
        var options = PostgresOptions.of("127.0.0.1", port, "koda", "koda", password::get);
        return new LadderRun(options, LadderRun.VERTX, time);
    }
}
