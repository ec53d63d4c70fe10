package dev.koda.cli.logs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;

/** A program that runs for us: its standard output is ours to read, the end of its standard error is kept. */
final class Child implements AutoCloseable {
    /** Who has closed its output has nothing more to do. */
    private static final Duration END_LIMIT = Duration.ofSeconds(2);

    private static final int KEPT_BYTES = 4096;

    private final Process process;
    private final Monitor monitor;
    private final Consumer<Child> onClose;
    private final byte[] errors = new byte[KEPT_BYTES];
    private int errorLength;
    private boolean isErrorOver;

    Child(Process process, Monitor monitor, Consumer<Child> onClose) {
        this.process = process;
        this.monitor = monitor;
        this.onClose = onClose;
        var unused = process.onExit().thenRun(() -> monitor.change(() -> {}));
        var reader = new Thread(this::readErrors, "koda-logs-errors");
        reader.setDaemon(true);
        reader.start();
    }

    /** Standard output; ends early if the program is killed. */
    InputStream output() {
        return process.getInputStream();
    }

    /** All of standard output as text, for programs that say little. */
    String allOutput() {
        try {
            return new String(output().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException killed) {
            return "";
        }
    }

    /** Waits for its end, once its output has ended; its exit code, not 0 if it had to be killed. */
    int end() {
        monitor.await(() -> !process.isAlive() && isErrorOver, END_LIMIT);
        if (process.isAlive()) {
            kill();
            return -1;
        }
        return process.exitValue();
    }

    /** The last line that it wrote to standard error and that is not blank; foreign text. */
    String lastWords() {
        var words = new String[] {""};
        monitor.change(() -> words[0] = new String(errors, 0, errorLength, StandardCharsets.UTF_8));
        return words[0].lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .reduce("", (before, line) -> line);
    }

    private void readErrors() {
        var part = new byte[KEPT_BYTES];
        try (var stream = process.getErrorStream()) {
            for (int count = stream.read(part); count >= 0; count = stream.read(part)) {
                int more = count;
                monitor.change(() -> keep(part, more));
            }
        } catch (IOException killed) {
            // What it has said until then is all.
        } finally {
            monitor.change(() -> isErrorOver = true);
        }
    }

    private void keep(byte[] part, int count) {
        var both = Arrays.copyOf(errors, errorLength + count);
        System.arraycopy(part, 0, both, errorLength, count);
        int from = Math.max(0, both.length - KEPT_BYTES);
        errorLength = both.length - from;
        System.arraycopy(both, from, errors, 0, errorLength);
    }

    /** Ends it with all that it has started: {@code docker} starts a program of its own for compose. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Ends it, if it still runs. */
    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
        onClose.accept(this);
    }
}
