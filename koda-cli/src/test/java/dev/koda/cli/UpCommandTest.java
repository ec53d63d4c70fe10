package dev.koda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.server.embedded.RunLock;
import dev.koda.server.embedded.StateDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way in which {@code koda up} does not start. How it runs is tested on the built distribution. */
class UpCommandTest {
    @TempDir
    Path temporary;

    @Test
    void refusesADirectoryThatIsNotItsOwn() throws IOException {
        Files.createDirectory(temporary.resolve("home"));
        Files.writeString(temporary.resolve("home/thesis.txt"), "years of work");

        var run = up("--dir", "home");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.output()).isEmpty();
        assertThat(run.why()).startsWith("koda up: exit 2: ").contains("is not empty and has no file .koda-state");
    }

    @Test
    void refusesAPortThatIsNone() {
        var run = up("--port", "65536");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.why()).isEqualTo("koda up: exit 2: --port must be from 0 to 65535, not 65536");
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void saysByWhatItsPortIsTakenAndStartsNothing() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var run = up("--port", Integer.toString(other.getLocalPort()));

            assertThat(run.code()).isEqualTo(2);
            assertThat(run.why())
                    .contains("port " + other.getLocalPort() + " of the server is taken by process "
                            + ProcessHandle.current().pid());
        }
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void keepsThePortOfTheLastTimeWhenAnotherOneIsRefused() throws Exception {
        var place = StateDirectory.open(temporary.resolve(".koda-local"));
        Files.writeString(place.environment(), "KODA_OPERATIONS_PORT=8123\n");

        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(up("--port", Integer.toString(other.getLocalPort())).code())
                    .isEqualTo(2);
        }

        assertThat(place.environment()).hasContent("KODA_OPERATIONS_PORT=8123\n");
    }

    @Test
    void besideARunningOnePrintsItsAddressesAndNoSecret() throws Exception {
        var place = StateDirectory.open(temporary.resolve(".koda-local"));
        Files.writeString(place.environment(), "CONTROL_PLANE_API_TOKEN=planted-token\n");

        try (var lock = RunLock.take(place).orElseThrow()) {
            lock.ready("http://127.0.0.1:8123");

            var run = up();

            assertThat(run.code()).isZero();
            assertThat(run.output())
                    .contains("http://127.0.0.1:8123/health", "CONTROL_PLANE_API_TOKEN in " + place.environment())
                    .doesNotContain("planted-token");
            assertThat(run.why())
                    .isEqualTo("koda up: already running (process "
                            + ProcessHandle.current().pid() + ")");
        }
    }

    @Test
    void besideARunningOneRefusesAnotherPort() throws Exception {
        var place = StateDirectory.open(temporary.resolve(".koda-local"));

        try (var lock = RunLock.take(place).orElseThrow()) {
            lock.ready("http://127.0.0.1:8123");

            var another = up("--port", "8124");

            assertThat(another.code()).isEqualTo(2);
            assertThat(another.output()).isEmpty();
            assertThat(another.why())
                    .contains("already running at http://127.0.0.1:8123", "--port 8124 was not applied, stop it first");
            assertThat(up("--port", "8123").code()).isZero();
            assertThat(up("--port", "0").code()).isZero();
        }
    }

    @Test
    void besideAStartingOneSaysSo() throws Exception {
        var place = StateDirectory.open(temporary.resolve(".koda-local"));

        try (var lock = RunLock.take(place).orElseThrow()) {
            assertThat(lock).isNotNull();

            var run = up();

            assertThat(run.code()).isEqualTo(2);
            assertThat(run.why()).contains("is starting or ending in " + place);
        }
    }

    @Test
    void quotesAPathWithABlankForTheShell() throws Exception {
        var place = StateDirectory.open(temporary.resolve("with blank"));

        assertThat(UpText.of(
                        place,
                        Optional.empty(),
                        "http://127.0.0.1:8090",
                        new Launcher(temporary.resolve("bin dir/koda"))))
                .contains("'" + temporary + "/bin dir/koda' doctor --env-file '" + place.environment() + "'")
                .contains("The logs are in " + place.logs());
    }

    private CommandRun up(String... options) {
        var arguments = new String[options.length + 1];
        arguments[0] = "up";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return CommandRun.in(temporary).koda(arguments);
    }
}
