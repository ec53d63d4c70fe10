package dev.koda.cli.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koda.checks.TimeSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class SourceReaderTest {
    private static final String ENDED = "";

    private final List<Long> pauses = new ArrayList<>();
    private final Monitor monitor = new Monitor(new NoTime());
    private final Intake intake = new Intake(monitor, 1);
    private final LineWriter writer = new LineWriter(0, intake, new NoTime());
    private final List<String> notices = new ArrayList<>();

    /** Every delay is over at once, and remembered. */
    private final class NoTime implements TimeSource {
        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            pauses.add(delay.toMillis());
            task.run();
            return () -> {};
        }

        @Override
        public Executor executor() {
            return Runnable::run;
        }
    }

    /** Says these things when it is read: a line, or why it cannot be read, or {@link #ENDED}; then all is over. */
    private final class Script implements LogSource {
        private final ArrayDeque<String> script;
        private final boolean goesOn;
        private final boolean isStill;

        private Script(boolean goesOn, boolean isStill, String... script) {
            this.script = new ArrayDeque<>(List.of(script));
            this.goesOn = goesOn;
            this.isStill = isStill;
        }

        @Override
        public String name() {
            return "app";
        }

        @Override
        public void history(LineWriter to) throws LogsException {
            follow(to);
        }

        @Override
        public void follow(LineWriter to) throws LogsException {
            var next = script.isEmpty() ? "" : script.remove();
            if (script.isEmpty()) {
                monitor.close();
            }
            if (next.startsWith("line")) {
                to.add(1, next.getBytes(StandardCharsets.UTF_8), false, null);
            } else if (!next.equals(ENDED)) {
                throw new LogsException(next);
            }
        }

        @Override
        public boolean goesOn() {
            return goesOn;
        }

        @Override
        public boolean isStill() {
            return isStill;
        }
    }

    private SourceReader reader(LogSource source) {
        return new SourceReader(source, writer, monitor, notices::add);
    }

    @Test
    void opensALogAgainMoreAndMoreSeldomUntilThereIsALine() throws LogsException {
        reader(new Script(
                        true,
                        false,
                        "line 1",
                        ENDED,
                        "no daemon",
                        "no daemon",
                        ENDED,
                        ENDED,
                        ENDED,
                        ENDED,
                        ENDED,
                        "line 2",
                        ENDED,
                        ENDED,
                        ENDED))
                .readOn();

        assertThat(pauses)
                .containsExactly(100L, 200L, 400L, 800L, 1600L, 3200L, 5000L, 5000L, 5000L, 100L, 200L, 400L, 800L);
        assertThat(notices)
                .containsExactly(
                        "app: its log has ended; waiting for more",
                        "app: no daemon; waiting for more",
                        "app: goes on",
                        "app: its log has ended; waiting for more");
    }

    @Test
    void aServiceThatDoesNotRunIsNoNewsUntilItDoes() throws LogsException {
        reader(new Script(true, true, ENDED, ENDED, "line 1", ENDED)).readOn();

        assertThat(notices).containsExactly("app: goes on", "app: its log has ended; waiting for more");
    }

    @Test
    void whatHasOneEndIsReadOnce() throws LogsException {
        reader(new Script(false, false, "line 1", "line 2")).readOn();

        assertThat(writer.count()).isEqualTo(1);
        assertThat(notices).isEmpty();
        assertThatThrownBy(() -> reader(new Script(false, false, "broken")).readOn())
                .isInstanceOf(LogsException.class)
                .hasMessage("broken");
    }

    @Test
    void historyThatCannotBeReadNowIsReadLater() throws LogsException {
        var reader = reader(new Script(true, false, "no daemon", "line 1", ENDED));

        reader.readHistoryOrLater();
        reader.readOn();

        assertThat(writer.count()).isEqualTo(1);
        assertThat(notices).startsWith("app: no daemon; waiting for more", "app: goes on");
    }
}
