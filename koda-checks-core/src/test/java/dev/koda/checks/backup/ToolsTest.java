package dev.koda.checks.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckResult;
import dev.koda.checks.Observed;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.TimeSource;
import dev.koda.checks.process.Command;
import dev.koda.checks.process.Commands;
import dev.koda.checks.testing.EngineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real processes that stand in for the tools and print what those are documented to print. */
class ToolsTest {
    private static final String PGBACKREST = """
            [{"archive":[{"database":{"id":1,"repo-key":1},"id":"16-1","max":"000000010000000000000009",\
            "min":"000000010000000000000001"}],"backup":[%s],"cipher":"none","db":[{"id":1,"repo-key":1,\
            "system-id":7147741414128675215,"version":"16"}],"name":"main","repo":[{"cipher":"none","key":1,\
            "status":{"code":%d,"message":"m"}}],"status":{"code":%d,"lock":{"backup":{"held":%b}},"message":"m"}}]
            """;
    private static final String WALG = """
            {"backup_name":"base_00000001000000000000000B","time":"%1$s","wal_file_name":"00000001000000000000000B",\
            "storage_name":"default","start_time":"2026-02-01T00:00:00.000000Z","finish_time":"%1$s",\
            "date_fmt":"%%Y-%%m-%%dT%%H:%%M:%%S.%%fZ","hostname":"db","data_dir":"/data","pg_version":160002,\
            "start_lsn":184549416,"finish_lsn":184549688,"is_permanent":false,"system_identifier":7147741414128675215,\
            "uncompressed_size":%2$d,"compressed_size":%3$d}""";
    private static final String WALG_NAME = "base_00000001000000000000000B";
    private static final String BARMAN = """
            {"backup_id":"20260301T030000","backup_type":"full","end_time_timestamp":"%d",\
            "end_time":"Sun Mar  1 03:10:00 2026","size_bytes":%d,"wal_size_bytes":0,"size":"1.0 GiB","wal_size":"0 B",\
            "status":"%s","retention_status":"-","tablespaces":[]}""";

    @TempDir
    Path directory;

    private static long secondsAgo(int hours) {
        return Instant.now().minus(Duration.ofHours(hours)).getEpochSecond();
    }

    private static String pgBackup(int hoursAgo, long bytes, boolean hasErrors) {
        return """
                {"archive":{"start":"000000010000000000000003","stop":"000000010000000000000004"},\
                "backrest":{"format":5,"version":"2.48"},"database":{"id":1,"repo-key":1},"error":%b,\
                "info":{"delta":1,"repository":{"delta":1,"size":1},"size":%d},"label":"20260301-030000F",\
                "prior":null,"reference":null,"timestamp":{"start":1,"stop":%d},"type":"full"}""".formatted(hasErrors, bytes, secondsAgo(hoursAgo));
    }

