package dev.koda.checks.postgres;

import static dev.koda.checks.postgres.LadderRun.assertOnlyBroken;
import static dev.koda.checks.postgres.LadderRun.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Status;
import dev.koda.checks.testing.FaultProxy;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A network that breaks at each point of the conversation, and what stays open after it. */
class PostgresFaultsTest {
    private static final Duration OWN_TIMEOUT = Duration.ofMillis(1500);

    private final PostgresServer server = PostgresServer.shared();
    private FaultProxy proxy;

    @BeforeEach
    void listen() throws Exception {
        proxy = await(FaultProxy.listen(LadderRun.VERTX, "127.0.0.1", server.port()));
    }

    @AfterEach
    void closeAndFindNothingOpen() throws Exception {
        Eventually.holds(() -> proxy.open() == 0);
        await(proxy.close());
    }

    @Test
    void recoversWhenTheProxyPassesAgain() throws Exception {
        await(proxy.refuse());
        assertOnlyBroken(LadderRun.report(options()), "postgres.tcp", Status.FAIL, "connection_refused");

        await(proxy.passThrough());
        assertThat(LadderRun.report(options()).status()).isEqualTo(Status.PASS);
    }

    @Test
    void tellsABlackHoleAtTheFirstQuestion() throws Exception {
        var run = LadderRun.warm(options());
        await(proxy.blackHole());

        var report = run.report();

        assertOnlyBroken(report, "postgres.tls", Status.FAIL, "no_answer");
        assertThat(report.took()).isLessThan(OWN_TIMEOUT);
    }

    @Test
    void tellsABlackHoleAtTheLoginWithoutTls() throws Exception {
        var run = LadderRun.warm(options().sslMode(SslMode.DISABLE));
        await(proxy.blackHole());

        var report = run.report();

        assertThat(LadderRun.result(report, "postgres.auth").reason()).hasToString("no_answer");
        assertThat(LadderRun.result(report, "postgres.round-trip").isNotRun()).isTrue();
        assertThat(report.took()).isLessThan(OWN_TIMEOUT);
    }

    @Test
    void tellsABlackHoleAtTheQuery() throws Exception {
        long answers = bytesOfAnAttemptWithoutTls();
        var run = LadderRun.warm(options().sslMode(SslMode.DISABLE));
        await(proxy.blackHoleAfter(answers - 10));

        var report = run.report();

        assertThat(LadderRun.result(report, "postgres.auth").status()).isEqualTo(Status.PASS);
        assertThat(LadderRun.result(report, "postgres.round-trip").reason()).hasToString("no_answer");
        assertThat(report.took()).isLessThan(OWN_TIMEOUT.multipliedBy(2));
    }

    @Test
    void tellsAResetAtTheFirstQuestion() throws Exception {
        await(proxy.resetAfter(0));

        assertOnlyBroken(LadderRun.report(options()), "postgres.tls", Status.FAIL, "connection_reset");
    }

    @Test
    void tellsAResetInTheTlsHandshake() throws Exception {
        await(proxy.resetAfter(20));

        assertOnlyBroken(LadderRun.report(options()), "postgres.tls", Status.FAIL, "tls_handshake");
    }

    @Test
    void tellsAResetInTheLogin() throws Exception {
        await(proxy.resetAfter(5));

        var report = LadderRun.report(options().sslMode(SslMode.DISABLE));

        assertThat(LadderRun.result(report, "postgres.auth").reason()).hasToString("connection_reset");
    }

    @Test
    void tellsAResetInTheAnswerToTheQuery() throws Exception {
        long answers = bytesOfAnAttemptWithoutTls();
        await(proxy.resetAfter(answers - 10));

        var report = LadderRun.report(options().sslMode(SslMode.DISABLE));

        assertThat(LadderRun.result(report, "postgres.auth").status()).isEqualTo(Status.PASS);
        assertThat(LadderRun.result(report, "postgres.round-trip").reason()).hasToString("connection_reset");
    }

    @Test
    void warnsAndFailsWhenTheAnswerIsSlow() throws Exception {
        await(proxy.delay(Duration.ofMillis(200)));
        var slow = options().timeout(Duration.ofSeconds(20));
        var warn = PostgresThresholds.DEFAULT.roundTrip(Duration.ofMillis(150), Duration.ofSeconds(10));
        var fail = PostgresThresholds.DEFAULT.roundTrip(Duration.ofMillis(50), Duration.ofMillis(150));

        var warned = LadderRun.result(LadderRun.report(slow.thresholds(warn)), "postgres.round-trip");
        assertThat(warned.status()).isEqualTo(Status.WARN);
        assertThat(warned.reason()).hasToString("slow");
        assertOnlyBroken(LadderRun.report(slow.thresholds(fail)), "postgres.round-trip", Status.FAIL, "slow");
    }

    @Test
    void tellsAnotherServiceByItsAnswer() throws Exception {
        var mail = LadderRun.VERTX.createNetServer().connectHandler(socket -> socket.write("220 mail ready\r\n"));
        await(mail.listen(0, "127.0.0.1"));
        try {
            var options = PostgresOptions.of("127.0.0.1", mail.actualPort(), "koda", "koda", () -> "");

            assertOnlyBroken(LadderRun.report(options), "postgres.tls", Status.FAIL, "unexpected_answer");
        } finally {
            await(mail.close());
        }
    }

    @Test
    void tellsAStoppedPostmasterAndItsReturn() throws Exception {
        var run = LadderRun.warm(server.options());
        server.signal("STOP");
        try {
            var report = run.report();
            assertOnlyBroken(report, "postgres.tls", Status.FAIL, "no_answer");
            assertThat(report.took()).isLessThan(OWN_TIMEOUT);
        } finally {
            server.signal("CONT");
        }

        assertThat(LadderRun.report(server.options()).status()).isEqualTo(Status.PASS);
    }

    private PostgresOptions options() {
        return PostgresOptions.of("127.0.0.1", proxy.port(), "koda", "koda", () -> PostgresServer.PASSWORD);
    }

    /** Of its ladder alone: the last bytes belong to the answer to SELECT 1. */
    private long bytesOfAnAttemptWithoutTls() throws Exception {
        long before = proxy.answered();
        new LadderRun(options().sslMode(SslMode.DISABLE)).ladder();
        return proxy.answered() - before;
    }
}
