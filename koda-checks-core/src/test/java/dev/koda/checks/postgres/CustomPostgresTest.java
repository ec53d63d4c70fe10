package dev.koda.checks.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckResult;
import dev.koda.checks.Query;
import dev.koda.checks.Reason;
import dev.koda.checks.Report;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.Threshold;
import dev.koda.checks.TimeSource;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.SettingsSources;
import dev.koda.checks.stack.KodaStack;
import dev.koda.checks.stack.StackClients;
import dev.koda.checks.testing.EngineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a koda.yaml to what a real Postgres answers. */
class CustomPostgresTest {
    @TempDir
    Path directory;

    private final PostgresServer server = PostgresServer.shared();
    private final Map<String, String> environment = new HashMap<>(Map.of("KODA_STACK", "none"));

    private String dsn(String role) {
        return "postgresql://" + role + ":" + PostgresServer.PASSWORD.replace(" ", "%20") + "@127.0.0.1:"
                + server.port() + "/koda";
    }

    @BeforeEach
    void setStack() {
        environment.put("KNOWLEDGE_V2_POSTGRES_DSN", dsn("koda"));
        environment.put("REPLICA", dsn("plain"));
    }

    private Report report(List<String> only, String... lines) throws Exception {
        Files.writeString(directory.resolve("koda.yaml"), "version: 1\n" + String.join("\n", lines) + "\n");
        var time = TimeSource.system();
        var settings = Settings.load(SettingsSources.of(directory, environment));
        try (var clients = StackClients.of("host", "test", time);
                var engine = KodaStack.of(settings, clients, time, null)
                        .addTo(CheckEngine.builder().time(time))
                        .build()) {
            return LadderRun.await(engine.run(Query.of(Suite.DOCTOR).only(only)));
        }
    }

    private static CheckResult result(Report report, String name) {
        return EngineRun.named(report, name);
    }

    @Test
    void asksTheStacksPostgresAndOthers() throws Exception {
        var report = report(
                List.of("app.*"),
                "checks:",
                "- {id: app.stack, postgres: {query: 'SELECT 7, current_user', unit: roles}, thresholds: {warn: 5}}",
                "- {id: app.setting, postgres: {query: 'SELECT 1, current_user', setting: REPLICA}}",
                "- {id: app.dsn, postgres: {query: 'SELECT 1, current_user', dsn: '${REPLICA}', direction: below}, "
                        + "thresholds: {warn: 1, fail: 1}}",
                "- {id: app.both, postgres: {query: 'SELECT 1, current_user', setting: REPLICA}, "
                        + "depends_on: postgres.round-trip}");

        assertThat(result(report, "app.stack").message()).isEqualTo("7 roles (koda), limit 5 roles");
        assertThat(result(report, "app.stack").status()).isEqualTo(Status.WARN);
        assertThat(result(report, "app.stack").spec().command())
                .startsWith("psql 'host=127.0.0.1 port=")
                .endsWith("-c 'SELECT 7, current_user'");
        assertThat(result(report, "app.setting").message()).isEqualTo("1 units (plain)");
        assertThat(result(report, "app.both").message())
                .as("in one evaluation with another role of the same server")
                .isEqualTo("1 units (plain)");
        assertThat(result(report, "app.dsn").message()).isEqualTo("1 units (plain), limit 1 units");
        assertThat(result(report, "app.dsn").status()).isEqualTo(Status.PASS);
    }

    @Test
    void readsNothingIntoAReportThatWasNotAskedFor() throws Exception {
        var report = report(
                List.of("app.*"),
                "checks:",
                "- {id: app.wrong, postgres: {query: 'SELECT hunter2 FROM pg_class'}, hint: see the runbook}",
                "- {id: app.writes, postgres: {query: 'CREATE TABLE more (id int)'}}");

        assertThat(result(report, "app.wrong").message())
                .isEqualTo("the query failed with SQLSTATE 42703 at its character 8");
        assertThat(result(report, "app.wrong").outcome().hint()).isEqualTo("see the runbook");
        assertThat(result(report, "app.writes").reason()).isIn(new Reason("query_writes"));
    }

