package dev.koda.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A program that runs, with both of its streams kept whole and apart. Its environment is PATH, JAVA_HOME and what the
 * test gives it, and HOME is its working directory. Closing it ends it and all that it has started.
 */
final class RealProcess implements AutoCloseable {
    private static final Duration STREAM_LIMIT = Duration.ofSeconds(5);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

    private final List<String> command;
    private final Process process;
    private final long startedNanos;
    private final StreamText output;
    private final StreamText errors;

    private RealProcess(List<String> command, Process process, long startedNanos) {
        this.command = command;
        this.process = process;
        this.startedNanos = startedNanos;
        output = StreamText.of(process.getInputStream(), "standard output");
        errors = StreamText.of(process.getErrorStream(), "standard error");
    }

    /**
     * Starts it.
     *
     * @param environment what it gets beside PATH, JAVA_HOME and HOME, or instead of them; an empty value removes one
     */
    static RealProcess start(List<String> command, Path directory, Map<String, String> environment) throws IOException {
        var builder = new ProcessBuilder(hearingCtrlC(command)).directory(directory.toFile());
        var given = builder.environment();
        given.keySet().retainAll(List.of("PATH", "JAVA_HOME"));
        given.put("HOME", directory.toString());
        environment.forEach((name, value) -> {
            if (value.isEmpty()) {
                given.remove(name);
            } else {
                given.put(name, value);
            }
        });
        // Not inherited: a program that reads its input finds the end of it.
        builder.redirectInput(Path.of("/dev/null").toFile());
        long startedNanos = System.nanoTime();
        return new RealProcess(List.copyOf(command), builder.start(), startedNanos);
    }

    long pid() {
        return process.pid();
    }

    /** How long ago it was started. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    /** What it has written to standard output so far; all of it once it has ended. */
    String output() {
        return output.text();
    }

    byte[] outputBytes() {
        return output.bytes();
    }

    /** What it has written to standard error so far; all of it once it has ended. */
    String errors() {
        return errors.text();
    }

    /** The last line of standard error that is not blank; empty if there is none. */
    String lastErrorLine() {
        return errors().lines().filter(line -> !line.isBlank()).reduce("", (before, line) -> line);
    }

    /** The first line of standard output in which the pattern is found. */
    String awaitOutput(String pattern, Duration limit) {
        try {
            return output.awaitLine(Pattern.compile(pattern), limit);
        } catch (AssertionError missing) {
            throw new AssertionError(missing.getMessage() + "\n" + this, missing);
        }
    }

    /** Waits for its end and that of its streams, and gives its exit code: 128 + n after signal n. */
    int awaitExit(Duration limit) {
        try {
            if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new AssertionError("still running after " + limit.toMillis() + " ms: " + this);
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + command, ending);
        }
        output.awaitEnd(STREAM_LIMIT);
        errors.awaitEnd(STREAM_LIMIT);
        return process.exitValue();
    }

    /** Sends it a signal, such as {@code INT}. */
    void signal(String name) {
        signal(pid(), name);
    }

    /** A build in the background of a script ignores SIGINT, and what it starts would inherit that. */
    private static List<String> hearingCtrlC(List<String> command) {
        var whole = new ArrayList<>(List.of("/usr/bin/env", "--default-signal=INT"));
        whole.addAll(command);
        return whole;
    }

    /** Sends a signal, such as {@code STOP}, to a process that belongs to the test. */
    static void signal(long pid, String name) {
        try {
            var kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                    .redirectErrorStream(true)
                    .start();
            var said = new String(kill.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (kill.waitFor() != 0) {
                throw new AssertionError("kill -" + name + " " + pid + ": " + said);
            }
        } catch (IOException failure) {
            throw new AssertionError("cannot run kill", failure);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", ending);
        }
    }

    /** Waits for its end, and gives the most memory that it had in use at once, in bytes, as the kernel counts it. */
    long peakMemoryBytes(Duration limit) {
        long[] peak = {0};
        Within.limit(limit, "the end of " + command, () -> {
            peak[0] = Math.max(peak[0], peakMemoryBytesSoFar());
            return !process.isAlive();
        });
        return peak[0];
    }

    /** The same up to now; 0 once it has ended. */
    long peakMemoryBytesSoFar() {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .sum();
        } catch (IOException | UncheckedIOException ended) {
            return 0;
        }
    }

    /** Ends it and its descendants at once; nothing happens if they have ended. */
    @Override
    public void close() {
        // First looked for: an orphan has no parent to find it by.
        var descendants = process.descendants().toList();
        process.destroyForcibly();
        descendants.forEach(Leftovers::kill);
        awaitExit(KILL_LIMIT);
    }

    @Override
    public String toString() {
        var state = process.isAlive() ? "runs" : "ended with " + process.exitValue();
        return Objects.toString(command) + " " + state + "\n--- standard output\n" + output() + "\n--- standard error\n"
                + errors();
    }
}
