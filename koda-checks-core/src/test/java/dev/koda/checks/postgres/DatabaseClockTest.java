package dev.koda.checks.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckResult;
import dev.koda.checks.Status;
import dev.koda.checks.TimeSource;
import dev.koda.checks.network.ClockLimits;
import dev.koda.checks.network.DatabaseClock;
import dev.koda.checks.network.HttpFetch;
import dev.koda.checks.network.NetworkChecks;
import dev.koda.checks.testing.EngineRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** Our clock against that of a real Postgres. */
class DatabaseClockTest {
    private final PostgresServer server = PostgresServer.shared();

    private CheckResult result(Duration ahead, PostgresOptions options) {
        var queries = PostgresChecks.at(options, () -> LadderRun.VERTX, TimeSource.system())
                .queries();
        var database = new DatabaseClock("the database", queries);
        var time = new Wrong(ahead);
        return EngineRun.result(NetworkChecks.clock(List.of(), database, ClockLimits.DEFAULT, noHttp(time), time));
    }

    private static HttpFetch noHttp(TimeSource time) {
        return HttpFetch.of(
                () -> {
                    throw new IllegalStateException("no server is asked");
                },
                time);
    }

    @Test
    void agreesWithAServerOnTheSameHost() {
        var result = result(Duration.ZERO, server.options());

        assertThat(result.status()).as(result.message()).isEqualTo(Status.PASS);
        assertThat(result.message()).isEqualTo("our clock agrees with 1 server within 2 s");
    }

    @Test
    void saysHowFarOursIsOff() {
        var late = result(Duration.ofMinutes(-1), server.options());
        var early = result(Duration.ofSeconds(1000), server.options());

        assertThat(late.status()).isEqualTo(Status.FAIL);
        assertThat(late.message()).isEqualTo("the database is 60 s ahead of us, limit 30 s");
        assertThat(early.reason()).hasToString("s3_signature_window");
        assertThat(early.message()).startsWith("the database is 1000 s behind us, limit 30 s");
    }

    @Test
    void aServerThatDoesNotAnswerTellsNoTime() {
        var nobody = PostgresOptions.of("127.0.0.1", 1, "koda", "koda", () -> "");

        var result = result(Duration.ZERO, nobody);

        assertThat(result.reason()).hasToString("clock_unknown");
        assertThat(result.message()).startsWith("the database did not tell its time");
    }

    /** The system's time, but the wall clock is wrong. */
    private record Wrong(Duration ahead) implements TimeSource {
        @Override
        public long nanos() {
            return TimeSource.system().nanos();
        }

        @Override
        public Instant now() {
            return TimeSource.system().now().plus(ahead);
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            return TimeSource.system().schedule(delay, task);
        }

        @Override
        public Executor executor() {
            return TimeSource.system().executor();
        }
    }
}
