package dev.koda.checks.postgres.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Status;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

/** Real sessions that leave their transactions open; the limits are below what they have reached. */
class SessionsCheckTest {
    private static final String ID = "postgres.sessions";
    private static final Limit NEVER = new Limit(3600, 7200);

    private final Cluster cluster = Cluster.shared();

    private static PostgresStateLimits limits(Limit idle, Limit transaction) {
        return PostgresStateLimits.DEFAULT.sessions(idle, transaction);
    }

    private static String pid(Connection connection) throws Exception {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT pg_backend_pid()")) {
            rows.next();
            return rows.getString(1);
        }
    }

    @Test
    void passesWhereNobodyHoldsATransaction() throws Exception {
        var result = StateRun.result(ID, cluster.primary("koda"));

        assertThat(result.status()).as(result::message).isEqualTo(Status.PASS);
        assertThat(result.message()).contains("limit 900 s", "limit 300 s");
        assertThat(result.outcome().observed()).containsKeys("open", "idle", "oldest");
    }

    @Test
    void namesTheSessionThatIsIdleInItsTransaction() throws Exception {
        try (var held = cluster.admin()) {
            var pid = pid(held);
            Cluster.execute(held, "BEGIN", "SELECT txid_current()");

            var warned = StateRun.result(ID, cluster.primary("koda"), limits(new Limit(0, 3600), NEVER));
            var failed = StateRun.result(ID, cluster.primary("koda"), limits(new Limit(0, 0), NEVER));

            assertThat(warned.status()).as(warned::message).isEqualTo(Status.WARN);
            assertThat(warned.reason()).hasToString("idle_in_transaction");
            assertThat(warned.message()).startsWith("session " + pid + " of postgres has been idle");
            assertThat(warned.outcome().hint()).contains("pg_terminate_backend(" + pid + ")");
            assertThat(failed.status()).isEqualTo(Status.FAIL);
        }
    }

    @Test
    void namesALongTransactionToo() throws Exception {
        try (var held = cluster.admin()) {
            Cluster.execute(held, "BEGIN", "SELECT 1");

            var result = StateRun.result(ID, cluster.primary("koda"), limits(NEVER, new Limit(0, 3600)));

            assertThat(result.status()).as(result::message).isEqualTo(Status.WARN);
            assertThat(result.reason()).hasToString("long_transaction");
        }
    }

    @Test
    void letsABackupReadForHours() throws Exception {
        try (var held = cluster.admin()) {
            Cluster.execute(held, "SET application_name = 'pg_dump'", "BEGIN", "SELECT 1");

            var result = StateRun.result(ID, cluster.primary("koda"), limits(new Limit(0, 3600), new Limit(0, 3600)));

            assertThat(result.status()).as(result::message).isEqualTo(Status.PASS);
        }
    }

    @Test
    void namesTheGrantThatARoleLacks() throws Exception {
        var result = StateRun.result(ID, cluster.primary("plain"));

        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(result.reason()).hasToString("missing_privilege");
        assertThat(result.outcome().hint()).isEqualTo("GRANT pg_monitor TO plain;");
    }
}
