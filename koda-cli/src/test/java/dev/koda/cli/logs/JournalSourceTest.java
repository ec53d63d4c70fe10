package dev.koda.cli.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koda.checks.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JournalSourceTest {
    private static final String CALL = "--output=json --all --quiet --no-pager --unit=nginx ";

    @TempDir
    Path directory;

    private final Monitor monitor = new Monitor(TimeSource.system());
    private final TakenLines taken = new TakenLines(monitor, TimeSource.system());

    /** With a {@code journalctl} that does this when it is called for the nth time. */
    private JournalSource source(Range range, String... calls) throws IOException, LogsException {
        var script = new StringBuilder("#!/bin/sh\necho \"$*\" >>calls\ncase $(wc -l <calls) in\n");
        for (int i = 0; i < calls.length; i++) {
            script.append(i + 1).append(") ").append(calls[i]).append(" ;;\n");
        }
        var program = Files.writeString(directory.resolve("journalctl"), script.append("esac\n"));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        var children = new Children(monitor, Map.of("PATH", directory + ":/usr/bin:/bin"), directory);
        return new JournalSource("nginx", children, range, TimeSource.system());
    }

    private static String entry(int number) {
        return "echo '{\"__CURSOR\":\"s=%1$d\",\"__REALTIME_TIMESTAMP\":\"179542800%1$d000000\",\"MESSAGE\":\"n%1$d\"}'"
                .formatted(number);
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(directory.resolve("calls")).stream()
                .map(call -> call.replace(CALL, ""))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"100,--lines=100", "-1,--lines=all"})
    void historyThatCouldNotBeReadIsReadWithWhatComes(int tail, String lines) throws IOException, LogsException {
        var since = Instant.parse("2026-11-23T10:00:00Z");
        var source = source(new Range(since, null, tail), "exit 1", "exit 1", entry(1), entry(2));
        var options = lines + " --since=@" + since.getEpochSecond();

        assertThatThrownBy(() -> source.history(taken.writer())).isInstanceOf(LogsException.class);
        assertThatThrownBy(() -> source.follow(taken.writer())).isInstanceOf(LogsException.class);
        source.follow(taken.writer());
        source.follow(taken.writer());
        taken.writer().flush();

        assertThat(taken.texts()).containsExactly("n1", "n2");
        assertThat(calls())
                .containsExactly(
                        options, "--follow " + options, "--follow " + options, "--follow --no-tail --after-cursor=s=1");
    }

    @Test
    void anEmptyHistoryIsFollowedFromTheBeginningOfTheCommand() throws IOException, LogsException {
        var source = source(new Range(null, null, -1), "exit 0", entry(1));

        source.history(taken.writer());
        source.follow(taken.writer());
        taken.writer().flush();

        assertThat(calls()).element(1).asString().startsWith("--follow --no-tail --since=@");
    }
}
