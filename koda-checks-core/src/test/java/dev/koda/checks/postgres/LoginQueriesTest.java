package dev.koda.checks.postgres;

import static dev.koda.checks.postgres.LadderRun.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckResult;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Report;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.postgres.state.PostgresStateChecks;
import dev.koda.checks.postgres.state.PostgresStateOptions;
import dev.koda.checks.sql.SqlQueries;
import dev.koda.checks.sql.SqlRow;
import dev.koda.checks.testing.FaultProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Queries over the login of the ladder, to a real server with TLS and a password. */
class LoginQueriesTest {
    private static final String ASKED = "custom.asked";

    private final PostgresServer server = PostgresServer.shared();

    private CheckResult ask(PostgresOptions options, String sql, Function<List<SqlRow>, Outcome> judge)
            throws Exception {
        var postgres = PostgresChecks.at(options, () -> LadderRun.VERTX, TimeSource.system());
        var queries = postgres.queries();
        var asked = CheckSpec.of(ASKED)
                .in(Suite.DOCTOR)
                .dependsOn("postgres.round-trip")
                .timeout(Duration.ofSeconds(10))
                .run(context -> queries.judge(context, sql, judge));
        return LadderRun.result(run(postgres.specs(), List.of(asked)), ASKED);
    }

    private static Report run(List<CheckSpec> ladder, List<CheckSpec> more) throws Exception {
        try (var engine = CheckEngine.builder().checks(ladder).checks(more).build()) {
            return await(engine.run(Suite.DOCTOR));
        }
    }

    @Test
    void givesTypedRows() throws Exception {
        var result = ask(
                server.options(),
                "SELECT 7::int AS a, 8::bigint AS b, 2.5::float8 AS c, 1.25::numeric AS d, true AS e, 'x'::text AS f,"
                        + " NULL::text AS g, 'y'::name AS h UNION ALL SELECT 1, 2, 3, 4, false, '', '', ''",
                rows -> {
                    var row = rows.get(0);
                    return Outcome.pass(rows.size() + " " + row.whole("a") + " " + row.whole("b") + " " + row.real("c")
                            + " " + row.real("d") + " " + row.isTrue("e") + " " + row.text("f") + " " + row.text("g")
                            + " " + row.text("h"));
                });

        assertThat(result.message()).isEqualTo("2 7 8 2.5 1.25 true x null y");
    }

    @Test
    void givesTheSqlStateAndNeverTheTextOfTheServer() throws Exception {
        var result = ask(server.options(), "SELECT 'hunter2'::int", rows -> Outcome.pass("unexpected"));

        assertThat(result.status()).isEqualTo(Status.FAIL);
        assertThat(result.reason()).hasToString("server_error");
        assertThat(result.message()).contains("22P02").doesNotContain("hunter2");
    }

    @Test
    void givesUpAQueryThatTakesTooLongAndClosesItsConnection() throws Exception {
        var proxy = await(FaultProxy.listen(LadderRun.VERTX, "127.0.0.1", server.port()));
        try {
            var result = ask(
                    through(proxy).timeout(Duration.ofMillis(700)),
                    "SELECT pg_sleep(60)",
                    rows -> Outcome.pass("unexpected"));

            assertThat(result.reason()).as(result::message).hasToString("no_answer");
            assertThat(result.message()).contains("within 1400 ms");
            Eventually.holds(() -> proxy.open() == 0);
        } finally {
            await(proxy.close());
            server.query("SELECT bool_or(pg_terminate_backend(pid)) FROM pg_stat_activity"
                    + " WHERE application_name = 'koda-checks'");
        }
    }

    @Test
    void sharesOneLoginOfAnEvaluationAndClosesIt() throws Exception {
        var proxy = await(FaultProxy.listen(LadderRun.VERTX, "127.0.0.1", server.port()));
        var options = through(proxy);
        try {
            LadderRun.warm(options);
            var postgres = PostgresChecks.at(options, () -> LadderRun.VERTX, TimeSource.system());
            run(postgres.specs(), asking(postgres.queries(), 20));
            var before = proxy.accepted();
            run(postgres.specs(), List.of());
            var without = proxy.accepted() - before;

            var report = run(postgres.specs(), asking(postgres.queries(), 20));

            assertThat(report.status()).isEqualTo(Status.PASS);
            assertThat(proxy.accepted() - before - without).as("one login more").isEqualTo(without + 1);
            Eventually.holds(() -> proxy.open() == 0);
            Eventually.holds(() -> connections().equals("0"));
        } finally {
            await(proxy.close());
        }
    }

    private static List<CheckSpec> asking(SqlQueries queries, int times) {
        var specs = new ArrayList<CheckSpec>();
        for (int i = 0; i < times; i++) {
            specs.add(CheckSpec.of(ASKED)
                    .instance("of " + i)
                    .in(Suite.DOCTOR)
                    .dependsOn("postgres.round-trip")
                    .run(context -> queries.judge(context, "SELECT 1", rows -> Outcome.pass("answered"))));
        }
        return specs;
    }

    @Test
    void answersTheChecksOfItsStateLikeADataSource() throws Exception {
        var postgres = PostgresChecks.at(server.options(), () -> LadderRun.VERTX, TimeSource.system());
        var options = PostgresStateOptions.DEFAULT.after("postgres.round-trip");

        var report = run(postgres.specs(), PostgresStateChecks.of(postgres.queries(), options, TimeSource.system()));

        assertThat(report.checks())
                .allSatisfy(result ->
                        assertThat(result.status()).as(result::message).isEqualTo(Status.PASS));
        assertThat(report.checks()).extracting(CheckResult::id).contains(CheckId.of("postgres.wraparound"));
    }

    private static PostgresOptions through(FaultProxy proxy) {
        return PostgresOptions.of("127.0.0.1", proxy.port(), "koda", "koda", () -> PostgresServer.PASSWORD);
    }

    private String connections() throws Exception {
        return server.query("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'koda-checks'");
    }
}
