package dev.koda.cli.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckId;
import dev.koda.checks.Status;
import dev.koda.checks.testing.VirtualTime;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final CheckId DISK = CheckId.of("disk.space");
    private static final CheckId POSTGRES = CheckId.of("postgres.tcp");

    private final VirtualTime time = new VirtualTime();
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

    @Test
    void drawsNothingForWhatIsQuick() {
        try (var progress = progress(true)) {
            progress.onStart(DISK);
            time.advance(Duration.ofMillis(299));
        }

        assertThat(screen.toString(UTF_8)).isEmpty();
        assertThat(time.pendingTimers()).isZero();
    }

    @Test
    void drawsNothingWhereNobodyWatches() {
        try (var progress = progress(false)) {
            progress.onStart(DISK);
            time.advance(Duration.ofSeconds(5));
        }

        assertThat(screen.toString(UTF_8)).isEmpty();
    }

    @Test
    void namesWhatIsWaitedForAndErasesItsLine() {
        try (var progress = progress(true)) {
            progress.onStart(DISK);
            progress.onStart(POSTGRES);
            progress.onEnd(DISK, Status.PASS, null, 3);
            time.advance(Duration.ofMillis(300));

            assertThat(screen.toString(UTF_8)).isEqualTo("\r\u001b[K\u280b 1 checked, waiting for postgres.tcp");

            time.advance(Duration.ofMillis(100));
            assertThat(screen.toString(UTF_8)).endsWith("\r\u001b[K\u2819 1 checked, waiting for postgres.tcp");
        }

        assertThat(screen.toString(UTF_8)).endsWith("postgres.tcp\r\u001b[K");
        assertThat(time.pendingTimers()).isZero();
    }

    @Test
    void drawsAtMostTenTimesASecondAndEachLineAsWideAsTheTerminal() {
        var slow = new CheckId("custom.slow", "a-target-with-a-name-that-is-wider-than-a-narrow-terminal");
        var narrow = TextStyle.terminal(40, true, false);
        try (var progress = new Progress(new PrintStream(screen, true, UTF_8), true, narrow, time)) {
            progress.onStart(slow);
            time.advance(Duration.ofMillis(1300));
        }

        var frames = screen.toString(UTF_8).split("\r\u001b\\[K", -1);
        assertThat(frames).hasSizeBetween(12, 13).allMatch(line -> line.length() < 40 && line.matches("\\p{ASCII}*"));
        assertThat(frames[frames.length - 1]).isEmpty();
    }

    private Progress progress(boolean isTerminal) {
        return new Progress(new PrintStream(screen, true, UTF_8), isTerminal, TextStyle.terminal(80, true, true), time);
    }
}
