package dev.koda.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.cli.output.TextStyle;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A suppressed check in every format: it fails nothing, its reason is told, and an entry that is over warns. */
class SuppressionFacesTest {
    private static final String WHY = "suppressed until 9999-12-31: the key comes in spring";
    private static final String OVER = "the suppression of app.back ended on 2026-01-31: it was broken";

    @TempDir
    Path directory;

    @BeforeEach
    void write() throws Exception {
        Files.writeString(directory.resolve("koda.yaml"), """
                version: 1
                checks:
                - {id: app.key, secret: {setting: NO_SUCH_KEY}}
                - {id: app.back, dns: {host: localhost}}
                suppress:
                - {check: app.key, reason: the key comes in spring, until: 9999-12-31}
                - {check: app.back, reason: it was broken, until: 2026-01-31}
                """);
    }

    @ParameterizedTest
    @EnumSource(OutputFormat.class)
    void anEntryThatIsOverWarns(OutputFormat format) {
        var run = koda(
                TextStyle.plain(true),
                "doctor",
                "-o",
                format.toString(),
                "--only",
                "app.*",
                "--only",
                "config.suppress");

        assertThat(run.code()).as(run.toString()).isEqualTo(format == OutputFormat.NAGIOS ? 1 : 3);
        assertThat(run.why()).contains("warn").contains("config.suppress");
        if (format == OutputFormat.OPENMETRICS) {
            assertThat(run.output())
                    .containsPattern("koda_check_status\\{[^}]*config.suppress[^}]*} 1")
                    .doesNotContain("app.key");
        } else {
            assertThat(run.output().replace("&#39;", "'")).contains(OVER);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json", "junit", "health+json", "html"})
    void theReasonIsToldOfWhatIsSuppressed(String format) {
        var run = koda(TextStyle.plain(true), "doctor", "-o", format, "--only", "app.*");

        assertThat(run.code()).as(run.toString()).isZero();
        assertThat(run.output()).contains("app.key").contains(WHY);
    }

    @Test
    void theReasonIsToldOnATerminalToo() {
        var run = koda(TextStyle.terminal(160, false, true), "doctor", "--only", "app.*");

        assertThat(run.output()).contains("app.key").contains(WHY);
    }

    /** It was selected, so that is no mistake, and nothing of it is wrong. */
    @Test
    void aSelectionOfSuppressedChecksAloneIsAPass() {
        var run = koda(TextStyle.plain(true), "doctor", "--json", "--only", "app.key");

        assertThat(run.code()).as(run.toString()).isZero();
        assertThat(run.output()).contains("\"status\":\"pass\"").contains(WHY);
    }

    private CommandRun koda(TextStyle style, String... arguments) {
        var output = new ByteArrayOutputStream();
        var errors = new ByteArrayOutputStream();
        var shell = new Shell(
                Map.of("KODA_STACK", "none"),
                directory,
                directory,
                new PrintStream(output, true, UTF_8),
                new PrintStream(errors, true, UTF_8),
                style,
                false);
        int code = KodaCommand.execute(shell, new ConfiguredStack(), arguments);
        return new CommandRun(code, output.toString(UTF_8), errors.toString(UTF_8));
    }
}
