package dev.koda.checks.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckResult;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Observed;
import dev.koda.checks.Outcome;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.Threshold;
import dev.koda.checks.TimeSource;
import dev.koda.checks.sql.DataSourceQueries;
import dev.koda.checks.sql.SqlQueries;
import dev.koda.checks.sql.SqlRow;
import dev.koda.checks.testing.CheckContract;
import dev.koda.checks.testing.EngineRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code pg_stat_archiver} of a real server whose archive_command works, fails, hangs, or is not there. */
class ArchiverCheckTest {
    @TempDir
    private static Path directory;

    private static Path archive;
    private static ArchivingServer server;

    @BeforeAll
    static void start() throws Exception {
        archive = Files.createDirectory(directory.resolve("archive"));
        server = ArchivingServer.start(directory.resolve("data"), "on");
        server.prepare();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void archiveAll() throws Exception {
        server.archivesBy(working());
        server.completeSegment();
        server.eventually(() -> server.query("SELECT count(*) FROM pg_ls_archive_statusdir() WHERE name LIKE '%.ready'")
                .equals("0"));
        server.execute("SELECT pg_stat_reset_shared('archiver')");
    }

    private static String working() {
        return "cp %p " + archive + "/%f";
    }

    private static CheckSpec spec(String role, BackupOptions options, boolean judgesBases) {
        return BackupChecks.archiver(DataSourceQueries.of(server.as(role)), options, judgesBases, TimeSource.system());
    }

    private static CheckResult run(String role, BackupOptions options, boolean judgesBases) {
        return EngineRun.result(spec(role, options, judgesBases));
    }

    private static CheckResult run() {
        return run("koda", BackupOptions.defaults(), true);
    }

    private static void awaitArchived(String more) {
        server.eventually(() -> server.query("SELECT archived_count > " + more + " FROM pg_stat_archiver")
                .equals("t"));
    }

    private static void makeBaseBackup() throws Exception {
        server.execute("SELECT pg_backup_start('test', true)", "SELECT pg_backup_stop(false)");
    }

    @Test
    void warnsThatWalAloneRestoresNothingUntilThereIsABaseBackup() throws Exception {
        server.completeSegment();
        awaitArchived("0");

        if (server.query("SELECT count(*) FROM pg_ls_archive_statusdir() WHERE name ~ '[.]backup[.]'")
                .equals("0")) {
            var before = run();
            assertThat(before.status()).as(before.message()).isEqualTo(Status.WARN);
            assertThat(before.reason()).isEqualTo(new Reason("no_base_backup"));
            assertThat(before.message()).contains("WAL alone restores nothing");
        }
        makeBaseBackup();
        var after = run();

        assertThat(after.status()).as(after.message()).isEqualTo(Status.PASS);
        assertThat(after.message())
                .matches("base backups by the server's own history: the newest backup is 0(\\.1)? h old; "
                        + "the last WAL was archived \\d+ s ago");
        assertThat(after.outcome().observed()).containsKeys("age", "waiting", "waited");
    }

    @Test
    void judgesTheAgeOfTheBaseBackup() throws Exception {
        makeBaseBackup();
        var strict = BackupOptions.defaults().age(Duration.ZERO, Duration.ZERO);

        assertThat(run("koda", strict, true).reason()).isEqualTo(new Reason("backup_old"));
        assertThat(run("koda", strict, false).status()).isEqualTo(Status.PASS);
    }

    @Test
    void leavesBaseBackupsToAnotherSourceWhereThereIsOne() throws Exception {
        server.completeSegment();
        awaitArchived("0");

        assertThat(run("koda", BackupOptions.defaults(), false).message())
                .matches("the last WAL was archived \\d+ s ago; other sources know of the base backups");
    }

    @Test
    void failsWhileTheCommandFailsAndNoLonger() throws Exception {
        server.archivesBy("echo hunter2 >&2; false");
        server.completeSegment();
        server.eventually(() ->
                server.query("SELECT failed_count > 0 FROM pg_stat_archiver").equals("t"));

        var failing = run("plain", BackupOptions.defaults(), true);
        server.archivesBy(working());
        awaitArchived("0");
        var again = run("koda", BackupOptions.defaults(), false);

        assertThat(failing.status()).as(failing.message()).isEqualTo(Status.FAIL);
        assertThat(failing.reason()).isEqualTo(new Reason("archiving_failed"));
        assertThat(failing.message())
                .matches("archiving WAL failed \\d+ s ago and has not succeeded since; no WAL was archived so far");
        assertThat(failing.outcome().observed()).containsKey("failed");
        assertThat(again.status()).as(again.message()).isEqualTo(Status.PASS);
    }

    @Test
    void failsWhenAHangingCommandLetsWalWait() throws Exception {
        var go = directory.resolve("go");
        server.archivesBy("until test -e " + go + "; do sleep 0.05; done; cp %p " + archive + "/%f");
        try {
            server.completeSegment();
            server.eventually(() -> new Observed(1L, "files")
                    .equals(run("koda", BackupOptions.defaults(), false)
                            .outcome()
                            .observed()
                            .get("waiting")));

            var usual = run("koda", BackupOptions.defaults(), false);
            var warned = run("koda", BackupOptions.defaults().archive(Duration.ZERO, Duration.ofHours(1)), false);
            var failed = run("koda", BackupOptions.defaults().archive(Duration.ZERO, Duration.ZERO), true);

            assertThat(usual.status()).as(usual.message()).isEqualTo(Status.PASS);
            assertThat(warned.status()).isEqualTo(Status.WARN);
            assertThat(warned.reason()).isEqualTo(new Reason("archiving_behind"));
            assertThat(failed.status()).isEqualTo(Status.FAIL);
            assertThat(failed.message()).matches("1 files of WAL wait to be archived, the first for \\d+ s, limit 0 s");
        } finally {
            Files.createFile(go);
            awaitArchived("0");
            Files.delete(go);
        }
    }

    @Test
    void failsWithoutACommand() throws Exception {
        server.archivesBy("");

        var result = run();

        assertThat(result.status()).as(result.message()).isEqualTo(Status.FAIL);
        assertThat(result.reason()).isEqualTo(new Reason("archiving_off"));
        assertThat(result.message()).startsWith("archive_mode is on and archive_command is empty");
    }

    @Test
    void warnsWithTheGrantWhereTheRoleMayNotSee() {
        var result = run("plain", BackupOptions.defaults(), true);

        assertThat(result.status()).as(result.message()).isEqualTo(Status.WARN);
        assertThat(result.reason()).isEqualTo(new Reason("missing_privilege"));
        assertThat(result.outcome().hint()).isEqualTo("GRANT pg_monitor TO plain;");
    }

    @Test
    void failsWhereArchivingIsOffAndLeavesAStandbyToItsPrimary(@TempDir Path other) throws Exception {
        var data = other.resolve("data");
        try (var off = ArchivingServer.start(data, "off")) {
            var spec = BackupChecks.archiver(
                    DataSourceQueries.of(off.as("postgres")), BackupOptions.defaults(), true, TimeSource.system());
            var result = EngineRun.result(spec);
            assertThat(result.status()).as(result.message()).isEqualTo(Status.FAIL);
            assertThat(result.message())
                    .isEqualTo("archive_mode is off, so no WAL is archived, although it is set to be looked at");
        }
        ArchivingServer.demote(data);
        try (var standby = ArchivingServer.start(data, "on")) {
            var spec = BackupChecks.archiver(
                    DataSourceQueries.of(standby.as("postgres")), BackupOptions.defaults(), true, TimeSource.system());
            assertThat(EngineRun.report(List.of(spec)).skipped())
                    .singleElement()
                    .satisfies(skip -> assertThat(skip.why()).contains("is a standby"));
        }
    }

    /** A failure of hours ago takes hours to make: the rows of a server are written here. */
    @ParameterizedTest(name = "a failure {0} min ago is {1}")
    @CsvSource({"59, FAIL", "61, WARN", "1439, WARN", "1441, PASS"})
    void aFailureMattersLessTheLongerItIsAgo(int minutes, Status status) {
        var outcome = failed(minutes, BackupOptions.defaults());

        assertThat(outcome.status()).as(outcome.message()).isEqualTo(status);
        if (status != Status.PASS) {
            assertThat(outcome.observed()).containsEntry("failed_ago", new Observed(minutes / 60.0, "hours"));
            assertThat(outcome.thresholds())
                    .containsExactly(new Threshold("failed_ago", Threshold.Direction.BELOW, "hours", 24.0, 1.0));
        }
    }

    @Test
    void theLimitsOfAFailureCanBeOthers() {
        var options = BackupOptions.defaults().archiveFailure(Duration.ofHours(2), Duration.ofMinutes(90));

        assertThat(failed(89, options).status()).isEqualTo(Status.FAIL);
        assertThat(failed(119, options).status()).isEqualTo(Status.WARN);
        assertThat(failed(121, options).status()).isEqualTo(Status.PASS);
    }

    private static Outcome failed(int minutes, BackupOptions options) {
        var state = new HashMap<String, Object>(Map.of("mode", "on", "is_standby", false, "has_command", true));
        state.putAll(Map.of("has_archived", true, "archived", 90_000.0, "is_failing", true, "may_see", true));
        state.putAll(Map.of("failed", minutes * 60.0, "failed_count", 3L, "role", "koda"));
        var files = new HashMap<String, Object>(Map.of("waiting", 0L, "ended", 60.0));
        files.put("waited", null);
        SqlQueries answers = (context, sql) -> CompletableFuture.completedStage(
                List.of(SqlRow.of(sql.contains("FROM pg_stat_archiver") ? state : files)));

        return EngineRun.result(BackupChecks.archiver(answers, options, true, TimeSource.system()))
                .outcome();
    }

    @Nested
    class Contract extends CheckContract {
        @Override
        protected List<CheckSpec> specs() {
            return List.of(spec("koda", BackupOptions.defaults(), true));
        }

        @Override
        protected CheckId id() {
            return new CheckId("backup.age", "archiver");
        }

        @Override
        protected List<String> secrets() {
            return NO_SECRETS;
        }
    }
}
