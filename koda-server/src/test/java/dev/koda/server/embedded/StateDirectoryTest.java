package dev.koda.server.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
    @TempDir
    Path temporary;

    @Test
    void makesADirectoryThatNobodyElseCanLookInto() throws Exception {
        var directory = StateDirectory.open(temporary.resolve("a/b"));

        assertThat(mode(directory.root())).isEqualTo("rwx------");
        assertThat(mode(directory.root().resolve(".koda-state"))).isEqualTo("rw-------");
        assertThat(mode(directory.state())).isEqualTo("rwx------");
        assertThat(mode(directory.artifacts())).isEqualTo("rwx------");
    }

    @Test
    void opensItsOwnDirectoryAgain() throws Exception {
        StateDirectory.open(temporary.resolve("state"));
        Files.writeString(temporary.resolve("state/more"), "of the user");

        assertThat(StateDirectory.open(temporary.resolve("state")).root()).isEqualTo(temporary.resolve("state"));
    }

    @Test
    void makesNothingOfWhatIsToExist() throws Exception {
        var empty = Files.createDirectory(temporary.resolve("empty"));

        for (var place : new Path[] {empty, temporary.resolve("none")}) {
            assertThatThrownBy(() -> StateDirectory.existing(place))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("has no file .koda-state");
        }
        assertThat(empty).isEmptyDirectory();
        assertThat(temporary.resolve("none")).doesNotExist();
        StateDirectory.open(empty);
        assertThat(StateDirectory.existing(empty).root()).isEqualTo(empty);
    }

    @Test
    void takesAnEmptyDirectoryAndClosesItToOthers() throws Exception {
        var empty = Files.createDirectory(temporary.resolve("empty"));
        Files.setPosixFilePermissions(empty, PosixFilePermissions.fromString("rwxr-xr-x"));

        StateDirectory.open(empty);

        assertThat(mode(empty)).isEqualTo("rwx------");
    }

    @Test
    void refusesADirectoryWithOtherThingsInItAndLeavesItAsItWas() throws Exception {
        var foreign = Files.createDirectory(temporary.resolve("foreign"));
        Files.setPosixFilePermissions(foreign, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(foreign.resolve("thesis.txt"), "years of work");

        assertThatThrownBy(() -> StateDirectory.open(foreign))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("is not empty and has no file .koda-state");
        assertThat(foreign).isDirectoryContaining("glob:**thesis.txt");
        assertThat(foreign.toFile().list()).containsExactly("thesis.txt");
        assertThat(mode(foreign)).isEqualTo("rwxr-xr-x");
    }

    @Test
    void refusesADirectoryOfAnotherUserAndLeavesItAsItWas() throws Exception {
        assumeTrue(StateDirectory.ownUser() == 0, "only root can give a directory away");
        var foreign = Files.createDirectory(temporary.resolve("foreign"));
        Files.setAttribute(foreign, "unix:uid", 65_534);

        assertThatThrownBy(() -> StateDirectory.open(foreign))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("belongs to another user");
        assertThat(foreign).isEmptyDirectory();
    }

    @Test
    void refusesAFile() throws Exception {
        var file = Files.writeString(temporary.resolve("file"), "");

        assertThatThrownBy(() -> StateDirectory.open(file))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("is not a directory");
    }

    @Test
    void refusesItsOwnDirectoryOnceItIsOpenToOthers() throws Exception {
        var directory = StateDirectory.open(temporary.resolve("state"));
        Files.setPosixFilePermissions(directory.root(), PosixFilePermissions.fromString("rwxr-x---"));

        assertThatThrownBy(() -> StateDirectory.open(directory.root()))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("rwxr-x---")
                .hasMessageContaining("chmod 700");
    }

    @Test
    void refusesAPlaceThatCannotBeWrittenTo() {
        // Nobody can make a directory there, not even root.
        assertThatThrownBy(() -> StateDirectory.open(Path.of("/proc/koda")))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("/proc/koda")
                .hasMessageContaining("--dir");
    }

    @Test
    void letsOneHolderRunAtATimeAndNamesIt() throws Exception {
        var directory = StateDirectory.open(temporary.resolve("state"));

        try (var lock = RunLock.take(directory).orElseThrow()) {
            assertThat(RunLock.take(directory)).isEmpty();
            assertThat(RunLock.holder(directory).url()).isNull();

            lock.ready("http://127.0.0.1:8090");

            assertThat(RunLock.holder(directory))
                    .isEqualTo(new RunLock.Holder(
                            Long.toString(ProcessHandle.current().pid()), "http://127.0.0.1:8090"));
        }
        RunLock.take(directory).orElseThrow().close();
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
