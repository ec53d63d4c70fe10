package dev.koda.checks.postgres.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckResult;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.sql.DataSourceQueries;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** The adapter of embedders, with the driver they would use. */
class DataSourceQueriesTest {
    private static final String ID = "custom.asked";

    private final Cluster cluster = Cluster.shared();

    private static CheckResult ask(javax.sql.DataSource source, String sql) throws Exception {
        var queries = DataSourceQueries.of(source);
        var spec = CheckSpec.of(ID)
                .in(Suite.DOCTOR)
                .timeout(Duration.ofSeconds(3))
                .run(context -> queries.judge(
                        context,
                        sql,
                        rows -> Outcome.pass(rows.size() + " " + rows.get(0).text("A", "null"))));
        return StateRun.run(ID, List.of(spec)).checks().get(0);
    }

    @Test
    void givesRowsByName() throws Exception {
        var result =
                ask(cluster.primary("plain"), "SELECT NULL::text AS a UNION ALL SELECT 'x' ORDER BY 1 NULLS FIRST");

        assertThat(result.message()).isEqualTo("2 null");
    }

    @Test
    void givesTheSqlStateAndNeverTheTextOfTheServer() throws Exception {
        var result = ask(cluster.primary("plain"), "SELECT 'hunter2'::int");

        assertThat(result.reason()).hasToString("server_error");
        assertThat(result.message()).contains("22P02").doesNotContain("hunter2");
    }

    @Test
    void endsAQueryThatTakesTooLong() throws Exception {
        var result = ask(cluster.primary("plain"), "SELECT pg_sleep(60)");

        assertThat(result.status()).isEqualTo(Status.FAIL);
        assertThat(result.reason()).as(result::message).hasToString("no_answer");
        Cluster.eventually(() -> Cluster.query(
                        cluster.primary("postgres"), "SELECT count(*) FROM pg_stat_activity WHERE usename = 'plain'")
                .equals("0"));
    }

    @Test
    void saysThatNobodyAnswers() throws Exception {
        var source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {1});

        assertThat(ask(source, "SELECT 1").reason()).hasToString("connection_reset");
    }
}
