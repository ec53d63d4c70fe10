package dev.koda.checks.postgres.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckResult;
import dev.koda.checks.Observed;
import dev.koda.checks.Query;
import dev.koda.checks.Report;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.sql.DataSourceQueries;
import dev.koda.checks.sql.SqlQueries;
import dev.koda.checks.sql.SqlRow;
import dev.koda.checks.testing.VirtualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TransactionRateCheckTest {
    private static final String ID = "postgres.transaction-rate";
    private static final String RATE = "transactions per second";
    private static final Query ASK = Query.of(Suite.DOCTOR).only(List.of(ID)).freshOnly();

    private final Cluster cluster = Cluster.shared();
    private final VirtualTime time = new VirtualTime();
    private final ArrayDeque<SqlRow> counters = new ArrayDeque<>();
    private final SqlQueries counting =
            (context, sql) -> CompletableFuture.completedStage(List.of(counters.removeFirst()));

    private void counters(long committed, long rolledBack, long deadlocks) {
        counters.add(SqlRow.of(Map.of("committed", committed, "rolled_back", rolledBack, "deadlocks", deadlocks)));
    }

    private CheckEngine engine(PostgresStateOptions options) {
        return CheckEngine.builder()
                .time(time)
                .checks(PostgresStateChecks.of(counting, options, time))
                .build();
    }

    private static CheckResult answer(CompletableFuture<Report> report) throws Exception {
        return report.get(30, TimeUnit.SECONDS).checks().get(0);
    }

    @Test
    void takesASecondSampleOfARealServer() throws Exception {
        var result = StateRun.result(ID, cluster.primary("plain"));

        assertThat(result.status()).as(result::message).isEqualTo(Status.PASS);
        assertThat(result.message()).contains("transactions were rolled back, limit 10 %");
        assertThat(result.outcome().observed()).containsKey("rate");
        assertThat(result.took()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void warnsOfManyRollbacksOnARealServer() throws Exception {
        var options = PostgresStateOptions.DEFAULT.firstSample(Duration.ofMillis(1));
        var specs = PostgresStateChecks.of(DataSourceQueries.of(cluster.primary("koda")), options, TimeSource.system());
        StateRun.run(ID, specs);
        try (var busy = cluster.primary("koda").getConnection()) {
            for (int i = 0; i < 300; i++) {
                Cluster.execute(busy, "BEGIN", "SELECT count(*) FROM pg_class", "ROLLBACK");
            }
            Cluster.execute(busy, "SELECT pg_stat_force_next_flush(), count(*) FROM pg_class");

            var result = StateRun.run(ID, specs).checks().get(0);

            assertThat(result.status()).as(result::message).isEqualTo(Status.WARN);
            assertThat(result.reason()).hasToString("rollbacks");
        }
    }

    @Test
    void waitsASecondForTheSecondSampleAndUsesTheLastOneLater() throws Exception {
        counters(1000, 10, 0);
        counters(1150, 60, 0);
        try (var engine = engine(PostgresStateOptions.DEFAULT)) {
            var first = engine.run(ASK).toCompletableFuture();
            assertThat(first).isNotDone();
            time.advance(Duration.ofSeconds(1));

            assertThat(answer(first).reason()).hasToString("rollbacks");
            assertThat(answer(first).message()).isEqualTo("50 of 200 transactions were rolled back, limit 10 %");
            assertThat(answer(first).outcome().observed()).containsEntry("rate", new Observed(200.0, RATE));

            counters(1270, 60, 0);
            time.advance(Duration.ofSeconds(60));
            var second = answer(engine.run(ASK).toCompletableFuture());

            assertThat(second.status()).isEqualTo(Status.PASS);
            assertThat(second.outcome().observed())
                    .containsEntry("rate", new Observed(2.0, RATE))
                    .containsEntry("deadlocks", new Observed(0.0, "deadlocks a minute"));
        }
        assertThat(time.pendingTimers()).isZero();
    }

    @Test
    void answersAtOnceWhereItMayNotWait() throws Exception {
        counters(1000, 900, 0);
        try (var engine = engine(PostgresStateOptions.DEFAULT.firstSample(Duration.ZERO))) {
            var result = answer(engine.run(ASK).toCompletableFuture());

            assertThat(result.status()).as("what was long ago is not judged").isEqualTo(Status.PASS);
            assertThat(result.message()).isEqualTo("900 of 1900 transactions were rolled back, limit 10 %");
        }
    }

    @Test
    void startsAnewWhenTheCountersWereReset() throws Exception {
        counters(1000, 0, 0);
        counters(1001, 0, 0);
        counters(3, 0, 0);
        counters(4, 0, 0);
        try (var engine = engine(PostgresStateOptions.DEFAULT)) {
            engine.run(ASK);
            time.advance(Duration.ofSeconds(1));
            time.advance(Duration.ofSeconds(60));
            var reset = engine.run(ASK).toCompletableFuture();
            time.advance(Duration.ofSeconds(1));

            assertThat(answer(reset).message()).startsWith("0 of 1 transactions");
        }
    }

    @Test
    void warnsOfDeadlocksOverAMinute() throws Exception {
        counters(0, 0, 0);
        counters(10, 0, 6);
        try (var engine = engine(
                PostgresStateOptions.DEFAULT.firstSample(Duration.ofSeconds(60)).timeout(Duration.ofSeconds(60)))) {
            var run = engine.run(ASK).toCompletableFuture();
            time.advance(Duration.ofSeconds(60));

            assertThat(answer(run).status()).isEqualTo(Status.WARN);
            assertThat(answer(run).reason()).hasToString("deadlocks");
        }
    }

    @Test
    void givesTheWaitUpWithItsCheck() {
        counters(0, 0, 0);
        var engine = engine(PostgresStateOptions.DEFAULT);
        var run = engine.run(ASK).toCompletableFuture();

        engine.close();
        time.advance(Duration.ZERO);

        assertThat(run).isDone();
        assertThat(time.pendingTimers()).isZero();
    }
}
