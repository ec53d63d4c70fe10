package dev.koda.checks.postgres.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Status;
import org.junit.jupiter.api.Test;

/** A fresh server's oldest transaction id is some hundred transactions old: limits below that are crossed. */
class WraparoundCheckTest {
    private static final String ID = "postgres.wraparound";
    private static final PostgresStateLimits LOW = PostgresStateLimits.DEFAULT.age(new Limit(3, 1e9));

    /** A transaction that writes under a savepoint uses one more id. */
    private static final String USE_3000_IDS = "DO $$ BEGIN FOR i IN 1..3000 LOOP"
            + " BEGIN INSERT INTO used VALUES (i); EXCEPTION WHEN others THEN NULL; END; END LOOP; END $$";

    private final Cluster cluster = Cluster.shared();

    @Test
    void passesOnAFreshServerForARoleWithoutPrivileges() throws Exception {
        var result = StateRun.result(ID, cluster.primary("plain"));

        assertThat(result.status()).as(result::message).isEqualTo(Status.PASS);
        assertThat(result.message()).contains("limit 500000000");
        assertThat(result.outcome().observed()).containsKey("age");
    }

    @Test
    void alsoAnswersOnAStandby() throws Exception {
        assertThat(StateRun.result(ID, cluster.standby("koda")).status()).isEqualTo(Status.PASS);
    }

    @Test
    void warnsAndFailsAboveItsLimits() throws Exception {
        var warned = StateRun.result(ID, cluster.primary("koda"), LOW);
        var failed = StateRun.result(ID, cluster.primary("koda"), PostgresStateLimits.DEFAULT.age(new Limit(1, 3)));

        assertThat(warned.status()).isEqualTo(Status.WARN);
        assertThat(warned.reason()).hasToString("old_transaction_ids");
        assertThat(warned.outcome().hint()).startsWith("run VACUUM FREEZE");
        assertThat(failed.status()).isEqualTo(Status.FAIL);
    }

    @Test
    void namesAPreparedTransactionThatHoldsVacuumBack() throws Exception {
        try (var connection = cluster.admin()) {
            Cluster.execute(connection, "BEGIN", "CREATE TABLE held (id int)", "PREPARE TRANSACTION 'held'");
            try {
                Cluster.execute(connection, "CREATE TEMP TABLE used (id int)", USE_3000_IDS);

                var result = StateRun.result(ID, cluster.primary("koda"), LOW);

                assertThat(result.outcome().hint()).contains("prepared transaction");
            } finally {
                Cluster.execute(connection, "ROLLBACK PREPARED 'held'");
            }
        }
    }
}
