package dev.koda.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However a doctor ends, nothing of a program that it has run is left: not a child, not an orphan that ignores signals. */
@Timeout(120)
class ExecEndTest {
    private static final String PLUGIN = """
            trap '' TERM INT HUP
            sleep 301 &
            child=$!
            orphan=$(sleep 302 >/dev/null & echo $!)
            echo "$$ $child $orphan" >"$1"
            wait
            """;

    @TempDir
    Path directory;

    private Path begun;

    @BeforeEach
    void writePlugin() throws Exception {
        begun = directory.resolve("begun");
        Files.writeString(directory.resolve("plugin"), PLUGIN);
        assertThat(new ProcessBuilder("mkfifo", begun.toString()).start().waitFor())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void whenItIsToldToEnd(String signal, int code) throws Exception {
        var doctor = doctor("10m", "5m");
        var processes = processes();
        new ProcessBuilder("kill", "-" + signal, Long.toString(doctor.pid()))
                .start()
                .waitFor();

        var report = new String(doctor.getInputStream().readAllBytes(), UTF_8);

        assertThat(doctor.waitFor()).isEqualTo(code);
        assertThat(report).containsPattern("\"id\":\"legacy.plugin\"[^}]*\"reason\":\"cancelled\"");
        assertGone(processes);
    }

    @Test
    void whenItsOwnTimeIsOver() throws Exception {
        var doctor = doctor("8s", "5m");
        var processes = processes();

        var report = new String(doctor.getInputStream().readAllBytes(), UTF_8);

        assertThat(doctor.waitFor()).isEqualTo(1);
        assertThat(report).containsPattern("\"id\":\"legacy.plugin\"[^}]*\"reason\":\"timeout\"");
        assertGone(processes);
    }

    @Test
    void whenTheTimeOfTheCheckIsOver() throws Exception {
        var doctor = doctor("10m", "8s");
        var processes = processes();

        var report = new String(doctor.getInputStream().readAllBytes(), UTF_8);

        assertThat(doctor.waitFor()).isEqualTo(1);
        assertThat(report).containsPattern("\"id\":\"legacy.plugin\"[^}]*\"reason\":\"plugin_timeout\"");
        assertGone(processes);
    }

    private static void assertGone(List<ProcessHandle> processes) throws Exception {
        assertThat(processes).hasSize(3);
        for (var process : processes) {
            process.onExit().get(20, TimeUnit.SECONDS);
        }
    }

    /** Blocks until the plugin has started all of them; who is gone by then is not among them. */
    private List<ProcessHandle> processes() throws IOException {
        var found = new ArrayList<ProcessHandle>();
        for (var pid : Files.readString(begun).strip().split(" ", -1)) {
            ProcessHandle.of(Long.parseLong(pid)).ifPresent(found::add);
        }
        return found;
    }

    private Process doctor(String limit, String checkLimit) throws IOException {
        var file = Files.writeString(
                directory.resolve("koda.yaml"),
                "version: 1\nchecks:\n- {id: legacy.plugin, timeout: " + checkLimit + ", exec: {command: [sh, "
                        + directory.resolve("plugin") + ", " + begun + "]}}\n");
        var java = ProcessHandle.current().info().command().orElseThrow();
        // A build in the background of a script ignores SIGINT, and what it starts would inherit that.
        var builder = new ProcessBuilder(
                        "/usr/bin/env",
                        "--default-signal=INT",
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KodaMain.class.getName())
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.command()
                .addAll(List.of(
                        "doctor", "--json", "--only", "legacy.*", "--timeout", limit, "--config", file.toString()));
        builder.environment().put("KODA_STACK", "none");
        return builder.start();
    }
}
