package dev.koda.server;

import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.SettingsException;
import dev.koda.checks.settings.SettingsSources;
import dev.koda.checks.stack.KodaStack;
import dev.koda.checks.stack.KodaVersion;
import dev.koda.checks.stack.StackClients;
import dev.koda.server.logging.JsonLogging;
import dev.koda.server.logging.LogFormat;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server as a process has it: with the checks of its stack, on a Vert.x of its own, started and ended by a thread that
 * waits for it. {@code koda serve} and {@code koda up} start theirs here too. The one place of this module that may wait.
 */
public final class ServerMain implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerMain.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);
    private static final Duration LOG_LIMIT = Duration.ofSeconds(1);
    private static final int CANNOT_START = 2;
    private static final int INTERNAL_ERROR = 70;

    private final Vertx vertx;
    private final KodaServer server;
    private final StackClients clients;
    private final ServerOptions options;

    private ServerMain(Settings settings) {
        options = ServerSettings.options(settings, KodaVersion.text());
        var time = TimeSource.system();
        clients = StackClients.of(StateSettings.hostName(), "server", time);
        // The checks have another Vert.x, so that nothing they do can keep a probe waiting.
        vertx = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(2).setInternalBlockingPoolSize(2));
        server = KodaServer.of(
                options,
                time,
                (engine, inProcess) ->
                        KodaStack.of(settings, clients, time, inProcess).addTo(engine));
    }

    /**
     * Serves the stack that the process environment describes, until the process is told to end. Exits with 2 and one
     * sentence on stderr if it cannot start, with 70 after an internal error, and after a signal with 128 plus its number.
     *
     * @param args none
     */
    public static void main(String[] args) {
        try {
            var settings = Settings.load(SettingsSources.of(Path.of("").toAbsolutePath(), System.getenv())
                    .home(Path.of(System.getProperty("user.home"))));
            var stack = ServerSettings.options(settings, KodaVersion.text());
            JsonLogging.install(System.err, ServerSettings.redactor(settings), stack.service(), LogFormat.of(settings));
            start(settings).closeOnSignal();
        } catch (SettingsException | BootException e) {
            System.err.println("koda: " + e.getMessage());
            System.exit(CANNOT_START);
        } catch (Throwable broken) { // without its main thread a process would stay, half started
            // The text of an exception may hold a secret.
            System.err.println("koda: internal error, please report it: "
                    + broken.getClass().getName());
            System.exit(INTERNAL_ERROR);
        }
    }

    /**
     * Starts the server of a stack and waits until it listens. Logging is the caller's to set up, before.
     *
     * @throws BootException if it cannot start, with one sentence for the operator; nothing is left running then
     */
    public static ServerMain start(Settings settings) {
        settings.envFiles().forEach(file -> LOG.info("settings from {}", file));
        settings.stackFile().ifPresent(file -> LOG.info("settings from {}", file));
        var process = new ServerMain(settings);
        try {
            await(process.vertx.deployVerticle(process.server).toCompletionStage(), START_LIMIT);
            return process;
        } catch (ExecutionException e) {
            process.release();
            if (e.getCause() instanceof BootException reason) {
                // It quotes the address, which a setting may put together with a secret.
                throw new BootException(ServerSettings.redactor(settings).redact(String.valueOf(reason.getMessage())));
            }
            if (e.getCause() instanceof RuntimeException reason) {
                throw reason;
            }
            throw new IllegalStateException("the server did not start", e.getCause());
        } catch (TimeoutException e) {
            process.release();
            throw new BootException("the server did not listen within " + START_LIMIT.toSeconds() + " s");
        }
    }

    /** The running server. */
    public KodaServer server() {
        return server;
    }

    /** True if it would answer a readiness probe with 200 now. */
    public boolean isReady() {
        return server.engine().snapshot(Suite.READINESS).ok();
    }

    /**
     * Ends the server when the process is told to end (SIGTERM, SIGINT): in order, within {@code exitWithin}. The JVM
     * then exits with 128 plus the signal's number by itself.
     */
    public void closeOnSignal() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "koda-server-end"));
    }

    /**
     * Drains and stops, and waits for it and its last log lines: {@code exitWithin} and two seconds at the longest, one of
     * them only if nobody reads the log. May be called twice.
     */
    @Override
    public void close() {
        try {
            await(server.drain().toCompletionStage(), options.exitWithin());
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("requests that were being answered at the end are cut");
        }
        release();
    }

    /** The engine ends with its server, before the clients of its checks, and the log last. */
    private void release() {
        try {
            await(vertx.close().toCompletionStage(), CLOSE_LIMIT);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("the server's event loop did not end within {} s", CLOSE_LIMIT.toSeconds());
        }
        clients.close();
        try {
            await(JsonLogging.flush(), LOG_LIMIT);
        } catch (ExecutionException | TimeoutException e) {
            // Nobody reads the log; the process ends all the same.
        }
    }

    private static void await(CompletionStage<?> stage, Duration limit) throws ExecutionException, TimeoutException {
        try {
            stage.toCompletableFuture().get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TimeoutException("interrupted");
        }
    }
}