    @Test
    void aStackWhosePostgresIsDownIsSaidOnce() throws Exception {
        environment.put("KNOWLEDGE_V2_POSTGRES_DSN", "postgresql://koda:hunter22@127.0.0.1:1/koda");

        var report =
                report(List.of("app.*", "postgres.*"), "checks:", "- {id: app.stack, postgres: {query: SELECT 1}}");

        assertThat(result(report, "app.stack").isNotRun()).isTrue();
        assertThat(result(report, "app.stack").rootCause()).isEqualTo(CheckId.of("postgres.tcp"));
    }

    @Test
    void everyLimitOfThePostgresChecksCanBeSet() throws Exception {
        var report = report(
                List.of("postgres.*"),
                "thresholds:",
                "  postgres.connections: {warn: 70, fail: 71}",
                "  postgres.sessions: {warn: 1000, fail: 1001}",
                "  postgres.sessions.transaction: {warn: 2000, fail: 2001}",
                "  postgres.locks: {warn: 3000, fail: 3001}",
                "  postgres.locks.prepared: {warn: 4000, fail: 4001}",
                "  postgres.transaction-rate.deadlocks: {warn: 50, fail: 60}",
                "  postgres.transaction-rate: {warn: 98, fail: 99}",
                "  postgres.wraparound: {warn: 5000000, fail: 5000001}");

        assertThat(limits(report, "postgres.connections")).containsExactly("used 70.0 71.0");
        assertThat(limits(report, "postgres.sessions")).containsExactly("idle 1000.0 1001.0", "oldest 2000.0 2001.0");
        assertThat(limits(report, "postgres.locks")).containsExactly("wait 3000.0 3001.0", "prepared 4000.0 4001.0");
        assertThat(limits(report, "postgres.transaction-rate"))
                .containsExactly("rolled_back 98.0 99.0", "deadlocks 50.0 60.0");
        assertThat(limits(report, "postgres.wraparound")).containsExactly("age 5000000.0 5000001.0");
    }

    @Test
    void expectsTheStandbysAndTheMigrationOfTheSettings() throws Exception {
        migrate();
        environment.putAll(Map.of("KODA_POSTGRES_STANDBYS", "1", "KODA_POSTGRES_MIGRATION", "042_last"));
        environment.put("KNOWLEDGE_V2_POSTGRES_SCHEMA", "migrated");

        var report = report(List.of("postgres.*"), "checks: []");

        assertThat(result(report, "postgres.replication-lag").reason()).isEqualTo(new Reason("standby_missing"));
        assertThat(result(report, "postgres.migrations").reason()).isEqualTo(new Reason("migrations_behind"));
    }

    /** In the database that the roles share, as its owner. */
    private void migrate() throws Exception {
        try (var connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + server.port() + "/koda?user=postgres");
                var statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS migrated");
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS migrated.schema_migrations AS SELECT '041_before' AS version");
            statement.execute("GRANT USAGE ON SCHEMA migrated TO koda");
            statement.execute("GRANT SELECT ON migrated.schema_migrations TO koda");
        }
    }

    private static List<String> limits(Report report, String id) {
        return result(report, id).outcome().thresholds().stream()
                .map(CustomPostgresTest::text)
                .toList();
    }

    private static String text(Threshold threshold) {
        return threshold.of() + " " + threshold.warn() + " " + threshold.fail();
    }

    @Test
    void looksAtTheArchiveWhereThatIsSet() throws Exception {
        environment.put("KODA_BACKUP_ARCHIVER", "true");

        var report = report(
                List.of("backup.*"),
                "thresholds: {backup.age.archive: {warn: 1, fail: 2}, backup.age.archive-failure: {warn: 2, fail: 1}}");

        assertThat(result(report, "backup.age").id()).hasToString("backup.age[archiver]");
        assertThat(result(report, "backup.age").reason()).isEqualTo(new Reason("archiving_off"));
        assertThat(result(report, "backup.age").spec().command()).contains("pg_stat_archiver");
    }
}
