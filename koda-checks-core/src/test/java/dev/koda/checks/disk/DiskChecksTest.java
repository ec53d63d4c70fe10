package dev.koda.checks.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckResult;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Effects;
import dev.koda.checks.Reason;
import dev.koda.checks.Report;
import dev.koda.checks.Scope;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.testing.EngineRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskChecksTest {
    @TempDir
    Path directory;

    @Test
    void declaresFourChecksForEachVolume() {
        var specs = DiskChecks.of(
                List.of(DiskVolume.of("STATE_ROOT_DIR", directory), DiskVolume.of("ARTIFACT_STORE_DIR", directory)),
                DiskOptions.defaults(),
                TimeSource.system());

        assertThat(specs.stream().map(spec -> spec.id().toString()))
                .containsExactly(
                        "disk.space[STATE_ROOT_DIR]",
                        "disk.inodes[STATE_ROOT_DIR]",
                        "disk.read-only[STATE_ROOT_DIR]",
                        "disk.writable[STATE_ROOT_DIR]",
                        "disk.space[ARTIFACT_STORE_DIR]",
                        "disk.inodes[ARTIFACT_STORE_DIR]",
                        "disk.read-only[ARTIFACT_STORE_DIR]",
                        "disk.writable[ARTIFACT_STORE_DIR]");
        assertThat(specs).allMatch(spec -> spec.scope() == Scope.LOCAL);
    }

    @Test
    void asksInReadinessOnlyWhetherWhatIsNeededCanBeWritten() {
        var needed = specs(DiskVolume.of("STATE_ROOT_DIR", directory).neededToWork());

        assertThat(needed.stream().filter(spec -> spec.suites().contains(Suite.READINESS)))
                .singleElement()
                .satisfies(spec -> {
                    assertThat(spec.id().name()).isEqualTo("disk.writable");
                    assertThat(spec.effects()).isEqualTo(Effects.WRITES);
                    assertThat(spec.every()).isEqualTo(Duration.ofSeconds(10));
                    assertThat(spec.timeout()).isEqualTo(Duration.ofMillis(2500));
                    assertThat(spec.failureThreshold()).isEqualTo(2);
                    assertThat(spec.dependsOn()).isEmpty();
                    assertThat(spec.unavailable()).isEqualTo("disk_unavailable");
                });
        assertThat(specs(DiskVolume.of("ARTIFACT_STORE_DIR", directory)))
                .noneMatch(spec -> spec.suites().contains(Suite.READINESS));
    }

    @Test
    void leavesNothingBehind() throws IOException {
        assertThat(EngineRun.named(run(directory), "disk.writable").status()).isNotEqualTo(Status.FAIL);

        assertThat(names(directory)).isEmpty();
    }

    @Test
    void removesWhatACrashedRunLeftAndNothingElse() throws IOException {
        var old = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
        var abandoned = file(".koda-canary-0b7d7e7e-0000-4000-8000-00000000000a.new", old);
        var renamed = file(".koda-canary-0b7d7e7e-0000-4000-8000-00000000000b", old);
        file(".koda-canary-0b7d7e7e-0000-4000-8000-00000000000c", FileTime.from(Instant.now()));
        file(".koda-canary-notes", old);
        file("state.db", old);
        Files.createDirectory(directory.resolve(".koda-canary-0b7d7e7e-0000-4000-8000-00000000000d"));

        run(directory);

        assertThat(abandoned).doesNotExist();
        assertThat(renamed).doesNotExist();
        assertThat(names(directory))
                .containsExactlyInAnyOrder(
                        ".koda-canary-0b7d7e7e-0000-4000-8000-00000000000c",
                        ".koda-canary-0b7d7e7e-0000-4000-8000-00000000000d",
                        ".koda-canary-notes",
                        "state.db");
    }

    @Test
    void namesAMissingDirectoryAndAsksItNothingElse() {
        var results = run(directory.resolve("missing"));

        assertThat(EngineRun.named(results, "disk.read-only").reason()).isEqualTo(new Reason("missing"));
        assertThat(EngineRun.named(results, "disk.writable").reason()).isEqualTo(new Reason("missing"));
        assertThat(EngineRun.named(results, "disk.space").isNotRun()).isTrue();
        assertThat(EngineRun.named(results, "disk.inodes").isNotRun()).isTrue();
        assertThat(EngineRun.named(results, "disk.space").rootCause())
                .isEqualTo(new CheckId("disk.read-only", "STATE_ROOT_DIR"));
    }

    @Test
    void seesAFileWhereADirectoryShouldBe() throws IOException {
        var file = Files.createFile(directory.resolve("state"));

        assertThat(EngineRun.named(run(file), "disk.writable").reason()).isEqualTo(new Reason("not_a_directory"));
    }

    @Test
    void saysWhenThisUserMayNotWrite() throws IOException {
        var closed = Files.createDirectory(
                directory.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
        if (Files.isWritable(closed)) {
            System.out.println("not run as root: saysWhenThisUserMayNotWrite, because root may write everywhere");
            return;
        }

        assertThat(EngineRun.named(run(closed), "disk.writable").reason()).isEqualTo(new Reason("access_denied"));
    }

    @Test
    void followsASymbolicLinkToTheVolume() throws IOException {
        var link =
                Files.createSymbolicLink(directory.resolve("link"), Files.createDirectory(directory.resolve("real")));

        var results = run(link);

        assertThat(EngineRun.named(results, "disk.read-only").status()).isEqualTo(Status.PASS);
        assertThat(EngineRun.named(results, "disk.writable").status()).isNotEqualTo(Status.FAIL);
    }

    @Test
    void judgesAWriteByItsLimits() {
        var impatient = DiskOptions.defaults().write(Duration.ZERO, Duration.ofMinutes(1));
        var strict = DiskOptions.defaults().write(Duration.ZERO, Duration.ZERO);

        assertThat(writable(impatient).status()).isEqualTo(Status.WARN);
        assertThat(writable(strict).status()).isEqualTo(Status.FAIL);
        assertThat(writable(strict).reason()).isEqualTo(new Reason("slow_write"));
        assertThat(names(directory)).isEmpty();
    }

    @Test
    void refusesARelativePathAndSenselessLimits() {
        assertThatIllegalArgumentException().isThrownBy(() -> DiskVolume.of("STATE_ROOT_DIR", Path.of("state")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DiskOptions.defaults().space(5, 15));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DiskOptions.defaults().floors(1, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DiskOptions.defaults().write(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    }

    /** Each write takes 5 ms of this time. */
    private CheckResult writable(DiskOptions options) {
        var time = new SteppingTime();
        return DiskChecks.of(List.of(DiskVolume.of("STATE_ROOT_DIR", directory)), options, time).stream()
                .filter(spec -> spec.id().name().equals("disk.writable"))
                .map(EngineRun::result)
                .findFirst()
                .orElseThrow();
    }

    private Path file(String name, FileTime modified) throws IOException {
        return Files.setLastModifiedTime(Files.createFile(directory.resolve(name)), modified);
    }

    private static List<String> names(Path directory) {
        try (var entries = Files.list(directory)) {
            return entries.map(entry -> String.valueOf(entry.getFileName())).toList();
        } catch (IOException unlistable) {
            throw new AssertionError(unlistable);
        }
    }

    private static List<CheckSpec> specs(DiskVolume volume) {
        return DiskChecks.of(List.of(volume), DiskOptions.defaults(), TimeSource.system());
    }

    private static Report run(Path path) {
        return EngineRun.report(specs(DiskVolume.of("STATE_ROOT_DIR", path)));
    }
}
