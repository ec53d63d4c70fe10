package dev.koda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the process ends when something is broken that no command can handle. */
@Timeout(60)
class KodaMainTest {
    @TempDir
    Path directory;

    @BeforeEach
    void writeSettings() throws IOException {
        Files.writeString(directory.resolve(".env"), "KODA_STACK=none\n");
    }

    @Test
    void aMissingJarIsAnInternalErrorAndNotAFailedReport() throws Exception {
        var withoutJackson = classPathWithout("jackson-core");

        assertThat(exit(withoutJackson, directory.resolve("report.json"), "doctor", "--json"))
                .isEqualTo(70);
        assertThat(lastErrorLine()).isEqualTo("koda: exit 70: internal error, please report the lines above");
        assertThat(errors()).anyMatch(line -> line.equals("java.lang.NoClassDefFoundError"));
    }

    @Test
    void aServerWithAMissingJarEndsTheSameWay() throws Exception {
        var port = Integer.toString(freePort());

        assertThat(exit(classPathWithout("vertx-core"), directory.resolve("out"), "serve", "--port", port))
                .isEqualTo(70);
        assertThat(lastErrorLine()).startsWith("koda: exit 70: ");
    }

    @Test
    void aReportThatCannotBeWrittenIsNoSuccess() throws Exception {
        assertThat(exit(System.getProperty("java.class.path"), Path.of("/dev/full"), "version"))
                .isEqualTo(70);
        assertThat(lastErrorLine()).startsWith("koda: exit 70: standard output takes no more");
    }

    @ParameterizedTest
    @CsvSource({
        // TERM, NO_COLOR, CI, columns, colour, animation
        "xterm-256color, '', '', 80, true, true",
        "xterm-256color, 1, '', 80, false, true",
        "xterm-256color, '', true, 80, true, false",
        "xterm-256color, '', false, 80, true, true",
        "dumb, '', '', 80, false, false",
        "xterm-256color, '', '', 0, false, true"
    })
    void obeysWhatTheTerminalAndItsOwnerSay(
            String term, String noColour, String ci, int columns, boolean isColoured, boolean isAnimated) {
        var environment = Map.of("TERM", term, "NO_COLOR", noColour, "CI", ci);

        var shell = KodaMain.shell(environment, columns, true);

        assertThat(shell.style().terminal()).isEqualTo(columns > 0);
        assertThat(shell.style().colour()).isEqualTo(isColoured);
        assertThat(shell.isErrorTerminal()).isEqualTo(isAnimated);
        assertThat(KodaMain.shell(environment, columns, false).isErrorTerminal())
                .isFalse();
        assertThat(KodaMain.shell(Map.of(), columns, true).isErrorTerminal()).isFalse();
    }

    private static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static String classPathWithout(String jar) {
        var all = System.getProperty("java.class.path").split(File.pathSeparator, -1);
        var kept = Arrays.stream(all).filter(entry -> !entry.contains(jar)).collect(Collectors.toList());
        assertThat(kept).hasSizeLessThan(all.length);
        return String.join(File.pathSeparator, kept);
    }

    private int exit(String classPath, Path output, String... arguments) throws IOException, InterruptedException {
        var java = ProcessHandle.current().info().command().orElseThrow();
        var command = new ProcessBuilder(java, "-XX:TieredStopAtLevel=1", "-cp", classPath, KodaMain.class.getName());
        command.command().addAll(List.of(arguments));
        command.environment().clear();
        var process = command.directory(directory.toFile())
                .redirectOutput(output.toFile())
                .redirectError(directory.resolve("errors").toFile())
                .start();
        try {
            assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private List<String> errors() throws IOException {
        return Files.readAllLines(directory.resolve("errors"));
    }

    private String lastErrorLine() throws IOException {
        return errors().get(errors().size() - 1);
    }
}
