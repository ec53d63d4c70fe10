package dev.koda.cli.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koda.checks.TimeSource;
import dev.koda.cli.output.TextStyle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogTailTest {
    @TempDir
    Path directory;

    /** A clock that breaks whoever reads {@code broken.log}. */
    private record BreakingTime(TimeSource time) implements TimeSource {
        @Override
        public long nanos() {
            if (Thread.currentThread().getName().equals("koda-logs-broken.log")) {
                throw new StackOverflowError();
            }
            return time.nanos();
        }

        @Override
        public Instant now() {
            return time.now();
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            return time.schedule(delay, task);
        }

        @Override
        public Executor executor() {
            return time.executor();
        }
    }

    /** Following, the other log would go on for ever. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aReaderThatBreaksEndsTheCommandWithItsError(boolean isFollowed) throws IOException {
        var broken = Files.writeString(directory.resolve("broken.log"), "one\n");
        var well = Files.writeString(directory.resolve("well.log"), "two\n");
        var request = new LogRequest(
                List.of(),
                List.of(),
                List.of(broken, well),
                List.of(),
                new Selection(new Range(null, null, -1), null, List.of(), List.of()),
                isFollowed,
                LogRequest.Format.RAW,
                true,
                Set.of());
        var output = new ByteArrayOutputStream();
        var around = new LogSurroundings(
                Map.of(),
                directory,
                new PrintStream(output, true, StandardCharsets.UTF_8),
                notice -> {},
                TextStyle.plain(true),
                new BreakingTime(TimeSource.system()));

        assertThatThrownBy(() -> LogTail.run(request, around)).hasCauseInstanceOf(StackOverflowError.class);

        assertThat(output.toString(StandardCharsets.UTF_8)).doesNotContain("one");
    }
}
