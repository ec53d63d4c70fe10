package dev.koda.checks.postgres;

import static dev.koda.checks.postgres.LadderRun.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.testing.FaultProxy;
import dev.koda.checks.testing.Rounds;
import dev.koda.checks.testing.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Every connection is closed with its attempt, whatever became of it. */
class PostgresLeaksTest {
    private static final int EVALUATIONS = Rounds.of(300, 1000);
    private static final int FAULTS = 5;

    private final PostgresServer server = PostgresServer.shared();

    /** Without TLS and password the thousand take seconds; the conversation is the same. */
    @Test
    void leavesNoConnectionOpenAfterHundredsOfEvaluations() throws Exception {
        evaluate(EVALUATIONS, "trusted", SslMode.DISABLE);
    }

    @Test
    void leavesNoConnectionOpenAfterManyWithTlsAndPassword() throws Exception {
        evaluate(20, "koda", SslMode.REQUIRE);
    }

    private void evaluate(int times, String role, SslMode mode) throws Exception {
        var proxy = await(FaultProxy.listen(LadderRun.VERTX, "127.0.0.1", server.port()));
        var run = new LadderRun(through(proxy, role).sslMode(mode));
        try {
            run.ladder();
            long before = proxy.accepted();
            for (int i = 0; i < times; i++) {
                assertThat(run.ladder().status()).isNotEqualTo(Status.FAIL);
            }

            assertThat(proxy.accepted() - before).isEqualTo(2L * times);
            Eventually.holds(() -> proxy.open() == 0);
            Eventually.holds(() -> connections().equals("0"));
        } finally {
            await(proxy.close());
        }
    }

    @Test
    void leavesNoConnectionOpenToAServerThatFellSilentAtTheQuery() throws Exception {
        var proxy = await(FaultProxy.listen(LadderRun.VERTX, "127.0.0.1", server.port()));
        var run = new LadderRun(through(proxy, "koda").sslMode(SslMode.DISABLE));
        try {
            run.ladder();
            await(proxy.blackHoleAfter(proxy.answered() - 10));

            for (int i = 0; i < FAULTS; i++) {
                assertThat(LadderRun.result(run.ladder(), "postgres.round-trip").status())
                        .isEqualTo(Status.FAIL);
            }

            Eventually.holds(() -> proxy.open() == 0);
            Eventually.holds(() -> connections().equals("0"));
        } finally {
            await(proxy.close());
        }
    }

    @Test
    void closesItsConnectionWhenTheEngineGivesUp() throws Exception {
        var proxy = await(FaultProxy.listen(LadderRun.VERTX, "127.0.0.1", server.port()));
        await(proxy.blackHole());
        var patient = through(proxy, "koda").timeout(Duration.ofMinutes(5));
        var engine = CheckEngine.builder()
                .checks(PostgresChecks.of(patient, () -> LadderRun.VERTX, TimeSource.system()))
                .build();
        try (engine) {
            var report = engine.run(Suite.READINESS);
            Eventually.holds(() -> proxy.open() == 1);

            engine.close();

            assertThat(await(report).ok()).isFalse();
            Eventually.holds(() -> proxy.open() == 0);
        } finally {
            await(proxy.close());
        }
    }

    @Test
    void leavesNoTimerBehind() throws Exception {
        var time = new VirtualTime();

        var report = new LadderRun(server.options(), LadderRun.VERTX, time).report();

        assertThat(report.status()).isEqualTo(Status.PASS);
        // The one that completes the last rung hands out the report before it comes to the timer.
        Eventually.holds(() -> time.pendingTimers() == 0);
    }

    @Test
    void makesNoClientForAnEngineThatRunsNothing() {
        var specs = PostgresChecks.of(
                server.options(),
                () -> {
                    throw new AssertionError("asked for Vert.x");
                },
                TimeSource.system());

        assertThat(specs).hasSize(5);
    }

    private static PostgresOptions through(FaultProxy proxy, String role) {
        return PostgresOptions.of("127.0.0.1", proxy.port(), "koda", role, () -> PostgresServer.PASSWORD);
    }

    private String connections() throws Exception {
        return server.query("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'koda-checks'");
    }
}
