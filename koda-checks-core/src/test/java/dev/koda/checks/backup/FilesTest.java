package dev.koda.checks.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckResult;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Observed;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.TimeSource;
import dev.koda.checks.testing.EngineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real files and real times. */
class FilesTest {
    @TempDir
    Path directory;

    private Path write(String name, int bytes, Duration ago) throws IOException {
        var file = Files.write(directory.resolve(name), new byte[bytes]);
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(ago)));
    }

    private CheckResult newestOf(String names) {
        return run(BackupSources.files(directory + "/" + names).orElseThrow());
    }

    private static CheckResult run(BackupSource source) {
        return EngineRun.result(age(source));
    }

    static CheckSpec age(BackupSource source) {
        return BackupChecks.age("files", source, BackupOptions.defaults(), TimeSource.system());
    }

    private static CheckResult restored(Path marker) {
        return EngineRun.result(BackupChecks.restoreTest(marker, BackupOptions.defaults(), TimeSource.system()));
    }

    @Test
    void theNewestFileThatMatchesCounts() throws Exception {
        write("koda-pg-1.dump", 100, Duration.ofHours(50));
        write("koda-pg-2.dump", 200, Duration.ofHours(2));
        write("other.dump", 300, Duration.ofMinutes(1));
        Files.createDirectory(directory.resolve("koda-pg-3.dump"));

        var result = newestOf("koda-pg-*.dump");

        assertThat(result.status()).isEqualTo(Status.PASS);
        assertThat(result.message())
                .startsWith("files " + directory + "/koda-pg-*.dump: the newest backup is 2")
                .endsWith(" h old");
        assertThat(result.outcome().observed().get("size")).isEqualTo(new Observed(200L, "bytes"));
    }

    @Test
    void anOldOneFails() throws Exception {
        write("koda-pg-1.dump", 100, Duration.ofHours(25));

        assertThat(newestOf("*.dump").reason()).isEqualTo(new Reason("backup_old"));
    }

    @Test
    void aStampOfTomorrowFails() throws Exception {
        write("koda-pg-1.dump", 100, Duration.ofDays(-1));

        assertThat(newestOf("*.dump").reason()).isEqualTo(new Reason("future_stamp"));
    }

    @Test
    void anEmptyFileFails() throws Exception {
        write("koda-pg-1.dump", 0, Duration.ofHours(1));

        assertThat(newestOf("*.dump").reason()).isEqualTo(new Reason("empty_backup"));
    }

    @Test
    void aShrunkenOneWarnsAmongMany() throws Exception {
        for (int i = 1; i <= 50; i++) {
            write("koda-pg-" + i + ".dump", 1000, Duration.ofHours(10L * i));
        }
        write("koda-pg-0.dump", 499, Duration.ofHours(1));

        assertThat(newestOf("*.dump").reason()).isEqualTo(new Reason("shrunken"));
    }

    @Test
    void noFileFails() {
        assertThat(newestOf("*.dump").reason()).isEqualTo(new Reason("no_backup"));
    }

    @Test
    void aMissingDirectoryIsNamed() {
        var result = run(BackupSources.files(directory + "/none/*.dump").orElseThrow());

        assertThat(result.reason()).isEqualTo(new Reason("missing"));
        assertThat(result.outcome().hint()).contains(directory + "/none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"backup/*.dump", "/backup/", "/backup/[", "*", ""})
    void whatIsNoPatternIsRefused(String text) {
        assertThat(BackupSources.files(text)).isEmpty();
    }

    @Test
    void theRootMayHoldThem() {
        assertThat(BackupSources.files("/*.dump").orElseThrow().describe()).isEqualTo("files /*.dump");
        assertThat(BackupSources.files("/backup/*.dump").orElseThrow().describe())
                .isEqualTo("files /backup/*.dump");
    }

    @Test
    void aMarkerIsJudgedByItsTimeAlone() throws Exception {
        var marker = write("done", 0, Duration.ofHours(3));

        assertThat(run(BackupSources.marker(marker).orElseThrow()).status()).isEqualTo(Status.PASS);
        assertThat(run(BackupSources.marker(write("done", 0, Duration.ofHours(30)))
                                .orElseThrow())
                        .reason())
                .isEqualTo(new Reason("backup_old"));
        assertThat(run(BackupSources.marker(directory.resolve("never")).orElseThrow())
                        .reason())
                .isEqualTo(new Reason("no_backup"));
        assertThat(BackupSources.marker(Path.of("done"))).isEmpty();
    }

    @Test
    void aRestoreOfThisMonthPasses() throws Exception {
        var result = restored(write("restored", 0, Duration.ofDays(29)));

        assertThat(result.status()).isEqualTo(Status.PASS);
        assertThat(result.message()).startsWith("the last restore was proven 29");
    }

    @Test
    void anOlderRestoreOnlyWarns() throws Exception {
        var result = restored(write("restored", 0, Duration.ofDays(400)));

        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(result.reason()).isEqualTo(new Reason("restore_old"));
        assertThat(result.message()).endsWith("d ago, limit 30 d");
    }

    @Test
    void aRestoreThatNobodyEverMadeWarns() {
        var result = restored(directory.resolve("restored"));

        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(result.reason()).isEqualTo(new Reason("never_restored"));
    }

    @Test
    void aRestoreOfTomorrowWarns() throws Exception {
        assertThat(restored(write("restored", 0, Duration.ofDays(-1))).reason()).isEqualTo(new Reason("future_stamp"));
    }

    @Test
    void aRestoreMayFailWhereThatIsAsked() throws Exception {
        var options = BackupOptions.defaults().restore(Duration.ofDays(10), Duration.ofDays(20));
        var marker = write("restored", 0, Duration.ofDays(21));

        var result = EngineRun.result(BackupChecks.restoreTest(marker, options, TimeSource.system()));

        assertThat(result.status()).isEqualTo(Status.FAIL);
        assertThat(result.message()).endsWith("limit 20 d");
    }
}
