package dev.koda.checks.postgres;

import static dev.koda.checks.postgres.LadderRun.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.testing.FaultProxy;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is slow only because a process has just started is measured again, and only then. */
class ClimbTest {
    private final PostgresServer server = PostgresServer.shared();

    /** A clock on which loading takes long. */
    private static final class LoadingTime implements TimeSource {
        private final TimeSource system = TimeSource.system();
        private final AtomicLong loadedNanos = new AtomicLong();

        void load(Duration taken) {
            loadedNanos.addAndGet(taken.toNanos());
        }

        @Override
        public long nanos() {
            return system.nanos() + loadedNanos.get();
        }

        @Override
        public Instant now() {
            return system.now();
        }

        @Override
        public Timer schedule(Duration delay, Runnable action) {
            return system.schedule(delay, action);
        }

        @Override
        public Executor executor() {
            return system.executor();
        }
    }

    @Test
    void measuresAgainWhatTookLongTheFirstTimeOnly() throws Exception {
        var time = new LoadingTime();
        var attempts = new AtomicInteger();
        var specs = PostgresChecks.of(
                server.options(),
                () -> {
                    attempts.incrementAndGet();
                    time.load(Duration.ofMillis(1500));
                    return LadderRun.VERTX;
                },
                time);

        try (var engine = CheckEngine.builder().checks(specs).build()) {
            assertThat(await(engine.run(Suite.READINESS)).status()).isEqualTo(Status.PASS);
            assertThat(attempts).hasValue(2);
        }
        try (var engine = CheckEngine.builder().checks(specs).build()) {
            await(engine.run(Suite.READINESS));
            assertThat(attempts).hasValue(3);
        }
    }

    @Test
    void asksAgainWhereTheFirstAnswerDidNotComeInTime() throws Exception {
        var proxy = await(FaultProxy.listen(LadderRun.VERTX, "127.0.0.1", server.port()));
        var options = PostgresOptions.of("127.0.0.1", proxy.port(), "koda", "koda", () -> PostgresServer.PASSWORD);
        try (var engine = CheckEngine.builder()
                .checks(PostgresChecks.of(options, () -> LadderRun.VERTX, TimeSource.system()))
                .build()) {
            await(proxy.blackHole());
            var report = engine.run(Suite.READINESS);
            Eventually.holds(() -> proxy.answered() > 0);
            await(proxy.passThrough());

            assertThat(LadderRun.result(await(report), "postgres.tls").status()).isEqualTo(Status.PASS);
            assertThat(await(report).status()).isEqualTo(Status.PASS);
            Eventually.holds(() -> proxy.open() == 0);
        } finally {
            await(proxy.close());
        }
    }
}
