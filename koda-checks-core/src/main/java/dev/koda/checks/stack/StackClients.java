package dev.koda.checks.stack;

import dev.koda.checks.TimeSource;
import dev.koda.checks.docker.DockerEngine;
import dev.koda.checks.network.AddressGuard;
import dev.koda.checks.network.HttpFetch;
import dev.koda.checks.network.RefusedAddresses;
import dev.koda.checks.objectstore.BucketRules;
import dev.koda.checks.objectstore.ObjectListing;
import dev.koda.checks.objectstore.ObjectStore;
import dev.koda.checks.objectstore.S3Connection;
import dev.koda.checks.objectstore.S3ObjectStore;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClientAgent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The clients of the checks, each made when the first check that needs it runs. They are held here, because a client
 * that nobody refers to is closed in the middle of a request; whoever makes this closes it, after the engine.
 * Thread-safe.
 */
public final class StackClients implements AutoCloseable {
    private final String host;
    private final String vantage;
    private final TimeSource time;
    private final boolean ownsVertx;
    /** One for all checks of a bucket. Their class brings the AWS SDK, which loads only if there is one. */
    private final Map<S3Connection, S3ObjectStore> stores = new HashMap<>();

    /** Apart from the stores, so that a store is found while Vert.x is still being made. */
    private final Object vertxLock = new Object();

    private @Nullable Vertx vertx;
    private @Nullable HttpClientAgent http;
    private volatile boolean isClosed;
    private volatile AddressGuard guard = AddressGuard.standard();
    private volatile RefusedAddresses refused = RefusedAddresses.none();

    private StackClients(String host, String vantage, TimeSource time, @Nullable Vertx vertx) {
        this.host = Objects.requireNonNull(host, "host");
        this.vantage = Objects.requireNonNull(vantage, "vantage");
        this.time = Objects.requireNonNull(time, "time");
        this.vertx = vertx;
        ownsVertx = vertx == null;
    }

    /**
     * Clients on a small Vert.x instance of their own.
     *
     * @param host the name of this host
     * @param vantage which program looks: {@code cli} for a command, or {@code server}; a part of
     *     the name of what it writes
     */
    public static StackClients of(String host, String vantage, TimeSource time) {
        return new StackClients(host, vantage, time, null);
    }

    /** Clients on the given instance, which stays open when these are closed. */
    public static StackClients on(Vertx vertx, String host, String vantage, TimeSource time) {
        return new StackClients(host, vantage, time, vertx);
    }

    String host() {
        return host;
    }

    String vantage() {
        return vantage;
    }

    Vertx vertx() {
        synchronized (vertxLock) {
            if (isClosed) {
                throw new IllegalStateException("the clients are closed");
            }
            var current = vertx;
            if (current == null) {
                current = Vertx.vertx(new VertxOptions()
                        .setEventLoopPoolSize(1)
                        .setWorkerPoolSize(2)
                        .setInternalBlockingPoolSize(2)
                        .setFileSystemOptions(new FileSystemOptions()
                                .setFileCachingEnabled(false)
                                .setClassPathResolvingEnabled(false)));
                vertx = current;
            }
            return current;
        }
    }

    /** Makes what almost every check needs, and blocks while its classes load: for a thread that has nothing else to do. */
    public void prepare() {
        synchronized (vertxLock) {
            if (!isClosed) {
                httpClient();
            }
        }
    }

    /** For the settings that allow it: checks may ask link-local addresses from now on. */
    void allowLinkLocal() {
        guard = AddressGuard.none();
    }

    /** Checks that are made from now on tell these where they are not let to. */
    void tell(RefusedAddresses listener) {
        refused = listener;
    }

    HttpFetch http() {
        return HttpFetch.of(this::httpClient, time).guardedBy(guard).telling(refused);
    }

    /** Opens nothing, either: it uses the client of {@link #http()}. */
    DockerEngine docker(Path socket) {
        return DockerEngine.at(socket, this::httpClient);
    }

    private HttpClientAgent httpClient() {
        synchronized (vertxLock) {
            var current = http;
            if (current == null) {
                current = vertx().createHttpClient(HttpFetch.clientOptions());
                http = current;
            }
            return current;
        }
    }

    /** Opens nothing before its first call. */
    ObjectStore objectStore(S3Connection connection) {
        return store(connection);
    }

    /** Opens nothing before its first call, either. */
    ObjectListing objectListing(S3Connection connection) {
        return store(connection);
    }

    /** Nor does this. */
    BucketRules bucketRules(S3Connection connection) {
        return store(connection);
    }

    private synchronized S3ObjectStore store(S3Connection connection) {
        if (isClosed) {
            var late = S3ObjectStore.of(connection, time);
            late.close();
            return late;
        }
        return stores.computeIfAbsent(connection, one -> S3ObjectStore.of(one, time));
    }

    /** Closes what was made; what is under way ends with an error, and so does what comes later. */
    @Override
    public void close() {
        var unused = shutdown();
    }

    /**
     * The same for a process that is about to end: a JVM waits 300 ms for threads that are in native code, as those of an
     * event loop are, so it is faster to let them end.
     *
     * @return completes when the threads of the clients have ended, and never fails
     */
    public CompletionStage<Void> shutdown() {
        synchronized (vertxLock) {
            isClosed = true;
        }
        var ending = new ArrayList<CompletableFuture<Void>>();
        closeStores(ending);
        closeVertx(ending);
        return CompletableFuture.allOf(ending.toArray(CompletableFuture[]::new));
    }

    private synchronized void closeStores(List<CompletableFuture<Void>> ending) {
        stores.values().forEach(store -> ending.add(store.shutdown().toCompletableFuture()));
        stores.clear();
    }

    private void closeVertx(List<CompletableFuture<Void>> ending) {
        synchronized (vertxLock) {
            if (http != null) {
                http.close();
                http = null;
            }
            if (ownsVertx && vertx != null) {
                ending.add(vertx.close().otherwiseEmpty().toCompletionStage().toCompletableFuture());
                vertx = null;
            }
        }
    }
}