    /** A program that keeps its arguments in a file beside it, and does this. */
    private Path tool(String script) throws IOException {
        var file = directory.resolve("tool");
        Files.writeString(file, "#!/bin/sh\necho \"$*\" > '" + directory + "/arguments'\n" + script + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private Path printing(String output) throws IOException {
        Files.writeString(directory.resolve("output"), output);
        return tool("cat '" + directory + "/output'");
    }

    private String arguments() throws IOException {
        return Files.readString(directory.resolve("arguments")).strip();
    }

    private static CheckResult run(String name, Command command, Function<String, Backups> reader) {
        return EngineRun.result(
                FilesTest.age(new CommandSource(name, command, Commands.of(TimeSource.system()), reader)));
    }

    private static CheckResult pgBackRest(Path program) {
        var tool = new PgBackRest(program.toString(), "main");
        return run(tool.name(), tool.command(), tool::read);
    }

    private static CheckResult walG(Path program) {
        var tool = new WalG(program.toString(), Path.of("/etc/wal-g.yaml"));
        return run(tool.name(), tool.command(), tool::read);
    }

    private static CheckResult barman(Path program) {
        var tool = new Barman(program.toString(), "main");
        return run(tool.name(), tool.command(), tool::read);
    }

    @Test
    void readsWhatPgBackRestSays() throws Exception {
        var backups = pgBackup(30, 900, false) + "," + pgBackup(3, 1000, false);

        var result = pgBackRest(printing(PGBACKREST.formatted(backups, 0, 0, false)));

        assertThat(result.status()).as(result.message()).isEqualTo(Status.PASS);
        assertThat(result.message()).startsWith("pgBackRest stanza main: the newest backup is 3");
        assertThat(result.outcome().observed().get("size")).isEqualTo(new Observed(1000L, "bytes"));
        assertThat(arguments()).isEqualTo("--log-level-console=off --stanza=main --output=json info");
    }

    @Test
    void aBackupWithErrorsIsNone() throws Exception {
        var backups = pgBackup(30, 900, false) + "," + pgBackup(3, 1000, true);

        assertThat(pgBackRest(printing(PGBACKREST.formatted(backups, 0, 0, false)))
                        .reason())
                .isEqualTo(new Reason("backup_old"));
    }

    @Test
    void oneThatIsBeingMadeMayBeLate() throws Exception {
        var result = pgBackRest(printing(PGBACKREST.formatted(pgBackup(25, 900, false), 0, 0, true)));

        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(result.reason()).isEqualTo(new Reason("running_late"));
    }

    @ParameterizedTest(name = "status {0} is {1}")
    @CsvSource({"1, no_backup", "2, no_backup", "3, no_backup", "5, repository_error", "99, repository_error"})
    void aStanzaInTroubleIsNoPass(int code, String reason) throws Exception {
        assertThat(pgBackRest(printing(PGBACKREST.formatted("", code, code, false)))
                        .reason())
                .isEqualTo(new Reason(reason));
    }

    @Test
    void anotherStanzaDoesNotCount() throws Exception {
        var other = PGBACKREST.formatted(pgBackup(1, 1, false), 0, 0, false).replace("\"main\"", "\"other\"");

        assertThat(pgBackRest(printing(other)).reason()).isEqualTo(new Reason("no_backup"));
    }

    @Test
    void readsWhatWalGSays() throws Exception {
        var recent = Instant.now().minus(Duration.ofHours(2));
        var older = WALG.formatted(recent.minus(Duration.ofDays(1)), 5000, 1000);

        var result = walG(printing("[" + older + "," + WALG.formatted(recent, 6000, 1100) + "]"));

        assertThat(result.status()).as(result.message()).isEqualTo(Status.PASS);
        assertThat(result.message()).startsWith("WAL-G with /etc/wal-g.yaml: the newest backup is 2");
        assertThat(result.outcome().observed().get("size")).isEqualTo(new Observed(1100L, "bytes"));
        assertThat(arguments()).isEqualTo("--config /etc/wal-g.yaml backup-list --detail --json");
    }

    @Test
    void walGKnowsNoSizeOfAnOldOneAndNoneOfADeltaCounts() throws Exception {
        var now = Instant.now();
        var whole = WALG.formatted(now.minus(Duration.ofHours(9)), 9000, 5000);
        var delta = WALG.formatted(now.minus(Duration.ofHours(1)), 90, 50)
                .replace(WALG_NAME, WALG_NAME + "_D_00000001000000000000000A");

        var afterDelta = walG(printing("[" + String.join(",", whole, whole, whole, delta) + "]"));
        var withoutSizes = walG(printing("[" + WALG.formatted(now.minus(Duration.ofHours(1)), 0, 0) + "]"));

        assertThat(afterDelta.status()).as(afterDelta.message()).isEqualTo(Status.PASS);
        assertThat(withoutSizes.status()).as(withoutSizes.message()).isEqualTo(Status.PASS);
        assertThat(withoutSizes.outcome().observed()).doesNotContainKey("size");
    }

    @Test
    void walGThatDoesNotKnowTheEndKnowsWhenTheLastFileWasWritten() throws Exception {
        var written = Instant.now().minus(Duration.ofHours(5)).toString();
        var backup = WALG.formatted(written, 9000, 5000)
                .replace("\"finish_time\":\"" + written, "\"finish_time\":\"0001-01-01T00:00:00Z");

        assertThat(walG(printing("[" + backup + "]")).message()).contains("the newest backup is 5");
    }

    @Test
    void walGWithoutABackupPrintsNothingOrAnEmptyList() throws Exception {
        assertThat(walG(tool("echo 'INFO: No backups found' >&2")).reason()).isEqualTo(new Reason("no_backup"));
        assertThat(walG(tool("echo 'INFO: 2026/03/01 03:00:00.123456 No backups found'"))
                        .reason())
                .isEqualTo(new Reason("no_backup"));
        assertThat(walG(printing("[]")).reason()).isEqualTo(new Reason("no_backup"));
    }

    @Test
    void readsWhatBarmanSays() throws Exception {
        var failed = "{\"backup_id\":\"20260301T040000\",\"backup_type\":\"full\",\"status\":\"FAILED\"}";
        var done = BARMAN.formatted(secondsAgo(4), 12345, "DONE");

        var result = barman(printing("{\"main\":[" + failed + "," + done + "]}"));

        assertThat(result.status()).as(result.message()).isEqualTo(Status.PASS);
        assertThat(result.message()).startsWith("barman server main: the newest backup is 4");
        assertThat(result.outcome().observed().get("size")).isEqualTo(new Observed(12345L, "bytes"));
        assertThat(arguments()).isEqualTo("-f json list-backups main");
    }

    @Test
    void barmanTellsOfOneThatHasStarted() throws Exception {
        var started = "{\"backup_id\":\"20260301T040000\",\"backup_type\":\"full\",\"status\":\"STARTED\"}";
        var waiting = BARMAN.formatted(secondsAgo(25), 1, "WAITING_FOR_WALS");

        assertThat(barman(printing("{\"main\":[" + started + "," + waiting + "]}"))
                        .reason())
                .isEqualTo(new Reason("running_late"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "oops", "{}", "[1,", "null", "[] []", "{\"main\": 7}"})
    void whatIsNoListOfBackupsIsNoPass(String output) throws Exception {
        assertThat(pgBackRest(printing(output)).reason()).isEqualTo(new Reason("unexpected_answer"));
        assertThat(barman(printing(output)).reason()).isEqualTo(new Reason("unexpected_answer"));
    }

    @Test
    void aShapeThatIsNotKnownIsNoPass() throws Exception {
        assertThat(pgBackRest(printing("[{\"name\":\"main\",\"status\":{\"code\":0},\"backup\":[{},7,null]}]"))
                        .reason())
                .isEqualTo(new Reason("no_backup"));
        assertThat(walG(printing("[{\"time\":\"yesterday\"}, {}]")).reason()).isEqualTo(new Reason("no_backup"));
        assertThat(walG(printing("{}")).reason()).isEqualTo(new Reason("unexpected_answer"));
    }

    @Test
    void anExitCodeIsNamedAndTheOutputIsNot() throws Exception {
        var result = pgBackRest(tool("echo 'password=hunter2hunter2'; echo 'password=hunter2hunter2' >&2; exit 37"));

        assertThat(result.status()).isEqualTo(Status.FAIL);
        assertThat(result.reason()).isEqualTo(new Reason("tool_failed"));
        assertThat(result.message()).contains("exit code 37").doesNotContain("hunter2");
    }

    @Test
    void aToolThatIsNotThereIsNamed() {
        var result = pgBackRest(directory.resolve("nothing"));

        assertThat(result.reason()).isEqualTo(new Reason("tool_missing"));
        assertThat(result.outcome().hint()).startsWith("install it");
    }

    @Test
    void tooLongAnAnswerIsNotGuessedAt() throws Exception {
        var result = pgBackRest(tool("yes '[1],' | head -c 5000000"));

        assertThat(result.reason()).isEqualTo(new Reason("unexpected_answer"));
        assertThat(result.message()).contains("more than 4 MiB");
    }

    @Test
    void aHistoryOfYearsIsRead() throws Exception {
        var history = String.join(",", Collections.nCopies(1500, pgBackup(30, 1000, false)));

        var result = pgBackRest(printing(PGBACKREST.formatted(history + "," + pgBackup(3, 1000, false), 0, 0, false)));

        assertThat(result.status()).as(result.message()).isEqualTo(Status.PASS);
        assertThat(Files.size(directory.resolve("output"))).isGreaterThan(500_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-x", "--repo", "a b", "a;b", "../x", "$(id)"})
    void whatIsNoNameOfAStanzaOrServerIsRefused(String text) {
        var commands = Commands.of(TimeSource.system());

        assertThat(BackupSources.pgBackRest(text, commands)).isEmpty();
        assertThat(BackupSources.barman(text, commands)).isEmpty();
    }

    @Test
    void knowsTheToolsByTheirNames() {
        var commands = Commands.of(TimeSource.system());

        assertThat(BackupSources.pgBackRest("main", commands).orElseThrow().describe())
                .isEqualTo("pgBackRest stanza main");
        assertThat(BackupSources.barman("main", commands).orElseThrow().describe())
                .isEqualTo("barman server main");
        assertThat(BackupSources.walG(Path.of("/etc/wal-g.yaml"), commands)
                        .orElseThrow()
                        .describe())
                .isEqualTo("WAL-G with /etc/wal-g.yaml");
        assertThat(BackupSources.walG(Path.of("wal-g.yaml"), commands)).isEmpty();
    }
}
