package dev.koda.checks.postgres.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Status;
import org.junit.jupiter.api.Test;

class RoleCheckTest {
    private final Cluster cluster = Cluster.shared();

    @Test
    void passesOnAPrimary() throws Exception {
        assertThat(StateRun.result("postgres.role", cluster.primary("plain")).status())
                .isEqualTo(Status.PASS);
    }

    @Test
    void failsOnAStandby() throws Exception {
        var result = StateRun.result("postgres.role", cluster.standby("koda"));

        assertThat(result.status()).isEqualTo(Status.FAIL);
        assertThat(result.reason()).hasToString("read_only");
        assertThat(result.message()).contains("is a standby");
    }

    @Test
    void namesTheRoleThatOnlyReads() throws Exception {
        var result = StateRun.result("postgres.role", cluster.primary("reader"));

        assertThat(result.status()).isEqualTo(Status.FAIL);
        assertThat(result.reason()).hasToString("read_only");
        assertThat(result.message()).contains("(user)");
        assertThat(result.outcome().hint()).contains("ALTER ROLE reader RESET default_transaction_read_only;");
    }
}
