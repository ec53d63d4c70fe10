package dev.koda.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code deploy/compose/update.sh}, with a stand-in for Docker and the real doctor. */
class UpdaterIT extends UpdateCase {
    @Test
    void commitsAReleaseOnWhichTheDoctorFindsNothingThatFails() throws IOException {
        var release = good();

        var update = host().update(release);

        assertThat(update.awaitExit(LIMIT)).as(update.toString()).isZero();
        assertThat(update.output()).containsPattern("SUMMARY (pass|warn)");
        assertThat(update.lastErrorLine()).contains("1.0.19 is committed");
        assertThat(host().directory().resolve("bundle/proxy/nginx.conf"))
                .hasSameBinaryContentAs(release.directory().resolve("bundle/proxy/nginx.conf"));
        assertThat(Files.readAllLines(host().directory().resolve(".release.env")))
                .contains("KODA_RELEASE=1.0.19");
        assertThat(host().files())
                .containsEntry(".env", files.get(".env"))
                .containsEntry("koda.yaml", files.get("koda.yaml"));
        assertThat(host().images())
                .containsEntry("container app", sha("sha256:example/koda-app:2\n"))
                .containsEntry("container postgres", sha("sha256:newer\n"))
                .containsKey("container new")
                .doesNotContainKey("container old");
        assertNothingIsLeft();
        var calls = String.join("\n", host().calls(""));
        assertThat(calls.lastIndexOf(" pull"))
                .isLessThan(calls.lastIndexOf(" up "))
                .isPositive();
        assertThat(calls.substring(calls.lastIndexOf(" up "), calls.lastIndexOf(" rm ")))
                .as("before the journal goes the new files are on the disk")
                .contains("\nsync\n");
    }

    @Test
    void rollsBackToTheSameFilesAndImagesWhenTheDoctorFails() {
        var update = host().update(bad());

        assertThat(update.awaitExit(LIMIT)).as(update.toString()).isEqualTo(1);
        assertThat(update.errors())
                .contains("fails on the new release", "volumes are not reverted; the new release has not migrated");
        assertThat(update.output())
                .containsPattern("(?s)FAIL +control-plane.reachable.*SUMMARY fail.*SUMMARY (pass|warn)");
        assertThat(update.lastErrorLine()).contains("1.0.18 is back and runs");
        assertIsAsBefore();
    }

    @Test
    void saysThatTheDatabaseWasMigratedAndIsNotReverted() {
        host().write("migrates", "knowledge_v2|46|046_after\n");

        var update = host().update(bad());

        assertThat(update.awaitExit(LIMIT)).as(update.toString()).isEqualTo(1);
        assertThat(update.errors())
                .contains("has migrated the database: it was at knowledge_v2|44|044_before")
                .contains("is at knowledge_v2|46|046_after", "restore the backup");
        assertIsAsBefore();
    }

    @Test
    void saysWhenTheDatabaseCannotBeAsked() {
        host().write("fail-exec", "");

        var update = host().update(bad());

        assertThat(update.awaitExit(LIMIT)).as(update.toString()).isEqualTo(1);
        assertThat(update.errors()).contains("whether the new release has migrated the database is unknown");
        assertIsAsBefore();
    }

    @Test
    void rollsBackWhenTheNewReleaseDoesNotStart() {
        host().write("fail-up-2", "");

        var update = host().update(good());

        assertThat(update.awaitExit(LIMIT)).as(update.toString()).isEqualTo(1);
        assertIsAsBefore();
    }

    @ParameterizedTest
    @ValueSource(strings = {"config", "pull", "build", "keep"})
    void changesNothingWhenAStepBeforeTheSwitchFails(String step) {
        // The install has built once.
        host().write("fail-" + (step.equals("config") || step.equals("build") ? step + "-2" : step), "");

        var update = host().update(good());

        assertThat(update.awaitExit(LIMIT)).as(update.toString()).isEqualTo(2);
        assertThat(update.lastErrorLine()).contains("nothing was changed");
        assertThat(host().calls(" up ")).hasSize(1);
        assertIsAsBefore();
    }

    @Test
    void refusesAReleaseWhoseChecksumsAreWrongBeforeAnythingIsChanged() {
        var release = good();
        release.write("bundle/proxy/nginx.conf", "other\n");

        var update = host().update(release);

        assertThat(update.awaitExit(LIMIT)).as(update.toString()).isEqualTo(2);
        assertThat(update.errors()).contains("checksum mismatch: bundle/proxy/nginx.conf");
        assertThat(host().calls(" pull")).isEmpty();
        assertIsAsBefore();
    }

