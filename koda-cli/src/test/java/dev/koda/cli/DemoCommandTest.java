package dev.koda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.server.embedded.RunLock;
import dev.koda.server.embedded.StateDirectory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which {@code koda demo} does not begin. What it shows is tested on the built distribution. */
class DemoCommandTest {
    @TempDir
    Path temporary;

    @Test
    void makesNothingWhereThereIsNothing() {
        assertRefused(demo(), "has no file .koda-state, so it is not a state directory of koda up");

        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void leavesADirectoryThatIsNotOfKodaUpAsItWas() throws IOException {
        Files.createDirectory(temporary.resolve("home"));
        Files.writeString(temporary.resolve("home/.env"), "CONTROL_PLANE_API_TOKEN=planted-token\n");

        assertRefused(demo("--dir", "home"), "has no file .koda-state");
        assertRefused(demo("--dir", "home", "--clean"), "has no file .koda-state");

        assertThat(temporary.resolve("home").toFile().list()).containsExactly(".env");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4711\nhttp://127.0.0.1:8090\n"})
    void needsAKodaUpThatRuns(String leftBehind) throws Exception {
        var place = StateDirectory.open(temporary.resolve(".koda-local"));
        if (!leftBehind.isEmpty()) {
            Files.writeString(place.root().resolve("up.lock"), leftBehind);
        }

        assertRefused(demo(), "no koda up runs in " + place + "; start it in another terminal first");
        assertRefused(demo("--clean"), "no koda up runs in " + place);
    }

    @Test
    void waitsForNoKodaUpThatStarts() throws Exception {
        var place = StateDirectory.open(temporary.resolve(".koda-local"));

        try (var lock = RunLock.take(place).orElseThrow()) {
            assertThat(lock).isNotNull();
            assertRefused(demo(), "is starting or ending in " + place + "; wait for it");
        }
    }

    @Test
    void isTheOnlyOne() throws Exception {
        var place = StateDirectory.open(temporary.resolve(".koda-local"));

        try (var lock = RunLock.take(place).orElseThrow();
                var other = RunLock.takeForDemo(place).orElseThrow()) {
            assertThat(other).isNotNull();
            lock.ready("http://127.0.0.1:8123");

            assertRefused(demo(), "another koda demo runs in " + place);
        }
    }

    @Test
    void saysThatPostgresIsNotThereAndNoSecret() throws Exception {
        var place = StateDirectory.open(temporary.resolve(".koda-local"));
        Files.writeString(
                place.environment(),
                "KNOWLEDGE_V2_POSTGRES_DSN=postgresql://koda:planted-password@127.0.0.1:" + closedPort() + "/koda\n");

        try (var lock = RunLock.take(place).orElseThrow()) {
            lock.ready("http://127.0.0.1:8123");

            var run = demo();

            assertThat(run.code()).isEqualTo(1);
            assertThat(run.why()).contains("(SQLSTATE 08001); koda doctor says what is wrong with it");
            assertThat(run.output() + run.errors()).doesNotContain("planted");
        }
    }

    private static int closedPort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static void assertRefused(CommandRun run, String why) {
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.output()).isEmpty();
        assertThat(run.errors().lines()).hasSize(1);
        assertThat(run.why()).startsWith("koda demo: exit 2: ").contains(why);
    }

    private CommandRun demo(String... options) {
        var arguments = new String[options.length + 1];
        arguments[0] = "demo";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return CommandRun.in(temporary).koda(arguments);
    }
}
