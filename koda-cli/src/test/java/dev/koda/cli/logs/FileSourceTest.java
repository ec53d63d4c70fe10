package dev.koda.cli.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {
    @TempDir
    Path directory;

    /** What is written to the file while nobody looks; after the last text the command ends. */
    private final ArrayDeque<String> script = new ArrayDeque<>();

    private final ScriptedTime time = new ScriptedTime(this::goOn);
    private final Monitor monitor = new Monitor(time);

    private Path file() {
        return directory.resolve("app.log");
    }

    private void goOn() {
        var next = script.poll();
        if (next == null) {
            monitor.close();
            return;
        }
        try {
            Files.writeString(file(), next);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void whatIsLeftOfALineWhenTheFileIsEmptiedIsALine() throws IOException, LogsException {
        assertThat(linesOf("one\nno end", "new\n")).containsExactly("one", "no end", "new");
    }

    @Test
    void itIsShownEvenIfNothingFollows() throws IOException, LogsException {
        assertThat(linesOf("one\nno end", "")).containsExactly("one", "no end");
    }

    private List<String> linesOf(String before, String after) throws IOException, LogsException {
        Files.writeString(file(), before);
        script.add(after);
        var taken = new TakenLines(monitor, time);
        var source = new FileSource("app.log", file(), new Range(null, null, -1), true, time, monitor);
        source.history(taken.writer());
        source.follow(taken.writer());
        return taken.texts();
    }
}
