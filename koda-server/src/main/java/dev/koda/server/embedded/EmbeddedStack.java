package dev.koda.server.embedded;

import dev.koda.checks.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

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

    /** One thread for every start and stop, so that none of them ever overlap. */
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        var thread = new Thread(task, "koda-embedded");
        thread.setDaemon(true);
        return thread;
    });

    private EmbeddedStack(StateDirectory directory, EmbeddedSettings settings, Duration restartDelay, TimeSource time) {
        this.directory = directory;
        this.settings = settings;
        this.time = time;
        this.postgres = new Postgres(directory, settings.postgres());
        this.objects = new ObjectStorage(directory, settings.objects());
        this.watchdog = new Watchdog(List.of(postgres, objects), restartDelay, time, worker);
    }

    /**
     * Settles the stack's settings and starts nothing yet: writes the {@code .env} of the directory or what it lacks.
     * Blocks for file access. The caller holds the directory's {@link RunLock}.
     *
     * @param port where the server is to listen if the user said so, 0 for any free port
     * @param restartDelay after which a service that has died is started again
     * @throws StartException if a setting is unusable or cannot be written, or the server's port is taken
     */
    public static EmbeddedStack prepare(
            StateDirectory directory, OptionalInt port, Duration restartDelay, TimeSource time) throws StartException {
        var settings = EnvironmentFile.complete(directory, port);
        LoopbackPorts.requireFree(settings.serverPort(), "the server", "choose another with --port");
        return new EmbeddedStack(directory, settings, restartDelay, time);
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
     * Stops both services, Postgres last, and keeps their data. A start in progress ends first.
     *
     * @return completes when neither runs any more
     */
    public CompletionStage<Void> stop() {
        return CompletableFuture.runAsync(this::stopServices, worker).thenCompose(stopped -> stopPostmaster());
    }

    private void stopServices() {
        watchdog.close();
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
