package dev.koda.checks.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.fail;

import dev.koda.checks.testing.Rounds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a file holds, reading it ends with a result or with the one exception that says where. */
class SettingsFuzzTest {
    private static final Path FILE = Path.of("fuzz");
    private static final Map<String, String> ENVIRONMENT = Map.of("HOME", "/home/koda", "A", "x");
    private static final int ROUNDS = Rounds.of(4000, 400_000);

    private static final List<String> ENV_PIECES = List.of(
            "A",
            "B_1",
            "export ",
            "=",
            ":",
            " ",
            "\t",
            "\n",
            "\r\n",
            "\r",
            "'",
            "\"",
            "\\",
            "#",
            " #",
            "$",
            "${",
            "}",
            "$$",
            ":-",
            ":?",
            ":+",
            "-",
            "?",
            "+",
            "\\n",
            "\\$",
            "\\\"",
            "\0",
            "\uFEFF",
            "\u00a0",
            "\u0085",
            "\ud800",
            "\u00e4",
            "\ud83d\ude00",
            "value",
            "0",
            ".",
            "[",
            "]",
            "!");

    private static final List<String> YAML_PIECES = List.of(
            "version: 1\n",
            "version",
            "service",
            "settings",
            "thresholds",
            "disk.space",
            "name",
            "warn",
            "fail",
            ": ",
            ":",
            "\n",
            "  ",
            "- ",
            "{",
            "}",
            "[",
            "]",
            ", ",
            "&a ",
            "*a",
            "!!int ",
            "!x ",
            "|",
            ">",
            "'",
            "\"",
            "#",
            "%",
            "@",
            "`",
            "---\n",
            "...\n",
            "? ",
            "\t",
            "1",
            "15",
            "1.5",
            ".inf",
            "~",
            "null",
            "<<: ",
            "${A",
            "}",
            "$",
            "\0",
            "\uFEFF",
            "\ud83d\ude00",
            "0x1F",
            "\\");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20261123})
    void anEnvFileOfAnyPiecesIsReadOrRefused(long seed) {
        fuzz(seed, ENV_PIECES, bytes -> EnvFile.parse(FILE, bytes, ENVIRONMENT::get));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20261123})
    void aStackFileOfAnyPiecesIsReadOrRefused(long seed) {
        fuzz(seed, YAML_PIECES, bytes -> StackFile.parse(FILE, bytes, ENVIRONMENT::get));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20261123})
    void noTextMakesATypeThrow(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < ROUNDS / 20; round++) {
            var text = "postgres://" + text(random, ENV_PIECES) + "@" + text(random, YAML_PIECES) + "?" + "sslmode=";
            var shorter = text(random, ENV_PIECES);
            for (var setting : KnownSettings.all()) {
                assertThatCode(() -> setting.type().parse(text)).doesNotThrowAnyException();
                assertThatCode(() -> setting.type().parse(shorter)).doesNotThrowAnyException();
            }
        }
    }

    private static void fuzz(long seed, List<String> pieces, Consumer<byte[]> reader) {
        var random = new Random(seed);
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var bytes = bytes(random, pieces);
            try {
                reader.accept(bytes);
                read++;
            } catch (SettingsException refused) {
                assertThat(refused.problems())
                        .as("seed %d round %d", seed, round)
                        .isNotEmpty()
                        .allMatch(SettingsFuzzTest::saysWhere);
            } catch (RuntimeException | Error other) {
                fail("seed " + seed + " round " + round + ": " + new String(bytes, StandardCharsets.UTF_8), other);
            }
        }
        assertThat(read).as("some of them are well-formed").isPositive();
    }

    private static boolean saysWhere(SettingsProblem problem) {
        boolean hasPlace = problem.line() > 0 && problem.column() > 0;
        return FILE.equals(problem.file()) && (hasPlace || problem.message().endsWith("more problems"));
    }

    private static byte[] bytes(Random random, List<String> pieces) {
        if (random.nextInt(10) == 0) {
            var noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            return noise;
        }
        var bytes = text(random, pieces).getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && random.nextInt(10) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static String text(Random random, List<String> pieces) {
        var text = new StringBuilder();
        int count = random.nextInt(40);
        for (int i = 0; i < count; i++) {
            text.append(pieces.get(random.nextInt(pieces.size())));
        }
        return text.toString();
    }
}
