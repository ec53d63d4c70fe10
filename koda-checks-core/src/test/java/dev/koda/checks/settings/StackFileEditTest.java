package dev.koda.checks.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackFileEditTest {
    private static final Path FILE = Path.of("koda.yaml");
    private static final List<String> NEW = List.of("# seen today", "- id: new.port", "  tcp: {host: h, port: 1}");

    @Test
    void goesAfterTheLastCheckAndBeforeWhatBelongsToTheNextKey() {
        assertThat(edited("""
                # head
                version: 1   # one

                checks:
                  # the first
                  - {id: a.b, tcp: {host: h, port: 1}}

                  - id: c.d
                    # inside
                    exec:
                      command:
                        - /bin/true

                  # - id: off.for-now

                # what follows
                suppress: []
                """)).isEqualTo("""
                # head
                version: 1   # one

                checks:
                  # the first
                  - {id: a.b, tcp: {host: h, port: 1}}

                  - id: c.d
                    # inside
                    exec:
                      command:
                        - /bin/true

                  # - id: off.for-now

                  # seen today
                  - id: new.port
                    tcp: {host: h, port: 1}

                # what follows
                suppress: []
                """);
    }

    @Test
    void takesTheIndentOfTheList() {
        assertThat(edited("""
                version: 1
                checks:
                - {id: a.b, tcp: {host: h, port: 1}}
                # next
                suppress: []
                """)).isEqualTo("""
                version: 1
                checks:
                - {id: a.b, tcp: {host: h, port: 1}}
                # seen today
                - id: new.port
                  tcp: {host: h, port: 1}
                # next
                suppress: []
                """);
        assertThat(edited("version: 1\nchecks:\n      -   id: a.b\n          tcp: {host: h, port: 1}"))
                .endsWith("port: 1}\n      # seen today\n      - id: new.port\n        tcp: {host: h, port: 1}\n");
    }

    @Test
    void makesTheListWhereThereIsNone() {
        assertThat(edited("version: 1")).isEqualTo("""
                version: 1

                checks:
                  # seen today
                  - id: new.port
                    tcp: {host: h, port: 1}
                """);
        assertThat(edited("checks: []  # none yet\nversion: 1\n")).isEqualTo("""
                checks:  # none yet
                  # seen today
                  - id: new.port
                    tcp: {host: h, port: 1}
                version: 1
                """);
        assertThat(edited("version: 1\nchecks: [ ]\n")).startsWith("version: 1\nchecks:\n  # seen today\n");
    }

    @Test
    void keepsLineEndsAndAByteOrderMark() {
        var before = """
                \uFEFFversion: 1
                checks:
                  - {id: a.b, tcp: {host: h, port: 1}}
                suppress: []
                """;

        assertThat(edited(before.replace("\n", "\r\n")))
                .isEqualTo(edited(before).replace("\n", "\r\n"))
                .startsWith("\uFEFFversion: 1\r\n")
                .contains("port: 1}}\r\n  # seen today\r\n  - id: new.port\r\n");
    }

    @Test
    void knowsWhereATextOfManyLinesEnds() {
        var before = """
                version: 1
                checks:
                  - id: a.b
                    http:
                      url: http://h/
                      method: POST
                      body: |
                        # no comment
                        text

                suppress: []
                """;

        assertThat(edited(before)).contains("        text\n  # seen today\n  - id: new.port\n");
        var kept = before.replace("body: |", "body: |+");
        assertThat(result(kept).refusal()).startsWith("the place after its last check is not clear");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{version: 1, checks: []}",
                "version: 1\nchecks: [{id: a.b, tcp: {host: h, port: 1}}]\n",
                "version: 1\n\"checks\": []\n",
                "version: 1\nchecks: &all []\n",
                "version: 1\nchecks: [\n]\n",
                "version: 1\n...\n",
                "version: 1\nchecks:\n  - {id: new.port, tcp: {host: h, port: 1}}\n"
            })
    void leavesAloneWhatItCannotChangeSafely(String text) {
        var result = result(text);

        assertThat(result.text()).isNull();
        assertThat(result.refusal()).isNotBlank();
    }

    @Test
    void refusesAFileThatDoesNotLoad() {
        assertThatThrownBy(() -> result("version: 2\n")).isInstanceOf(SettingsException.class);
        assertThatThrownBy(() -> result("version: 1\nchecks:\n")).isInstanceOf(SettingsException.class);
    }

    @Test
    void aFileMayGrowAgainAndAgain() {
        var text = "version: 1\n";
        for (int i = 0; i < 20; i++) {
            var check = List.of("- id: new.port-" + i, "  disk: {path: /}");
            text = Objects.requireNonNull(new StackFileEdit(FILE, text.getBytes(UTF_8), name -> null)
                    .withCheck(check)
                    .text());
        }

        assertThat(StackFile.parse(FILE, text.getBytes(UTF_8), name -> null).checks())
                .hasSize(20);
    }

    private static String edited(String text) {
        var result = result(text);
        assertThat(result.refusal()).isNull();
        return Objects.requireNonNull(result.text());
    }

    private static StackFileEdit.Result result(String text) {
        return new StackFileEdit(FILE, text.getBytes(UTF_8), name -> null).withCheck(NEW);
    }
}
