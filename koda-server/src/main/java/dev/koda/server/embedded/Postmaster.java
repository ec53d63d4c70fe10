package dev.koda.server.embedded;

import dev.koda.checks.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The running Postgres of one data directory, found through its {@code postmaster.pid}. A number in a file may belong to
 * any process by now, so it counts only if that process is a postgres whose working directory is this data directory
 * (where a postmaster always is).
 */
final class Postmaster {
    private static final Duration POLL = Duration.ofMillis(20);

    /** Postgres' shutdown modes as signals (pg_ctl(1)): fast, immediate, and what nobody can refuse. */
    private static final List<String> SIGNALS = List.of("INT", "QUIT", "KILL");

    private final long pid;
    private final Path data;

    private Postmaster(long pid, Path data) {
        this.pid = pid;
        this.data = data;
    }

    /** The postmaster that runs on the data directory; empty if there is none. */
    static Optional<Postmaster> on(Path data) {
        try {
            var first = Files.readAllLines(file(data)).stream().findFirst().orElse("");
            var postmaster = new Postmaster(Long.parseLong(first.strip()), data.toRealPath());
            return postmaster.isRunning() ? Optional.of(postmaster) : Optional.empty();
        } catch (IOException | NumberFormatException none) {
            return Optional.empty();
        }
    }

    /** The file in which Postgres keeps its process id. */
    static Path file(Path data) {
        return data.resolve("postmaster.pid");
    }

    long pid() {
        return pid;
    }

    /** Whether it still runs, stopped by SIGSTOP or not. A zombie does not. */
    boolean isRunning() {
        var process = Path.of("/proc", Long.toString(pid));
        try {
            // A zombie has neither link.
            return Files.readSymbolicLink(process.resolve("cwd")).equals(data)
                    && Files.readSymbolicLink(process.resolve("exe")).endsWith("bin/postgres");
        } catch (IOException gone) {
            return false;
        }
    }

    /**
     * Stops it: fast shutdown first, and the harder ways if it does not go within the patience.
     *
     * @return completes when it is gone, or exceptionally if even SIGKILL did not end it
     */
    CompletionStage<Void> stop(TimeSource time, Duration patience) {
        return stop(time, patience, 0);
    }

    private CompletionStage<Void> stop(TimeSource time, Duration patience, int attempt) {
        if (attempt == SIGNALS.size()) {
            return CompletableFuture.failedFuture(new IOException("process " + pid + " does not end"));
        }
        send(SIGNALS.get(attempt));
        return gone(time, time.nanos() + patience.toNanos())
                .thenCompose(isGone ->
                        isGone ? CompletableFuture.<Void>completedFuture(null) : stop(time, patience, attempt + 1));
    }

    /** Java itself sends only SIGTERM, for which Postgres waits until its last client has gone. */
    private void send(String signal) {
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + pid)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException noShell) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
        }
    }

    private CompletionStage<Boolean> gone(TimeSource time, long deadline) {
        if (!isRunning()) {
            return CompletableFuture.completedFuture(true);
        }
        if (time.nanos() - deadline >= 0) {
            return CompletableFuture.completedFuture(false);
        }
        var later = new CompletableFuture<Void>();
        time.schedule(POLL, () -> later.complete(null));
        return later.thenCompose(ignored -> gone(time, deadline));
    }
}
