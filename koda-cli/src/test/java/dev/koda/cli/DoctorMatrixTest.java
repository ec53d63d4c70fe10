package dev.koda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Skipped;
import dev.koda.checks.Suite;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every format with every way a run can end: what is on standard output, the exit code, and the last line of the other. */
@Timeout(120)
class DoctorMatrixTest {
    private static final CheckSpec GOOD = ending("config.parse", Outcome.pass("fine <&> \"quoted\""));
    private static final CheckSpec ODD = ending(
            "disk.space",
            Outcome.below("free", 12.1, "percent")
                    .warn(15)
                    .fail(5)
                    .hint("make \u001b[31mroom\r | now")
                    .reason("low_space"));
    private static final CheckSpec BAD =
            ending("postgres.tcp", Outcome.fail("refused | \u0007").reason("refused"));
    private static final CheckSpec WAITING = CheckSpec.of("postgres.auth")
            .in(Suite.DOCTOR)
            .dependsOn("postgres.tcp")
            .run(context -> CompletableFuture.completedFuture(Outcome.pass("never run")));
    private static final CheckSpec SILENT =
            CheckSpec.of("custom.silent").in(Suite.DOCTOR).run(context -> new CompletableFuture<>());
    private static final CheckSpec BROKEN = CheckSpec.of("custom.broken")
            .in(Suite.DOCTOR)
            .run(context -> {
                throw new IllegalStateException("hunter2");
            });

    @TempDir
    Path directory;

    /** How a run can end with a report. */
    private record Ending(String name, int code, int pluginCode, List<CheckSpec> checks) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** How a run can end without one. */
    private record Refusal(String name, int code, String options) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Arguments> endings() {
        return each(
                new Ending("pass", 0, 0, List.of(GOOD)),
                new Ending("warn", 3, 1, List.of(GOOD, ODD)),
                new Ending("fail", 1, 2, List.of(GOOD, ODD, BAD)),
                new Ending("not run", 1, 2, List.of(BAD, WAITING)),
                new Ending("late", 1, 2, List.of(GOOD, SILENT)),
                new Ending("thrown", 1, 2, List.of(GOOD, BROKEN)));
    }

    static Stream<Arguments> refusals() {
        return each(
                new Refusal("a wrong value", 2, "--timeout soon"),
                new Refusal("an unknown option", 2, "--jsno"),
                new Refusal("settings", 2, "--env-file broken.env"),
                new Refusal("nothing matches", 2, "--only zebra.*"),
                new Refusal("no server", 1, "--from http://127.0.0.1:1"),
                new Refusal("internal", 70, "--timeout 20s"));
    }

    private static Stream<Arguments> each(Object... endings) {
        return Arrays.stream(OutputFormat.values())
                .flatMap(format -> Arrays.stream(endings).map(ending -> Arguments.of(format, ending)));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void aReportIsOneDocumentAndTheCodeThatOfItsStatus(OutputFormat format, Ending ending) {
        var run = CommandRun.in(directory)
                .checks(ending.checks.toArray(CheckSpec[]::new))
                .skipped(new Skipped(CheckId.of("tls.certificate"), "no public https URL"))
                .koda("doctor", "-o", format.toString(), "--timeout", ending.name.equals("late") ? "150ms" : "20s");

        Documents.assertOne(format, run.output());
        int code = format == OutputFormat.NAGIOS ? ending.pluginCode : ending.code;
        assertThat(run.code()).isEqualTo(code);
        assertThat(run.output() + run.errors()).doesNotContain("hunter2");
        if (code == 0) {
            assertThat(run.errors()).isEmpty();
        } else {
            assertThat(run.why()).matches("koda doctor: exit " + code + ", (warn|fail): [a-z.]+(, [a-z.]+)*");
        }
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void withoutAReportThereIsNoDocumentAndTheLastLineSaysWhy(OutputFormat format, Refusal refusal) throws IOException {
        Files.writeString(directory.resolve("broken.env"), "A=\"open\n");
        var checks = refusal.name.equals("internal") ? new CheckSpec[] {GOOD, GOOD} : new CheckSpec[] {GOOD};
        var words = Stream.concat(
                Stream.of("doctor", "-o", format.toString()), Arrays.stream(refusal.options.split(" ", -1)));

        var run = CommandRun.in(directory)
                .checks(checks)
                .environment("CONTROL_PLANE_API_TOKEN", "Zk3mWq8vTn2xRb7pLc5d")
                .koda(words.toArray(String[]::new));

        int code = format == OutputFormat.NAGIOS ? pluginCode(refusal) : refusal.code;
        assertThat(run.code()).as(run.errors()).isEqualTo(code);
        assertThat(run.why()).startsWith("koda doctor: exit " + code + ": ").hasSizeGreaterThan(30);
        assertThat(run.errors()).doesNotContain("\u001b", "\r");
        if (format == OutputFormat.NAGIOS) {
            Documents.assertOne(format, run.output());
            assertThat(run.output()).startsWith(code == 2 ? "KODA CRITICAL - " : "KODA UNKNOWN - ");
        } else {
            assertThat(run.output()).isEmpty();
        }
    }

    private static int pluginCode(Refusal refusal) {
        return refusal.name.equals("no server") ? 2 : PluginCodes.UNKNOWN;
    }

    @ParameterizedTest
    @EnumSource(OutputFormat.class)
    void whatIsKnownAtCtrlCIsOneDocumentToo(OutputFormat format) throws Exception {
        var java = ProcessHandle.current().info().command().orElseThrow();
        var doctor = new ProcessBuilder(
                        "/usr/bin/env",
                        "--default-signal=INT",
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EndedDoctor.class.getName(),
                        format.toString())
                .start();
        try (var errors = new BufferedReader(new InputStreamReader(doctor.getErrorStream(), StandardCharsets.UTF_8))) {
            assertThat(errors.readLine()).isEqualTo("waiting");

            new ProcessBuilder("kill", "-INT", Long.toString(doctor.pid()))
                    .start()
                    .waitFor();

            var document = new String(doctor.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var why = errors.lines().toList();
            assertThat(doctor.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(doctor.exitValue()).isEqualTo(130);
            Documents.assertOne(format, document);
            assertThat(document).contains("custom.silent");
            assertThat(why)
                    .containsExactly("koda doctor: told to end before all checks had answered; the report is partial");
        } finally {
            doctor.destroyForcibly();
        }
    }

    private static CheckSpec ending(String name, Outcome outcome) {
        return CheckSpec.of(name).in(Suite.DOCTOR).run(context -> CompletableFuture.completedFuture(outcome));
    }
}
