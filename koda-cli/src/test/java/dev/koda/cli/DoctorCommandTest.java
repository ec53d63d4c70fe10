package dev.koda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Suite;
import dev.koda.cli.output.TextStyle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoctorCommandTest {
    private static final CheckSpec GOOD = answering("config.parse", Outcome.pass("fine"));
    private static final CheckSpec ODD = answering("disk.space", Outcome.warn("12 % free, limit 15 %"));
    private static final CheckSpec BAD =
            answering("postgres.tcp", Outcome.fail("refused").reason("refused"));

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"", "--json", "--stable"})
    void theExitCodeFollowsTheStatusInEveryFormat(String format) {
        assertThat(doctor(format, GOOD).code()).isEqualTo(0);
        assertThat(doctor(format, GOOD, ODD).code()).isEqualTo(3);
        assertThat(doctor(format, GOOD, ODD, BAD).code()).isEqualTo(1);
    }

    @Test
    void aWarningIsForgivenOnlyIfAskedTo() {
        var setup = CommandRun.in(directory).checks(GOOD, ODD);

        assertThat(setup.koda("doctor", "--fail-on", "fail").code()).isEqualTo(0);
        assertThat(setup.koda("doctor", "--fail-on", "warn").code()).isEqualTo(3);
        assertThat(CommandRun.in(directory)
                        .checks(BAD)
                        .koda("doctor", "--fail-on", "fail")
                        .code())
                .isEqualTo(1);
    }

    @Test
    void theLastLineOnStandardErrorSaysWhy() {
        assertThat(doctor("", GOOD).errors()).isEmpty();
        assertThat(doctor("--json", GOOD, ODD).why()).isEqualTo("koda doctor: exit 3, warn: disk.space");
        assertThat(doctor("--json", GOOD, ODD, BAD).why()).isEqualTo("koda doctor: exit 1, fail: postgres.tcp");
    }

    @Test
    void standardOutputIsExactlyOneDocument() {
        var json = doctor("--json", GOOD, BAD).output();

        assertThat(json).startsWith("{\"schema\":\"koda.report/v1\"").endsWith("}\n");
        assertThat(json.lines()).hasSize(1);
        assertThat(doctor("--stable", GOOD, BAD).output()).doesNotContain("generated_at");
        assertThat(doctor("", GOOD, BAD).output())
                .startsWith("PASS config.parse")
                .contains("SUMMARY fail");
    }

    @Test
    void closesTheStackWhenItIsDone() {
        var setup = CommandRun.in(directory).checks(GOOD);

        setup.koda("doctor");

        assertThat(setup.isClosed()).isTrue();
    }

    @Test
    void runsOnlyWhatIsSelected() {
        var setup = CommandRun.in(directory).checks(GOOD, ODD, BAD);

        assertThat(setup.koda("doctor", "--only", "config.*,disk.*").output()).doesNotContain("postgres.tcp");
        assertThat(setup.koda("doctor", "--skip", "postgres.*", "--skip", "disk.*")
                        .code())
                .isEqualTo(0);
    }

    @ParameterizedTest
    @CsvSource({
        "--only, nothing.*, nothing.*",
        "--timeout, soon, 'soon'",
        "--fail-on, maybe, 'maybe'' is not warn or fail'",
        "--jsno, x, --json",
        "--env-file, missing.env, 1 error in the settings"
    })
    void everyUsageErrorIsCodeTwoWithoutADocument(String option, String value, String why) {
        var run = CommandRun.in(directory).checks(GOOD).koda("doctor", option, value);

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.output()).isEmpty();
        assertThat(run.why()).startsWith("koda doctor: exit 2: ").contains(why);
    }

    @Test
    void listsEveryErrorOfTheSettingsWithItsPlace() throws IOException {
        Files.writeString(directory.resolve(".env"), "A=\"open\nKODA STACK=none\n");
        Files.writeString(directory.resolve("koda.yaml"), "version: 1\nserivce: {name: x}\n");

        var run = CommandRun.in(directory).checks(GOOD).koda("doctor", "--dir", ".");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.output()).isEmpty();
        assertThat(run.errors())
                .containsPattern("\\.env:1:\\d+: ")
                .containsPattern("koda\\.yaml:2:\\d+: .*did you mean 'service'");
    }

    @Test
    void namesTheSettingsFileOnStandardError() throws IOException {
        Files.writeString(directory.resolve("my.env"), "POSTGRES_DB=koda\n");

        var run = CommandRun.in(directory).checks(GOOD).koda("doctor", "--env-file", "my.env");

        assertThat(run.errors()).isEqualTo("koda: settings from " + directory.resolve("my.env") + "\n");
    }

    @Test
    void aLateCheckFailsAtTheTimeoutOfTheWhole() {
        var silent = CheckSpec.of("custom.silent").in(Suite.DOCTOR).run(context -> new CompletableFuture<>());

        var run = CommandRun.in(directory).checks(GOOD, silent).koda("doctor", "--timeout", "200ms");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.output()).contains("PASS config.parse").contains("FAIL custom.silent");
    }

    @Test
    void anErrorOfOurOwnIsCodeSeventyAndTellsNoTextOfTheException() {
        var secret = "hunter2-hunter2";
        var run = CommandRun.in(directory).checks(GOOD, GOOD).koda("doctor", "--only", secret + ".*");
        var broken = CommandRun.in(directory).checks(GOOD, GOOD).koda("doctor");

        assertThat(run.code()).isEqualTo(70);
        assertThat(broken.output()).isEmpty();
        assertThat(broken.why()).startsWith("koda doctor: exit 70: ");
        assertThat(broken.errors())
                .contains("java.lang.IllegalArgumentException")
                .doesNotContain("config.parse");
    }

    @Test
    void obeysNoColorOnATerminal() {
        var setup = CommandRun.in(directory).checks(GOOD).style(TextStyle.terminal(80, true, true));

        assertThat(setup.koda("doctor").output()).contains("\u001b[");
        assertThat(setup.koda("doctor", "--no-color").output())
                .contains("\u2713 config.parse")
                .doesNotContain("\u001b[");
    }

    private CommandRun doctor(String format, CheckSpec... checks) {
        var setup = CommandRun.in(directory).checks(checks);
        return format.isEmpty() ? setup.koda("doctor") : setup.koda("doctor", format);
    }

    private static CheckSpec answering(String name, Outcome outcome) {
        return CheckSpec.of(name)
                .in(Suite.DOCTOR)
                .timeout(Duration.ofSeconds(5))
                .run(context -> CompletableFuture.completedFuture(outcome));
    }
}
