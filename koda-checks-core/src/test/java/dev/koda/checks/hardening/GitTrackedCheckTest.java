package dev.koda.checks.hardening;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckResult;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.testing.EngineRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against repositories of the real git. */
class GitTrackedCheckTest {
    @TempDir
    Path directory;

    private static CheckResult run(Path... files) {
        return EngineRun.result(HardeningChecks.gitTracked(List.of(files), () -> Set.of("pl4nted-s3cret")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "3", "4"})
    void findsATrackedFileInEveryVersionOfTheIndex(String version) {
        var repository = GitRepository.in(directory);
        for (int i = 0; i < 40; i++) {
            repository.write("deploy/" + "x".repeat(i) + i);
        }
        var env = repository.write("deploy/.env");
        repository.git("add", ".");
        repository.write("deploy/zz");
        if (version.equals("3")) {
            // Intent to add has an extended flag, which version 2 cannot hold.
            repository.git("add", "-N", "deploy/zz");
        } else {
            repository.git("update-index", "--index-version", version);
        }

        var result = run(env);

        assertThat(result.status()).as(result.message()).isEqualTo(Status.FAIL);
        assertThat(result.reason()).isEqualTo(new Reason("git_tracked"));
        assertThat(result.outcome().hint()).contains("git rm --cached " + env);
        assertThat(run(repository.write("deploy/.env.local")).status()).isEqualTo(Status.PASS);
    }

    @Test
    void readsTheIndexOfARepositoryWithLongerHashes() {
        var repository = GitRepository.in(directory, "--object-format=sha256");
        var env = repository.write(".env");
        repository.write("other");
        repository.git("add", ".");

        assertThat(run(env).reason()).isEqualTo(new Reason("git_tracked"));
    }

    /** A worktree has no settings of its own: the length of the hashes stands with those of the repository. */
    @Test
    void readsTheIndexOfAWorktreeOfSuchARepository() {
        var repository = GitRepository.in(directory.resolve("."), "--object-format=sha256");
        repository.write("a");
        repository.write("koda/.env");
        repository.git("add", ".");
        repository.git("commit", "-qm", "one");
        repository.git("worktree", "add", "-q", "side");

        assertThat(run(directory.resolve("side/koda/.env")).reason()).isEqualTo(new Reason("git_tracked"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha1", "sha256"})
    void readsBothPartsOfASplitIndex(String format) {
        var repository = GitRepository.in(directory, "--object-format=" + format);
        var env = repository.write(".env");
        var added = repository.write("deploy/.env");
        repository.git("add", ".env");
        repository.git("update-index", "--split-index");
        repository.git("add", "deploy/.env");

        assertThat(run(env).reason()).isEqualTo(new Reason("git_tracked"));
        assertThat(run(added).reason()).isEqualTo(new Reason("git_tracked"));
        assertThat(run(repository.write("other/.env")).status()).isEqualTo(Status.PASS);
        repository.git("rm", "-q", "--cached", ".env");
        assertThat(run(env).reason()).as("gone, which is told by a bit").isEqualTo(new Reason("unknown_index"));
    }

    /** A sparse index names directories that are not checked out, and not what is in them. */
    @Test
    void saysThatASparseIndexDoesNotTell() {
        var repository = GitRepository.in(directory);
        repository.write("in/a");
        repository.write("out/deep/.env");
        repository.git("add", ".");
        repository.git("commit", "-qm", "one");
        repository.git("sparse-checkout", "set", "--cone", "--sparse-index", "in");

        assertThat(run(repository.write("out/deep/.env")).reason()).isEqualTo(new Reason("unknown_index"));
        assertThat(run(repository.write("in/.env")).status()).isEqualTo(Status.PASS);
    }

    /** A koda.yaml whose secrets are variables belongs into git. */
    @Test
    void lookedForAreFilesInWhichSecretsStand() throws IOException {
        var repository = GitRepository.in(directory);
        var clean = repository.write("koda.yaml");
        var secret = repository.write("prod.env");
        Files.writeString(secret, "KEY=pl4nted-s3cret\n");
        repository.git("add", ".");

        assertThat(EngineRun.report(List.of(HardeningChecks.gitTracked(List.of(clean), () -> Set.of("pl4nted-s3cret"))))
                        .skipped())
                .hasSize(1);
        assertThat(run(clean, secret).message()).contains("prod.env").doesNotContain("koda.yaml");
    }

    @Test
    void passesForAFileThatIsNotTracked() {
        var repository = GitRepository.in(directory);

        assertThat(run(repository.write(".env")).status())
                .as("nothing was ever added")
                .isEqualTo(Status.PASS);
        repository.write("README");
        repository.git("add", "README");
        assertThat(run(repository.write(".env")).status()).isEqualTo(Status.PASS);
    }

    @Test
    void followsTheFileThatAWorktreeHasInPlaceOfADirectory() {
        var repository = GitRepository.in(directory.resolve("."));
        repository.write("koda/.env");
        repository.git("add", ".");
        repository.git("commit", "-qm", "one");
        repository.git("worktree", "add", "-q", "side");

        assertThat(run(directory.resolve("side/koda/.env")).reason()).isEqualTo(new Reason("git_tracked"));
    }

    @Test
    void followsALinkIntoARepository() throws IOException {
        var repository = GitRepository.in(Files.createDirectory(directory.resolve("repository")));
        var env = repository.write(".env");
        repository.git("add", ".");

        assertThat(run(Files.createSymbolicLink(directory.resolve("link"), env)).reason())
                .isEqualTo(new Reason("git_tracked"));
    }

    @Test
    void warnsWhenTheIndexCannotBeRead() throws IOException {
        var repository = GitRepository.in(directory);
        var env = repository.write(".env");
        Files.writeString(directory.resolve(".git/index"), "DIRC");

        var result = run(env);

        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(result.reason()).isEqualTo(new Reason("unknown_index"));
    }

    @Test
    void doesNotApplyOutsideOfARepository() throws IOException {
        var env = Files.writeString(directory.resolve(".env"), "");
        var report =
                EngineRun.report(List.of(HardeningChecks.gitTracked(List.of(env, directory.resolve("gone")), Set::of)));

        assertThat(report.skipped()).hasSize(1);
    }

    /** Such a size leads back to where it stands. */
    @Test
    void doesNotReadAnExtensionOfNegativeSizeForEver() throws Exception {
        var env = GitRepository.in(directory).write(".env");
        var index = ByteBuffer.allocate(60)
                .putInt(0x44495243)
                .putInt(2)
                .putInt(0)
                .putInt(0x54524545)
                .putInt(-8);
        Files.write(directory.resolve(".git/index"), index.array());

        assertThat(run(env).reason()).isEqualTo(new Reason("unknown_index"));
    }
}
