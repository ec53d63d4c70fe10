package dev.koda.checks.postgres.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Status;
import org.junit.jupiter.api.Test;

class ConnectionsCheckTest {
    private static final String ID = "postgres.connections";

    private final Cluster cluster = Cluster.shared();

    @Test
    void countsWhatIsInUse() throws Exception {
        var result = StateRun.result(ID, cluster.primary("koda"));

        assertThat(result.status()).as(result::message).isEqualTo(Status.PASS);
        assertThat(result.message()).matches("\\d+ of \\d+ connections are in use, limit 80 %");
        assertThat(result.outcome().observed()).containsKeys("used", "used_connections", "usable_connections");
    }

    @Test
    void warnsWithTheGrantWhereTheRoleMayNotCount() throws Exception {
        var result = StateRun.result(ID, cluster.primary("plain"));

        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(result.reason()).hasToString("missing_privilege");
        assertThat(result.outcome().hint()).isEqualTo("GRANT pg_monitor TO plain;");
    }

    @Test
    void warnsAndFailsAtItsShare() throws Exception {
        var limits = PostgresStateLimits.DEFAULT;

        var warned = StateRun.result(ID, cluster.primary("koda"), limits.connections(new Limit(0, 95)));
        var failed = StateRun.result(ID, cluster.primary("koda"), limits.connections(new Limit(0, 0)));

        assertThat(warned.status()).isEqualTo(Status.WARN);
        assertThat(warned.message()).endsWith("limit 0 %");
        assertThat(failed.status()).isEqualTo(Status.FAIL);
        assertThat(failed.reason()).hasToString("many_connections");
    }
}
