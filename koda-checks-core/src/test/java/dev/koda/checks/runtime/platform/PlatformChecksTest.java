package dev.koda.checks.runtime.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckResult;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Query;
import dev.koda.checks.Report;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.sql.DataSourceQueries;
import dev.koda.checks.testing.CheckContract;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On a real Postgres with the tables of a Koda install. */
class PlatformChecksTest {
    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws Exception {
        server = EmbeddedPostgres.start();
        execute("CREATE ROLE plain LOGIN");
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void migrate() throws Exception {
        execute("DROP SCHEMA IF EXISTS knowledge_v2 CASCADE");
        try (var sql = PlatformChecksTest.class.getResourceAsStream("/koda-schema.sql")) {
            execute(new String(sql.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static void execute(String sql) throws SQLException {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A stamp as Koda writes it, so many seconds ago. */
    private static String ago(long seconds) {
        return "to_char((now() - interval '" + seconds + " seconds') AT TIME ZONE 'UTC', "
                + "'YYYY-MM-DD\"T\"HH24:MI:SS.US\"+00:00\"')";
    }

    private static void supervisor(long seconds, boolean drains) throws SQLException {
        execute("INSERT INTO knowledge_v2.cp_supervisor_runtimes VALUES (" + ago(seconds) + ", " + drains + ", 4)");
    }

    private static void items(String status, int count, long seconds) throws SQLException {
        execute("INSERT INTO knowledge_v2.runtime_queue_items (agent_id, status, queued_at) SELECT 'A', '" + status
                + "', " + ago(seconds) + " FROM generate_series(1, " + count + ")");
    }

    private static void lease(String table, String status, String expires) throws SQLException {
        execute("INSERT INTO knowledge_v2." + table + " (status, lease_expires_at) VALUES ('" + status + "', " + expires
                + ")");
    }

    private static List<CheckSpec> specs(DataSource source) {
        return PlatformChecks.of(DataSourceQueries.of(source), PlatformOptions.DEFAULT);
    }

    private static Report report(String id, DataSource source) throws Exception {
        try (var engine = CheckEngine.builder().checks(specs(source)).build()) {
            return engine.run(Query.of(Suite.DOCTOR).only(List.of(id)))
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private static CheckResult result(String id) throws Exception {
        var report = report(id, server.getPostgresDatabase());
        assertThat(report.checks()).as(() -> report.skipped().toString()).hasSize(1);
        return report.checks().get(0);
    }

    private static void expect(String id, Status status, String reason) throws Exception {
        var result = result(id);
        assertThat(result.status()).as(result::message).isEqualTo(status);
        assertThat(String.valueOf(result.reason())).as(result::message).isEqualTo(reason);
    }

    private static String why(String id) throws Exception {
        return report(id, server.getPostgresDatabase()).skipped().get(0).why();
    }

    @Test
    void anIdlePlatformHasNoFault() throws Exception {
        expect("runtime.queue", Status.PASS, "null");
        expect("runtime.leases", Status.PASS, "null");
        assertThat(why("runtime.supervisors")).isEqualTo("no supervisor has registered: cluster mode is off");
    }

    @ParameterizedTest
    @ValueSource(strings = {"runtime.supervisors", "runtime.queue", "runtime.leases"})
    void isSkippedBeforeTheMigrations(String id) throws Exception {
        execute("DROP SCHEMA knowledge_v2 CASCADE");

        assertThat(why(id)).startsWith("there is no table knowledge_v2.").contains("has not migrated");
    }

    @Test
    void isSkippedWhereAnotherReleaseHasOtherColumns() throws Exception {
        execute("ALTER TABLE knowledge_v2.runtime_queue_items DROP COLUMN queued_at");

        assertThat(why("runtime.queue")).startsWith("knowledge_v2.runtime_queue_items has no column queued_at");
    }

    @ParameterizedTest
    @CsvSource({"runtime.supervisors,1", "runtime.queue,1", "runtime.leases,2"})
    void namesTheGrantThatARoleLacks(String id, int tables) throws Exception {
        supervisor(1, false);
        var plain = server.getDatabase("plain", "postgres");

        for (int i = 0; i < tables; i++) {
            var refused = report(id, plain).checks().get(0);
            assertThat(refused.status()).isEqualTo(Status.WARN);
            assertThat(refused.reason()).hasToString("missing_privilege");
            execute(String.valueOf(refused.outcome().hint()));
        }

        assertThat(report(id, plain).checks().get(0).status()).isEqualTo(Status.PASS);
    }

    @Test
    void aSupervisorThatBeatsPassesBesideOneThatWasReplacedLongAgo() throws Exception {
        supervisor(3, false);
        supervisor(90_000, true);

        expect("runtime.supervisors", Status.PASS, "null");
    }

    @ParameterizedTest
    @CsvSource({"60,WARN", "300,FAIL", "90000,WARN"})
    void saysThatNoSupervisorBeats(long seconds, Status status) throws Exception {
        supervisor(seconds, false);

        expect("runtime.supervisors", status, "heartbeat_late");
    }

    @Test
    void warnsOfOneSilentSupervisorAmongOthers() throws Exception {
        supervisor(1, false);
        supervisor(600, false);

        expect("runtime.supervisors", Status.WARN, "heartbeat_late");
    }

    @Test
    void tellsOneThatDrainsFromAll() throws Exception {
        supervisor(1, true);
        expect("runtime.supervisors", Status.FAIL, "all_draining");

        supervisor(1, false);
        expect("runtime.supervisors", Status.WARN, "draining");
    }

    @Test
    void readsDrainingAsANumberToo() throws Exception {
        execute("ALTER TABLE knowledge_v2.cp_supervisor_runtimes ALTER draining DROP DEFAULT,"
                + " ALTER draining TYPE integer USING draining::int");
        execute("INSERT INTO knowledge_v2.cp_supervisor_runtimes VALUES (" + ago(1) + ", 1, 4)");

        expect("runtime.supervisors", Status.FAIL, "all_draining");
    }

    @Test
    void doesNotTakeAStampOfTomorrowForALife() throws Exception {
        supervisor(-86_400, false);

        expect("runtime.supervisors", Status.WARN, "future_stamp");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "2026-13-01T00:00:00Z",
                "0000-01-01T00:00:00Z",
                "2026-02-30",
                "2026-01-01T24:00:00Z",
                "2026-01-01T00:00:00+99:00"
            })
    void aMalformedStampIsNoCrashAndNoFailure(String stamp) throws Exception {
        execute("INSERT INTO knowledge_v2.cp_supervisor_runtimes VALUES ('" + stamp + "', false, 4)");
        execute("INSERT INTO knowledge_v2.runtime_queue_items (status, queued_at) VALUES ('queued', '" + stamp + "')");
        lease("tasks", "running", "'" + stamp + "'");

        expect("runtime.supervisors", Status.WARN, "unreadable_stamp");
        expect("runtime.queue", Status.PASS, "null");
        expect("runtime.leases", Status.PASS, "null");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T12:00:00Z,2026-01-31T12:00:00Z",
        "2026-01-31T12:00:00.123456,2026-01-31T12:00:00Z",
        "2026-01-31 12:00:00+00,2026-01-31T12:00:00Z",
        "2026-01-31T12:00:00-05:30,2026-01-31T17:30:00Z",
        "2026-01-31T12:00:00+0530,2026-01-31T06:30:00Z",
        "2026-02-30T00:00:00Z,2026-03-02T00:00:00Z"
    })
    void readsStampsWithEveryOffset(String stamp, String same) throws Exception {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT abs(" + PlatformTables.age("a") + " - "
                        + PlatformTables.age("b")
                        + "), " + PlatformTables.age("b") + " - extract(epoch FROM clock_timestamp() - b::timestamptz)"
                        + " FROM (SELECT '" + stamp + "'::text AS a, '" + same + "'::text AS b) s")) {
            rows.next();
            assertThat(rows.getDouble(1)).isLessThan(1);
            assertThat(Math.abs(rows.getDouble(2))).isLessThan(1);
        }
    }

    @Test
    void countsWhatWaits() throws Exception {
        items("queued", 30, 5);
        items("retrying", 20, 5);
        items("completed", 5000, 90_000);
        expect("runtime.queue", Status.PASS, "null");

        items("queued", 1, 5);
        expect("runtime.queue", Status.WARN, "queue_deep");
        items("queued", 450, 5);
        expect("runtime.queue", Status.FAIL, "queue_deep");
    }

    @Test
    void warnsOfAQueueThatNobodyTakesFrom() throws Exception {
        items("queued", 1, 1200);
        expect("runtime.queue", Status.WARN, "queue_stalled");

        items("running", 1, 1200);
        expect("runtime.queue", Status.PASS, "null");
    }

    @ParameterizedTest
    @CsvSource({
        "tasks,-60,PASS,",
        "tasks,60,PASS,",
        "tasks,300,WARN,lease_expired",
        "tasks,3600,FAIL,lease_expired",
        "scheduled_job_runs,3600,WARN,lease_expired"
    })
    void seesLeasesThatNobodyRenews(String table, long seconds, Status status, String reason) throws Exception {
        lease(table, "running", ago(seconds));
        lease(table, "completed", ago(90_000));

        expect("runtime.leases", status, String.valueOf(reason));
    }

    private abstract static class Contract extends CheckContract {
        @Override
        protected List<CheckSpec> specs() {
            return PlatformChecksTest.specs(server.getPostgresDatabase());
        }

        @Override
        protected List<String> secrets() {
            return NO_SECRETS;
        }
    }

    @Nested
    class Supervisors extends Contract {
        @BeforeEach
        void beat() throws Exception {
            supervisor(1, false);
        }

        @Override
        protected CheckId id() {
            return CheckId.of("runtime.supervisors");
        }
    }

    @Nested
    class Queue extends Contract {
        @Override
        protected CheckId id() {
            return CheckId.of("runtime.queue");
        }
    }

    @Nested
    class Leases extends Contract {
        @Override
        protected CheckId id() {
            return CheckId.of("runtime.leases");
        }
    }
}
