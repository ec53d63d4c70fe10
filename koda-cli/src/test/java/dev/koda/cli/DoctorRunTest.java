package dev.koda.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoctorRunTest {
    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    @Timeout(60)
    void aDoctorThatIsToldToEndPrintsWhatItKnowsOnce(String signal, int code) throws Exception {
        var doctor = start();
        try (var errors = new BufferedReader(new InputStreamReader(doctor.getErrorStream(), UTF_8))) {
            assertThat(errors.readLine()).isEqualTo("waiting");

            new ProcessBuilder("kill", "-" + signal, Long.toString(doctor.pid()))
                    .start()
                    .waitFor();

            var document = new String(doctor.getInputStream().readAllBytes(), UTF_8);
            var why = errors.lines().collect(Collectors.joining("\n"));
            assertThat(doctor.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(doctor.exitValue()).isEqualTo(code);
            assertThat(document.lines()).hasSize(1);
            assertThat(document)
                    .startsWith("{\"schema\":\"koda.report/v1\"")
                    .containsPattern("\"id\":\"config.parse\"[^}]*\"status\":\"pass\"")
                    .containsPattern("\"id\":\"custom.silent\"[^}]*\"status\":\"fail\"[^}]*\"reason\":\"cancelled\"");
            assertThat(why).isEqualTo("koda doctor: told to end before all checks had answered; the report is partial");
        } finally {
            doctor.destroyForcibly();
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    @Timeout(60)
    void aWatchThatIsToldToEndLeavesWholeDocumentsOnly(String signal, int code) throws Exception {
        var doctor = start("doctor", "--json", "--watch", "250ms");
        try (var output = new BufferedReader(new InputStreamReader(doctor.getInputStream(), UTF_8))) {
            var documents = new ArrayList<>(List.of(output.readLine(), output.readLine(), output.readLine()));

            new ProcessBuilder("kill", "-" + signal, Long.toString(doctor.pid()))
                    .start()
                    .waitFor();

            output.lines().forEach(documents::add);
            assertThat(doctor.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(doctor.exitValue()).isEqualTo(code);
            assertThat(documents).allMatch(line -> line.matches("\\{\"schema\":\"koda.report/v1\".*\\}"));
            assertThat(documents).doesNotHaveDuplicates();
        } finally {
            doctor.destroyForcibly();
        }
    }

    private static Process start(String... arguments) throws IOException {
        var java = ProcessHandle.current().info().command().orElseThrow();
        // A build in the background of a script ignores SIGINT, and what it starts would inherit that.
        var process = new ProcessBuilder(
                "/usr/bin/env",
                "--default-signal=INT",
                java,
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                EndedDoctor.class.getName());
        process.command().addAll(List.of(arguments));
        return process.start();
    }
}
