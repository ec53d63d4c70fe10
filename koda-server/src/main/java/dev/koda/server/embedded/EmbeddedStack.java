package dev.koda.server.embedded;

import dev.koda.checks.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Postgres and object storage on 127.0.0.1, started together, watched, and stopped in order. Its methods return at once
 * and may be called from any thread.
 */
public final class EmbeddedStack {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final StateDirectory directory;
    private final EmbeddedSettings settings;
    private final TimeSource time;
    private final Postgres postgres;
    private final ObjectStorage objects;
    private final Watchdog watchdog;
    private final Worker worker = new Worker();

    private EmbeddedStack(
            StateDirectory directory,
            EmbeddedSettings settings,
            Duration restartDelay,
            TimeSource time,
            Consumer<String> news) {
        this.directory = directory;
        this.settings = settings;
        this.time = time;
        this.postgres = new Postgres(directory, settings.postgres());
        this.objects = new ObjectStorage(directory, settings.objects());
        this.watchdog = new Watchdog(List.of(postgres, objects), restartDelay, time, worker, news);
    }

    /**
     * Settles the stack's settings and starts nothing yet: writes the {@code .env} of the directory or what it lacks.
     * Blocks for file access. The caller holds the directory's {@link RunLock}.
     *
     * @param port where the server is to listen if the user said so, 0 for any free port
     * @param restartDelay after which a service that has died is started again
     * @param news gets one sentence for people about each death and each restart, on a thread of the stack
     * @throws StartException if a setting is unusable or cannot be written, or the server's port is taken
     */
    public static EmbeddedStack prepare(
            StateDirectory directory, OptionalInt port, Duration restartDelay, TimeSource time, Consumer<String> news)
            throws StartException {
        var file = EnvironmentFile.completed(directory, port);
        // Before it is written: the next start must not want a port again that was refused.
        requireFree(file.settings().serverPort());
        file.write();
        return new EmbeddedStack(directory, file.settings(), restartDelay, time, news);
    }

    /**
     * Makes sure that the server of a stack that has no directory yet can listen, so that a refusal leaves none behind.
     *
     * @param port as of {@link #prepare}
     * @throws StartException if the port is taken
     */
    public static void requireFree(OptionalInt port) throws StartException {
        int wanted = port.orElse(EnvironmentFile.DEFAULT_SERVER_PORT);
        if (wanted != 0) {
            requireFree(wanted);
        }
    }

    private static void requireFree(int port) throws StartException {
        LoopbackPorts.requireFree(port, "the server", "choose another with --port");
    }

    /** Where the server is to listen on 127.0.0.1. */
    public int serverPort() {
        return settings.serverPort();
    }

    /**
     * Starts both services; what a killed {@code koda up} left running on this directory is stopped first.
     *
     * @return completes when both answer, or exceptionally with a {@link StartException} when nothing of them runs
     */
    public CompletionStage<Void> start() {
        return stopPostmaster()
                .thenCompose(gone -> run(postgres).thenAcceptBoth(run(objects), (first, second) -> {}))
                .handle((done, failure) -> failure)
                .thenCompose(failure -> failure == null ? watch() : undo(failure));
    }

    private CompletionStage<Void> run(EmbeddedService service) {
        var executor = service == postgres ? worker : time.executor();
        return CompletableFuture.runAsync(() -> startOrThrow(service), executor);
    }

    private static void startOrThrow(EmbeddedService service) {
        try {
            service.start();
        } catch (StartException failure) {
            throw new CompletionException(failure);
        }
    }

    private CompletionStage<Void> watch() {
        watchdog.start();
        return CompletableFuture.completedFuture(null);
    }

    private CompletionStage<Void> undo(Throwable failure) {
        var cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        return stop().handle((done, another) -> null)
                .thenCompose(ignored -> CompletableFuture.<Void>failedFuture(cause));
    }

    /**
     * Stops both services, Postgres last, and keeps their data. A start in progress is broken off. The stack cannot be
     * started again.
     *
     * @return completes when neither runs any more
     */
    public CompletionStage<Void> stop() {
        watchdog.close();
        return worker.end(time, PATIENCE)
                .thenRunAsync(this::stopServices, time.executor())
                .thenCompose(stopped -> stopPostmaster())
                .thenCompose(stopped -> Strays.end(directory.binaries(), time, PATIENCE));
    }

    private void stopServices() {
        objects.stop();
        postgres.stop();
    }

    private CompletionStage<Void> stopPostmaster() {
        return postgres.postmaster()
                .map(running -> running.stop(time, PATIENCE))
                .orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    @Override
    public String toString() {
        return "embedded stack in " + directory;
    }
}
