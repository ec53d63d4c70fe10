package dev.koda.server;

import dev.koda.checks.Redactor;
import dev.koda.checks.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server as a process has it: on a Vert.x of its own, started and ended by a thread that waits for it. {@code koda
 * serve} and {@code koda up} both start theirs here. The one place of this module that may wait.
 */
public final class ServerMain implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerMain.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final KodaServer server;
    private final ServerOptions options;

    private ServerMain(Vertx vertx, KodaServer server, ServerOptions options) {
        this.vertx = vertx;
        this.server = server;
        this.options = options;
    }

    /**
     * Starts a server and waits until it listens.
     *
     * @param redactor takes secrets out of messages
     * @param checks what to check
     * @throws BootException if it cannot listen, with one sentence for the operator; nothing is left running then
     */
    public static ServerMain start(ServerOptions options, Redactor redactor, ServerChecks checks) {
        var vertx = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(2).setInternalBlockingPoolSize(2));
        var process = new ServerMain(vertx, KodaServer.of(options, TimeSource.system(), redactor, checks), options);
        try {
            await(vertx.deployVerticle(process.server), START_LIMIT);
            return process;
        } catch (ExecutionException e) {
            process.closeVertx();
            if (e.getCause() instanceof RuntimeException reason) {
                throw reason;
            }
            throw new IllegalStateException("the server did not start", e.getCause());
        } catch (TimeoutException e) {
            process.closeVertx();
            throw new BootException("the server did not listen within " + START_LIMIT.toSeconds() + " s");
        }
    }

    /** The running server. */
    public KodaServer server() {
        return server;
    }

    /**
     * Ends the server when the process is told to end (SIGTERM, SIGINT): in order, within {@code exitWithin}. The JVM
     * then exits with 128 plus the signal's number by itself.
     */
    public void closeOnSignal() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "koda-server-drain"));
    }

    /** Drains and stops, and waits for it: {@code exitWithin} at the longest. May be called twice. */
    @Override
    public void close() {
        try {
            await(server.drain(), options.exitWithin());
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("requests that were being answered at the end are cut");
        }
        closeVertx();
    }

    private void closeVertx() {
        try {
            await(vertx.close(), CLOSE_LIMIT);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("the server's event loop did not end within {} s", CLOSE_LIMIT.toSeconds());
        }
    }

    private static void await(Future<?> future, Duration limit) throws ExecutionException, TimeoutException {
        try {
            future.toCompletionStage().toCompletableFuture().get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TimeoutException("interrupted");
        }
    }
}
