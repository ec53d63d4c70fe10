package dev.koda.checks.postgres.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Status;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real sessions that wait for each other. */
class LocksCheckTest {
    private static final String ID = "postgres.locks";
    private static final Limit NEVER = new Limit(3600, 7200);

    private final Cluster cluster = Cluster.shared();

    @BeforeEach
    void makeTable() throws Exception {
        cluster.onPrimary("CREATE TABLE locked (id int)");
    }

    @AfterEach
    void dropTable() throws Exception {
        cluster.onPrimary("DROP TABLE locked");
    }

    @Test
    void passesWhereNobodyWaitsForARoleWithoutPrivileges() throws Exception {
        var result = StateRun.result(ID, cluster.primary("plain"));

        assertThat(result.status()).as(result::message).isEqualTo(Status.PASS);
        assertThat(result.message()).isEqualTo("0 sessions wait for a lock, the longest for 0 s, limit 60 s");
    }

    @Test
    void namesWhoWaitsAndWhoHoldsTheLock() throws Exception {
        try (var holder = cluster.admin();
                var waiter = cluster.admin()) {
            Cluster.execute(holder, "BEGIN", "LOCK TABLE locked");
            var waiting = CompletableFuture.runAsync(() -> {
                try {
                    Cluster.execute(waiter, "SELECT * FROM locked");
                } catch (Exception broken) {
                    throw new IllegalStateException(broken);
                }
            });
            Cluster.eventually(() -> Cluster.query(
                            cluster.primary("postgres"), "SELECT count(*) FROM pg_locks WHERE waitstart IS NOT NULL")
                    .equals("1"));

            var limits = PostgresStateLimits.DEFAULT.locks(new Limit(0, 3600), NEVER);
            var warned = StateRun.result(ID, cluster.primary("koda"), limits);
            var failed = StateRun.result(
                    ID, cluster.primary("plain"), PostgresStateLimits.DEFAULT.locks(new Limit(0, 0), NEVER));
            var holding = Cluster.query(
                    cluster.primary("postgres"),
                    "SELECT pid FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted");
            Cluster.execute(holder, "ROLLBACK");
            waiting.get(20, TimeUnit.SECONDS);

            assertThat(warned.status()).as(warned::message).isEqualTo(Status.WARN);
            assertThat(warned.reason()).hasToString("lock_wait");
            assertThat(warned.message()).contains("1 sessions wait", "session " + holding + " holds it");
            assertThat(warned.outcome().hint()).contains("pg_terminate_backend(" + holding + ")");
            assertThat(failed.status()).as(failed::message).isEqualTo(Status.FAIL);
        }
    }

    @Test
    void namesAPreparedTransactionThatWasForgotten() throws Exception {
        try (var connection = cluster.admin()) {
            Cluster.execute(connection, "BEGIN", "INSERT INTO locked VALUES (1)", "PREPARE TRANSACTION 'forgotten'");
            try {
                var limits = PostgresStateLimits.DEFAULT.locks(NEVER, new Limit(0, 3600));

                var result = StateRun.result(ID, cluster.primary("plain"), limits);

                assertThat(result.status()).as(result::message).isEqualTo(Status.WARN);
                assertThat(result.reason()).hasToString("prepared_transaction");
                assertThat(result.message()).startsWith("transaction 'forgotten' has been prepared for");
            } finally {
                Cluster.execute(connection, "ROLLBACK PREPARED 'forgotten'");
            }
        }
    }
}