    @Test
    void saysWhatToDoWhenTheWayBackFailsAndGoesItWhenAskedAgain() {
        host().write("fail-up-3", "");

        var update = host().update(bad());

        assertThat(update.awaitExit(LIMIT)).as(update.toString()).isEqualTo(3);
        assertThat(update.errors()).contains("could not start it", "koda-rollback:koda-N");
        assertThat(update.lastErrorLine()).contains("update.sh --recover --dir " + host().directory());
        var recover = host().run("update.sh", "--recover");
        assertThat(recover.awaitExit(LIMIT)).as(recover.toString()).isZero();
        assertIsAsBefore();
    }

    @Test
    void isExitCode3WhenTheReleaseBeforeFailsToo() {
        host().write("images/example_koda-app_1", "sha256:bad\n");
        host().write("containers/app", "sha256:bad\n");

        var update = host().update(bad());

        assertThat(update.awaitExit(LIMIT)).as(update.toString()).isEqualTo(3);
        assertThat(update.errors()).contains("the doctor fails already", "failed before the update already");
        host().write("images/example_koda-app_1", "sha256:well\n");
        var again = host().update(good(), "--wait", "3s");
        assertThat(again.awaitExit(LIMIT)).as(again.toString()).isEqualTo(3);
        host().write("images/koda-rollback_koda-1", "sha256:well\n");
        host().write("images/koda-rollback_koda-2", "sha256:well\n");
        var mended = host().update(good());
        assertThat(mended.awaitExit(LIMIT)).as(mended.toString()).isZero();
        assertNothingIsLeft();
    }

    @Test
    void worksOnAnInstallThatKodasOwnCommandHasMade() throws IOException {
        var other = DeployedKoda.on(sandbox, "own-command");
        try {
            var release = other.release("1.0.18", "app: example/koda-app:1");
            assertThat(other.install(release, "--no-checks").awaitExit(LIMIT)).isZero();
            Files.delete(other.directory().resolve(".release.env"));
            var before = other.files();

            var update = other.update(other.release("1.0.19", "app: example/koda-app:bad"), "--no-pull");

            assertThat(update.awaitExit(LIMIT)).as(update.toString()).isEqualTo(1);
            assertThat(other.files()).isEqualTo(before);
            assertThat(other.calls(" pull")).isEmpty();
        } finally {
            other.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"--recover --release .,not both", "--recover --dir /nowhere/at/all,is not there", "--no-pull,--release"
    })
    void wrongUsageIsExitCode2(String arguments, String said) {
        var update = host().run("update.sh", arguments.split(" ", -1));

        assertThat(update.awaitExit(LIMIT)).as(update.toString()).isEqualTo(2);
        assertThat(update.lastErrorLine()).contains(said);
        assertIsAsBefore();
    }

    @Test
    void aWaitThatIsNoTimeIsExitCode2() {
        var update = host().update(good(), "--wait", "300");

        assertThat(update.awaitExit(LIMIT)).as(update.toString()).isEqualTo(2);
        assertThat(update.lastErrorLine()).contains("--wait takes a time", "not 300");
        assertIsAsBefore();
    }

    /** A doctor that works until the files are switched. */
    @Test
    void saysThatTheDoctorCannotBeAskedAndNotThatAReleaseFails() throws IOException {
        var koda = Files.writeString(host().docker("koda"), "#!/bin/sh\ncase \"$*\" in *--wait*) exit 70 ;; esac\n");
        assertThat(koda.toFile().setExecutable(true)).isTrue();

        var update = host().update(good(), "--koda", koda.toString());

        assertThat(update.awaitExit(LIMIT)).as(update.toString()).isEqualTo(3);
        assertThat(update.errors())
                .contains("could not be asked about the new release (exit code 70)")
                .contains("could not be asked about the release before (exit code 70)")
                .doesNotContain("doctor fails");
        var recover = host().run("update.sh", "--recover");
        assertThat(recover.awaitExit(LIMIT)).as(recover.toString()).isZero();
        assertIsAsBefore();
    }

    /** How the stand-in's file with this content looks. */
    private String sha(String content) throws IOException {
        Path file = Files.writeString(host().docker("sha"), content);
        return KodaRelease.sha256(file);
    }
}
