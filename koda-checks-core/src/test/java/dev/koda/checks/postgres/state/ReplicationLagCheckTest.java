package dev.koda.checks.postgres.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Status;
import dev.koda.checks.TimeSource;
import dev.koda.checks.sql.DataSourceQueries;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real standby whose replay is paused while the primary goes on. */
class ReplicationLagCheckTest {
    private static final String ID = "postgres.replication-lag";
    private static final double KIBIBYTE = 1024;

    private final Cluster cluster = Cluster.shared();

    /** What the pause makes of lag is more than this, and less than that fails. */
    private static PostgresStateLimits low(double warnSeconds, double failSeconds) {
        return PostgresStateLimits.DEFAULT.lag(new Limit(warnSeconds, failSeconds), new Limit(KIBIBYTE, 64 * KIBIBYTE));
    }

    @BeforeEach
    void catchUp() throws Exception {
        cluster.onPrimary("CREATE TABLE written (id int)", "DROP TABLE written");
        cluster.untilCaughtUp();
    }

    @AfterEach
    void resume() throws Exception {
        cluster.onStandby("SELECT pg_wal_replay_resume()");
        cluster.onPrimary("DROP TABLE IF EXISTS written");
        cluster.untilCaughtUp();
    }

    private void writeWhilePaused() throws Exception {
        cluster.onStandby("SELECT pg_wal_replay_pause()");
        Cluster.eventually(() -> Cluster.query(cluster.standby("postgres"), "SELECT pg_get_wal_replay_pause_state()")
                .equals("paused"));
        cluster.onPrimary("CREATE TABLE written AS SELECT g, repeat('x', 1000) FROM generate_series(1, 1000) g");
        Cluster.eventually(() -> Cluster.query(
                        cluster.standby("postgres"),
                        "SELECT pg_wal_lsn_diff(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()) > 500000")
                .equals("t"));
    }

    @Test
    void passesWhereTheStandbyKeepsUp() throws Exception {
        var primary = StateRun.result(ID, cluster.primary("koda"));
        var standby = StateRun.result(ID, cluster.standby("koda"));

        assertThat(primary.status()).as(primary::message).isEqualTo(Status.PASS);
        assertThat(primary.message()).startsWith("standby second is 0");
        assertThat(standby.status()).as(standby::message).isEqualTo(Status.PASS);
        assertThat(standby.message()).matches("this standby is 0(\\.\\d)? s and 0(\\.\\d)? MiB behind, .*");
    }

    @Test
    void takesAnIdlePrimaryForNoLag() throws Exception {
        var eager = PostgresStateLimits.DEFAULT.lag(new Limit(0, 0), new Limit(0, 0));

        var result = StateRun.result(ID, cluster.standby("koda"), eager);

        assertThat(Cluster.query(cluster.standby("koda"), "SELECT now() > pg_last_xact_replay_timestamp()"))
                .isEqualTo("t");
        assertThat(result.status()).as(result::message).isEqualTo(Status.PASS);
    }

    @Test
    void seesAPausedReplayOnTheStandby() throws Exception {
        writeWhilePaused();

        var warned = StateRun.result(ID, cluster.standby("koda"), low(0, 3600));
        var failed = StateRun.result(ID, cluster.standby("koda"), low(0, 0));

        assertThat(warned.status()).as(warned::message).isEqualTo(Status.WARN);
        assertThat(warned.reason()).hasToString("replication_lag");
        assertThat(warned.outcome().hint()).contains("pg_wal_replay_resume()");
        assertThat(failed.status()).as(failed::message).isEqualTo(Status.FAIL);
        assertThat(failed.outcome().observed()).containsKeys("lag", "lag_bytes");
    }

    @Test
    void needsBothTimeAndBytes() throws Exception {
        writeWhilePaused();
        var longTime = PostgresStateLimits.DEFAULT.lag(new Limit(3600, 3600), new Limit(0, 1e9));
        var manyBytes = PostgresStateLimits.DEFAULT.lag(new Limit(0, 0), new Limit(1e9, 1e9));

        assertThat(StateRun.result(ID, cluster.standby("koda"), longTime).status())
                .isEqualTo(Status.PASS);
        assertThat(StateRun.result(ID, cluster.standby("koda"), manyBytes).status())
                .isEqualTo(Status.PASS);
    }

    /** The primary's own clock of the lag stands still meanwhile. */
    @Test
    void seesAPausedReplayOnThePrimaryFromTheSecondLookOn() throws Exception {
        writeWhilePaused();
        var options = PostgresStateOptions.DEFAULT.limits(
                PostgresStateLimits.DEFAULT.lag(new Limit(0.2, 0.3), new Limit(KIBIBYTE, 64 * KIBIBYTE)));
        var specs = PostgresStateChecks.of(DataSourceQueries.of(cluster.primary("koda")), options, TimeSource.system());
        var first = StateRun.run(ID, specs).checks().get(0);
        Cluster.eventually(() -> StateRun.run(ID, specs).status() == Status.FAIL);

        assertThat(first.status()).as("many bytes warn at once").isEqualTo(Status.WARN);
        assertThat(first.message()).matches("standby second is \\d+(\\.\\d)? s and .* MiB behind, limit both .*");
    }

    @Test
    void failsWhereAStandbyIsMissing() throws Exception {
        var result = StateRun.result(ID, cluster.primary("koda"), PostgresStateOptions.DEFAULT.standbys(2));

        assertThat(result.status()).isEqualTo(Status.FAIL);
        assertThat(result.reason()).hasToString("standby_missing");
        assertThat(result.message()).isEqualTo("1 standbys are connected, 2 are expected");
    }

    @Test
    void seesAStandbyThatReceivesNothing() throws Exception {
        var conninfo = Cluster.query(cluster.standby("postgres"), "SHOW primary_conninfo");
        cluster.onStandby("ALTER SYSTEM SET primary_conninfo = ''", "SELECT pg_reload_conf()");
        try {
            Cluster.eventually(
                    () -> Cluster.query(cluster.standby("postgres"), "SELECT count(*) FROM pg_stat_wal_receiver")
                            .equals("0"));

            var result = StateRun.result(ID, cluster.standby("koda"));

            assertThat(result.status()).isEqualTo(Status.WARN);
            assertThat(result.reason()).hasToString("not_streaming");
        } finally {
            cluster.onStandby("ALTER SYSTEM SET primary_conninfo = '" + conninfo + "'", "SELECT pg_reload_conf()");
        }
    }

    @Test
    void namesTheGrantThatARoleLacks() throws Exception {
        for (var source : List.of(cluster.primary("plain"), cluster.standby("plain"))) {
            var result = StateRun.result(ID, source);

            assertThat(result.status()).isEqualTo(Status.WARN);
            assertThat(result.reason()).hasToString("missing_privilege");
            assertThat(result.outcome().hint()).isEqualTo("GRANT pg_monitor TO plain;");
        }
    }
}
