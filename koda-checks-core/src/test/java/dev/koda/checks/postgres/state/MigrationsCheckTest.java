package dev.koda.checks.postgres.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MigrationsCheckTest {
    private static final String ID = "postgres.migrations";

    private final Cluster cluster = Cluster.shared();

    @AfterEach
    void dropSchema() throws Exception {
        cluster.onPrimary("DROP SCHEMA IF EXISTS knowledge_v2 CASCADE", "DROP SCHEMA IF EXISTS \"It's\" CASCADE");
    }

    private void migrate(String... versions) throws Exception {
        cluster.onPrimary(
                "CREATE SCHEMA knowledge_v2 AUTHORIZATION koda",
                "CREATE TABLE knowledge_v2.schema_migrations (version text PRIMARY KEY, applied_at timestamptz)",
                "ALTER TABLE knowledge_v2.schema_migrations OWNER TO koda");
        for (var version : versions) {
            cluster.onPrimary("INSERT INTO knowledge_v2.schema_migrations VALUES ('" + version + "', now())");
        }
    }

    private static PostgresStateOptions expecting(String version) {
        return PostgresStateOptions.DEFAULT.migrations("knowledge_v2", version);
    }

    @Test
    void isSkippedWithoutTheTable() throws Exception {
        var report = StateRun.report(ID, cluster.primary("koda"), PostgresStateOptions.DEFAULT);

        assertThat(report.checks()).isEmpty();
        assertThat(report.skipped())
                .singleElement()
                .satisfies(skipped ->
                        assertThat(skipped.why()).isEqualTo("there is no table knowledge_v2.schema_migrations"));
    }

    @Test
    void saysTheLastMigrationWhereNoneIsExpected() throws Exception {
        migrate("001_base_tables", "046_memory_governance_namespaces", "007_runtime");

        var result = StateRun.result(ID, cluster.primary("koda"));

        assertThat(result.status()).isEqualTo(Status.PASS);
        assertThat(result.message()).isEqualTo("the last migration is 046_memory_governance_namespaces");
    }

    @Test
    void comparesWithWhatIsExpected() throws Exception {
        migrate("045_b");

        var same = StateRun.result(ID, cluster.primary("koda"), expecting("045_b"));
        var behind = StateRun.result(ID, cluster.primary("koda"), expecting("046_a"));
        var ahead = StateRun.result(ID, cluster.primary("koda"), expecting("044_c"));

        assertThat(same.status()).isEqualTo(Status.PASS);
        assertThat(behind.status()).isEqualTo(Status.FAIL);
        assertThat(behind.reason()).hasToString("migrations_behind");
        assertThat(behind.message()).isEqualTo("the last migration is 045_b, expected 046_a");
        assertThat(ahead.status()).isEqualTo(Status.WARN);
        assertThat(ahead.reason()).hasToString("migrations_ahead");
    }

    @Test
    void failsOnASchemaThatWasNeverMigrated() throws Exception {
        migrate();

        assertThat(StateRun.result(ID, cluster.primary("koda")).reason()).hasToString("migrations_missing");
    }

    @Test
    void namesTheGrantThatARoleLacks() throws Exception {
        migrate("001_base_tables");

        var refused = StateRun.result(ID, cluster.primary("plain"));
        cluster.onPrimary(String.valueOf(refused.outcome().hint()).split("(?<=;)"));
        var granted = StateRun.result(ID, cluster.primary("plain"));

        assertThat(refused.status()).isEqualTo(Status.WARN);
        assertThat(refused.reason()).hasToString("missing_privilege");
        assertThat(refused.outcome().hint())
                .isEqualTo("GRANT USAGE ON SCHEMA knowledge_v2 TO plain;"
                        + " GRANT SELECT ON knowledge_v2.schema_migrations TO plain;");
        assertThat(granted.status()).as(granted::message).isEqualTo(Status.PASS);
    }

    @Test
    void quotesANameThatNeedsIt() throws Exception {
        cluster.onPrimary(
                "CREATE SCHEMA \"It's\" AUTHORIZATION koda",
                "CREATE TABLE \"It's\".schema_migrations AS SELECT 3 AS version",
                "ALTER TABLE \"It's\".schema_migrations OWNER TO koda");

        var result =
                StateRun.result(ID, cluster.primary("koda"), PostgresStateOptions.DEFAULT.migrations("It's", null));

        assertThat(result.message()).isEqualTo("the last migration is 3");
    }
}
