package dev.koda.checks.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckResult;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Observed;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.Threshold.Direction;
import dev.koda.checks.TimeSource;
import dev.koda.checks.sql.NumberLimits;
import dev.koda.checks.sql.SqlChecks;
import dev.koda.checks.testing.EngineRun;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Queries that somebody else wrote, on a real server. */
class ReadOnlyQueriesTest {
    private static final NumberLimits LIMITS = new NumberLimits("invoices", Direction.ABOVE, 10.0, 100.0);

    private final PostgresServer server = PostgresServer.shared();

    @BeforeEach
    void makeTable() throws Exception {
        execute("DROP TABLE IF EXISTS invoices", "CREATE TABLE invoices (id int)", "GRANT ALL ON invoices TO PUBLIC");
    }

    @AfterEach
    void dropTable() throws Exception {
        execute("DROP TABLE invoices");
    }

    private void execute(String... statements) throws Exception {
        try (var connection = server.admin();
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private CheckSpec spec(String query, NumberLimits limits, Duration timeout) {
        var options = server.options("koda", "postgres").timeout(timeout);
        var queries = PostgresChecks.at(options, () -> LadderRun.VERTX, TimeSource.system())
                .readOnlyQueries();
        return CheckSpec.of("custom.asked")
                .in(Suite.DOCTOR)
                .timeout(timeout)
                .run(SqlChecks.number(query, limits, queries));
    }

    private CheckResult ask(String query, NumberLimits limits) {
        return EngineRun.result(spec(query, limits, Duration.ofSeconds(10)));
    }

    private CheckResult ask(String query) {
        return ask(query, LIMITS);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 10                      | PASS |             | 10 invoices, limit 10 invoices",
                "SELECT 10.5::numeric           | WARN | above_limit | 10.5 invoices, limit 10 invoices",
                "SELECT 101::bigint, 'of acme'  | FAIL | above_limit | 101 invoices (of acme), limit 100 invoices",
                "SELECT -3::float8, NULL        | PASS |             | -3 invoices, limit 10 invoices",
                "SELECT 1 LIMIT 0               | FAIL | no_rows     | the query gives no row, expected one",
                "SELECT generate_series(1, 9)   | FAIL | many_rows   | the query gives more than one row, expected one",
                "SELECT NULL::int               | FAIL | null_value  | the query gives null, expected a number",
                "SELECT 'hunter2'               | FAIL | not_a_number | the first column is no number, expected one",
                "SELECT true                    | FAIL | not_a_number | the first column is no number, expected one",
                "SELECT 'NaN'::float8           | FAIL | not_a_number | the first column is no number, expected one",
                "SELECT 'NaN'::numeric          | FAIL | not_a_number | the first column is no number, expected one",
                "SELECT 1, 2, 3                 | FAIL | unexpected_columns | the query gives 3 columns, expected a number and at most a text",
                "SELECT 1, 'x' AS a, 'y' AS a   | FAIL | unexpected_columns | the query gives 3 columns, expected a number and at most a text",
            })
    void judgesTheAnswer(String query, Status status, String reason, String message) {
        var result = ask(query);

        assertThat(result.message()).isEqualTo(message);
        assertThat(result.status()).isEqualTo(status);
        assertThat(result.reason() == null ? null : result.reason().code()).isEqualTo(reason);
        assertThat(result.outcome().hint() == null).isEqualTo(status == Status.PASS);
    }

    @Test
    void takesLessAsWorseWhereItIsToldSo() {
        var limits = new NumberLimits("workers", Direction.BELOW, 3.0, 1.0);

        assertThat(ask("SELECT 3", limits).status()).isEqualTo(Status.PASS);
        assertThat(ask("SELECT 2", limits).reason()).hasToString("below_limit");
        assertThat(ask("SELECT 0", limits).message()).isEqualTo("0 workers, limit 1 workers");
        assertThat(ask("SELECT 0", limits).status()).isEqualTo(Status.FAIL);
    }

    @Test
    void tellsTheNumberWithoutLimits() {
        var result = ask("SELECT 1234567890123", new NumberLimits("units", Direction.ABOVE, null, null));

        assertThat(result.message()).isEqualTo("1234567890123 units");
        assertThat(result.outcome().observed().get("value")).isEqualTo(new Observed(1234567890123.0, "units"));
    }

    @Test
    void cutsALongNameAndLeavesItOnOneLine() {
        assertThat(ask("SELECT 1, 'two' || chr(10) || 'lines'").message())
                .isEqualTo("1 invoices (two lines), limit 10 invoices");
        assertThat(ask("SELECT 1, repeat('x', 5000)").message()).contains("(" + "x".repeat(80) + "...)");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "SELEC 1                        | the query failed with SQLSTATE 42601 at its character 1",
                "SELECT hunter2                 | the query failed with SQLSTATE 42703 at its character 8",
                "SELECT 1 FROM hunter2          | the query failed with SQLSTATE 42P01 at its character 15",
                "SELECT 'hunter2'::int          | the query failed with SQLSTATE 22P02 at its character 8",
                "SELECT 1 / (random() * 0)::int | the query failed with SQLSTATE 22012",
                "SELECT 1; DELETE FROM invoices | the query failed with SQLSTATE 42601",
            })
    void namesWhatIsWrongWithAQueryAndNoData(String query, String message) {
        var result = ask(query);

        assertThat(result.message()).isEqualTo(message);
        assertThat(result.reason()).hasToString("query_failed");
        assertThat(result.status()).isEqualTo(Status.FAIL);
        assertThat(result.outcome().hint()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INSERT INTO invoices VALUES (1) RETURNING id",
                "WITH gone AS (INSERT INTO invoices VALUES (1) RETURNING id) SELECT count(*) FROM gone",
                "CREATE TABLE more (id int)",
                "SELECT nextval('numbers')",
            })
    void writesNothing(String query) throws Exception {
        execute("CREATE SEQUENCE IF NOT EXISTS numbers", "GRANT ALL ON SEQUENCE numbers TO PUBLIC");
        var result = ask(query);

        assertThat(result.reason()).as(result.message()).hasToString("query_writes");
        assertThat(server.query("SELECT count(*) FROM invoices")).isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource({"COMMIT", "ROLLBACK", "SET TRANSACTION READ WRITE", "SET SESSION statement_timeout = 0"})
    void aStatementThatIsNoQueryGivesNoRow(String statement) {
        var result = ask(statement);

        assertThat(result.status()).as(result.message()).isEqualTo(Status.FAIL);
        assertThat(result.reason()).isIn(new Reason("no_rows"), new Reason("query_failed"));
    }

    @Test
    void theServerEndsAQueryThatTakesTooLong() throws Exception {
        var result = EngineRun.result(spec("SELECT 1 FROM pg_sleep(600)", LIMITS, Duration.ofSeconds(2)));

        assertThat(result.status()).as(result.message()).isEqualTo(Status.FAIL);
        assertThat(result.reason()).hasToString("no_answer");
        Eventually.holds(() -> server.query("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(600)%'"
                        + " AND pid <> pg_backend_pid()")
                .equals("0"));
    }

    @Test
    void aMillionRowsTakeNoMemory() {
        assertThat(ask("SELECT g, repeat('x', 10000) FROM generate_series(1, 1000000) g")
                        .reason())
                .hasToString("many_rows");
    }

    @Test
    void saysWhatIsWrongWithTheServer() {
        var nobody = PostgresOptions.of("127.0.0.1", 1, "koda", "koda", () -> "");
        var queries = PostgresChecks.at(nobody, () -> LadderRun.VERTX, TimeSource.system())
                .readOnlyQueries();

        var result = EngineRun.result(CheckSpec.of("custom.asked")
                .in(Suite.DOCTOR)
                .timeout(Duration.ofSeconds(10))
                .run(SqlChecks.number("SELECT 1", LIMITS, queries)));

        assertThat(result.reason()).hasToString("connection_refused");
    }

    @Test
    void aRoleThatMayNotReadIsToldSo() throws Exception {
        execute("REVOKE ALL ON invoices FROM PUBLIC");

        assertThat(ask("SELECT count(*) FROM invoices").reason()).hasToString("permission");
    }
}
