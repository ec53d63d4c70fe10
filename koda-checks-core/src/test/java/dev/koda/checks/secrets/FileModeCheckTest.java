package dev.koda.checks.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.testing.CheckContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileModeCheckTest extends CheckContract {
    @TempDir
    Path root;

    private Path file = Path.of("");
    private FileMode mode = new FileMode(0, 0, 0);

    @BeforeEach
    void makeFile() throws Exception {
        file = Files.writeString(root.resolve(".env"), "TOKEN=" + SecretsFixture.TOKEN);
        permit(file, "rw-------");
        mode = FileMode.of(file);
    }

    @Override
    protected List<CheckSpec> specs() {
        return SecretsChecks.of(SecretsFixture.good(List.of(file)));
    }

    @Override
    protected CheckId id() {
        return CheckId.of("secrets.file-mode");
    }

    @Override
    protected List<String> secrets() {
        return SecretsFixture.planted();
    }

    @ParameterizedTest
    @CsvSource({
        "rw-------, PASS,",
        "r--------, PASS,",
        "rwx------, PASS,",
        "rw---x--x, PASS,",
        "rw-r-----, WARN, group_readable",
        "rw--w----, WARN, group_readable",
        "rw----r--, FAIL, world_readable",
        "rw-----w-, FAIL, world_readable",
        "rw-r--r--, FAIL, world_readable"
    })
    void judgesThePermissionsOfAForeignGroup(String permissions, Status status, String reason) throws Exception {
        permit(file, permissions);

        var answer = answer(file, new ProcessIdentity(mode.user(), Set.of(mode.group() + 1)));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.reason()).isEqualTo(reason == null ? null : new Reason(reason));
    }

    @Test
    void saysThatAFileCannotBeLookedAt() throws Exception {
        var loop = Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));

        var answer = answer(loop, us());

        assertThat(answer.status()).isEqualTo(Status.WARN);
        assertThat(answer.reason()).isEqualTo(new Reason("unknown_mode"));
    }

    @Test
    void letsOurOwnGroupRead() throws Exception {
        permit(file, "rw-r-----");

        assertThat(answer(file, us()).status()).isEqualTo(Status.PASS);
        assertThat(Answer.of(specs(), "secrets.file-mode").status()).isEqualTo(Status.PASS);
    }

    @Test
    void namesFileAndModeAndHowToCorrectIt() throws Exception {
        permit(file, "rw-r--r--");

        var answer = answer(file, us());

        assertThat(answer.message()).isEqualTo(file + " has mode 0644, so every user of the machine has its secrets");
        assertThat(answer.hint()).isEqualTo("chmod 600 " + file);
    }

    @Test
    void warnsIfItBelongsNeitherToUsNorToRoot() throws Exception {
        var answer = mode.user() == 0 ? chowned() : answerOfStranger();

        assertThat(answer.status()).isEqualTo(Status.WARN);
        assertThat(answer.reason()).isEqualTo(new Reason("foreign_owner"));
    }

    private Outcome chowned() throws Exception {
        Files.setAttribute(file, "unix:uid", 12_345);
        return answer(file, us());
    }

    private Outcome answerOfStranger() throws Exception {
        return answer(file, new ProcessIdentity(mode.user() + 1, Set.of(mode.group())));
    }

    @Test
    void failsIfEverybodyMayReplaceIt() throws Exception {
        permit(root, "rwxrwxrwx");

        var answer = answer(file, us());

        assertThat(answer.status()).isEqualTo(Status.FAIL);
        assertThat(answer.reason()).isEqualTo(new Reason("world_writable_directory"));
    }

    @Test
    void trustsTheStickyBit() throws Exception {
        Files.setAttribute(root, "unix:mode", 01777);

        assertThat(answer(file, us()).status()).isEqualTo(Status.PASS);
    }

    @Test
    void warnsOfALinkThatLeavesItsDirectory() throws Exception {
        var directory = Files.createDirectory(root.resolve("conf"));
        var outside = Files.createSymbolicLink(directory.resolve(".env"), file);
        var inside = Files.createSymbolicLink(root.resolve("link"), file);

        assertThat(answer(outside, us()).reason()).isEqualTo(new Reason("linked_outside"));
        assertThat(answer(inside, us()).status()).isEqualTo(Status.PASS);
    }

    @Test
    void isSkippedWithoutFiles() throws Exception {
        assertThat(answer(root.resolve("none"), us()).isSkipped()).isTrue();
    }

    @Test
    void readsWhoWeAre() {
        var status = List.of("Name:\tjava", "Uid:\t1\t2\t3\t4", "Gid:\t5\t6\t7\t8", "Groups:\t9 10 ", "Threads:\t1");

        assertThat(ProcessIdentity.parse(status)).isEqualTo(new ProcessIdentity(2, Set.of(6, 9, 10)));
    }

    private ProcessIdentity us() {
        return new ProcessIdentity(mode.user(), Set.of(mode.group()));
    }

    private static void permit(Path path, String permissions) throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static Outcome answer(Path file, ProcessIdentity identity) throws Exception {
        var check = new FileModeCheck(List.of(file), () -> Optional.of(identity));
        var spec = CheckSpec.of("secrets.file-mode").in(Suite.DOCTOR).blocking(check);
        return Answer.of(List.of(spec), "secrets.file-mode");
    }
}
