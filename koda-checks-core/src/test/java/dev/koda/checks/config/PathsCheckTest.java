package dev.koda.checks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.config.ConfigOptions.ConfiguredPath;
import dev.koda.checks.testing.CheckContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathsCheckTest extends CheckContract {
    private static final String STATE = "STATE_ROOT_DIR";
    private static final String ARTIFACTS = "ARTIFACT_STORE_DIR";

    @TempDir
    Path root;

    @Override
    protected List<CheckSpec> specs() {
        return ConfigChecks.of(ConfigFixture.paths(false, new ConfiguredPath(STATE, root, true)));
    }

    @Override
    protected CheckId id() {
        return CheckId.of("config.paths");
    }

    @Override
    protected List<String> secrets() {
        return NO_SECRETS;
    }

    @Test
    void passesForDirectoriesBesideEachOther() throws Exception {
        var answer = answer(path(STATE, directory("state")), path(ARTIFACTS, directory("state2")));

        assertThat(answer).hasToString("pass: STATE_ROOT_DIR, ARTIFACT_STORE_DIR are usable");
    }

    @Test
    void failsForARelativePath() throws Exception {
        assertFails(answer(path(STATE, Path.of("state"))), "path_relative");
    }

    @Test
    void failsForAPathThatDoesNotExist() throws Exception {
        assertFails(answer(path(STATE, root.resolve("none"))), "missing");
    }

    @Test
    void tellsAPathThatWeMayNotLookAtFromAMissingOne() throws Exception {
        var closed = directory("closed");
        var inside = Files.createDirectory(closed.resolve("state"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.exists(inside), "the superuser may look everywhere");

        assertFails(answer(path(STATE, inside)), "access_denied");
    }

    @Test
    void failsForAFile() throws Exception {
        assertFails(answer(path(STATE, Files.createFile(root.resolve("file")))), "not_a_directory");
    }

    @Test
    void failsForADirectoryThatWeMustNotWriteTo() throws Exception {
        var directory = directory("locked");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeFalse(Files.isWritable(directory), "the superuser may write anywhere");

        assertFails(answer(path(STATE, directory)), "not_writable");
    }

    @Test
    void failsForAFileSystemThatIsReadOnlyEvenForTheSuperuser() throws Exception {
        var readOnly = Path.of("/sys");
        assumeTrue(Files.isDirectory(readOnly) && !Files.isWritable(readOnly), "nothing read-only is here");

        assertFails(answer(path(STATE, readOnly)), "not_writable");
    }

    @Test
    void leavesADefaultOutThatDoesNotExist() throws Exception {
        var missing = new ConfiguredPath(STATE, root.resolve("none"), false);

        assertThat(answer(missing).isSkipped()).isTrue();
        assertThat(answer(missing, path(ARTIFACTS, directory("a")))).hasToString("pass: ARTIFACT_STORE_DIR is usable");
    }

    @Test
    void warnsIfEverybodyMayWrite() throws Exception {
        var directory = directory("open");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertWarns(answer(path(STATE, directory)), "world_writable");
    }

    @Test
    void warnsIfBothAreOneDirectoryByWhateverName() throws Exception {
        var link = Files.createSymbolicLink(root.resolve("link"), directory("state"));

        assertWarns(answer(path(STATE, root.resolve("state")), path(ARTIFACTS, link)), "same_directory");
    }

    @Test
    void warnsIfOneLiesInTheOther() throws Exception {
        var inner = Files.createDirectories(directory("state").resolve("artifacts"));

        var answer = answer(path(ARTIFACTS, inner), path(STATE, root.resolve("state")));

        assertWarns(answer, "nested_directory");
        assertThat(answer.message()).isEqualTo("ARTIFACT_STORE_DIR lies inside STATE_ROOT_DIR");
    }

    @ParameterizedTest
    @CsvSource({
        "true, tmpfs, WARN",
        "true, ramfs, WARN",
        "true, overlay, WARN",
        "true, ext4, PASS",
        "false, tmpfs, PASS",
        "false, overlay, PASS"
    })
    void warnsOfAnEphemeralVolumeInProductionOnly(boolean isProduction, String type, Status expected) throws Exception {
        var options = ConfigFixture.paths(isProduction, path(STATE, directory("state")));
        var spec = CheckSpec.of("config.paths").in(Suite.DOCTOR).blocking(new PathsCheck(options, path -> type));

        var answer = Answer.of(List.of(spec), "config.paths");

        assertThat(answer.status()).isEqualTo(expected);
        assertThat(answer.reason()).isEqualTo(expected == Status.WARN ? new Reason("ephemeral") : null);
    }

    private Path directory(String name) throws Exception {
        return Files.createDirectory(root.resolve(name));
    }

    private static ConfiguredPath path(String name, Path path) {
        return new ConfiguredPath(name, path, true);
    }

    private static Outcome answer(ConfiguredPath... paths) throws Exception {
        return Answer.of(ConfigChecks.of(ConfigFixture.paths(false, paths)), "config.paths");
    }

    private static void assertFails(Outcome answer, String reason) {
        assertThat(answer.status()).isEqualTo(Status.FAIL);
        assertThat(answer.reason()).isEqualTo(new Reason(reason));
        assertThat(answer.message()).startsWith("STATE_ROOT_DIR is ");
    }

    private static void assertWarns(Outcome answer, String reason) {
        assertThat(answer.status()).isEqualTo(Status.WARN);
        assertThat(answer.reason()).isEqualTo(new Reason(reason));
    }
}
