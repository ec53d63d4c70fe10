package dev.koda.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
    @Test
    void leavesAPlainWordAsItIs() {
        var line = CommandLine.of("curl", "-sSi").word("http://127.0.0.1:8090/health");

        assertThat(line).hasToString("curl -sSi http://127.0.0.1:8090/health");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "it's",
                "'",
                "''",
                "a b\tc",
                "$HOME",
                "`id`",
                "$(id)",
                "a;b|c&d>e<f",
                "*",
                "?",
                "[a]",
                "{a,b}",
                "~",
                "#",
                "!",
                "\\",
                "a\\'b",
                "\"",
                "line\nbreak",
                "\u8cc7\u6599",
                "-n",
                "a=b"
            })
    void aShellReadsEachWordAsItWasGiven(String word) throws Exception {
        assertThat(shell(CommandLine.of("printf", "%s|").word(word, "end"), Map.of()))
                .isEqualTo(word + "|end|");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Authorization: Bearer ", "", "a\"b$c`d\\", "it's $(id)"})
    void aSecretComesFromAVariableOfTheShell(String before) throws Exception {
        var line = CommandLine.of("printf", "%s").variable(before, "TOKEN");

        assertThat(shell(line, Map.of("TOKEN", "s p$a'c\"e"))).isEqualTo(before + "s p$a'c\"e");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1A", "A-B", "A}; id; ${B", "\u00c4"})
    void aVariableHasANameThatAShellKnows(String name) {
        var line = CommandLine.of("echo");

        assertThatThrownBy(() -> line.variable("", name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + name + "' is not the name of a shell variable");
    }

    private static String shell(CommandLine line, Map<String, String> environment)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder("sh", "-c", line.toString()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().put("LC_ALL", "C.UTF-8");
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
