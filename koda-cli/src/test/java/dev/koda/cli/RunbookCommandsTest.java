package dev.koda.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Every {@code koda} command of the runbooks is one: at three in the morning nobody wants to read a usage message. */
class RunbookCommandsTest {
    private static final Path RUNBOOKS = Path.of("..", "docs", "runbooks");
    private static final Pattern BLOCK = Pattern.compile("(?s)```sh\n(.*?)```");
    private static final Pattern SPAN = Pattern.compile("`(koda [^`]+)`");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    @TempDir
    Path directory;

    @Test
    void everyCommandIsUnderstood() throws IOException {
        var commands = commands();

        assertThat(commands).hasSizeGreaterThan(40).anyMatch(command -> command.startsWith("koda audit verify FILE"));
        for (var command : commands) {
            var words = words(command).skip(1).toArray(String[]::new);

            assertThatCode(() -> CommandRun.in(directory).parse(words))
                    .as(command)
                    .doesNotThrowAnyException();
        }
    }

    /** Otherwise the test would pass with words that mean nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {"audit tial", "logs --sinc 1h", "doctor --watch often", "audit verify A B C", "checks explain"})
    void aCommandThatIsNoneIsFound(String wrong) {
        assertThatThrownBy(() -> CommandRun.in(directory).parse(wrong.split(" ", -1)))
                .isInstanceOf(CommandLine.ParameterException.class);
    }

    private static Set<String> commands() throws IOException {
        var commands = new TreeSet<String>();
        try (var pages = Files.list(RUNBOOKS)) {
            for (var page : pages.map(RunbookCommandsTest::text).toList()) {
                BLOCK.matcher(page)
                        .results()
                        .flatMap(block -> block.group(1).lines())
                        .flatMap(line -> steps(line).stream())
                        .filter(step -> step.startsWith("koda "))
                        .forEach(commands::add);
                SPAN.matcher(page).results().map(span -> span.group(1)).forEach(commands::add);
            }
        }
        return commands;
    }

    /** What is between pipes and semicolons, without the comment. */
    private static List<String> steps(String line) {
        var steps = new ArrayList<String>();
        for (var step : line.replaceFirst("\\s+# .*", "").split("[|;]", -1)) {
            steps.add(step.strip());
        }
        return steps;
    }

    private static Stream<String> words(String command) {
        return WORD.matcher(command)
                .results()
                .map(word -> Stream.of(1, 2, 3)
                        .map(word::group)
                        .filter(text -> text != null)
                        .findFirst()
                        .orElseThrow());
    }

    private static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
