package dev.koda.checks.testing;

import dev.koda.checks.TimeSource;
import dev.koda.checks.network.HttpFetch;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Real servers on loopback and a client for them, closed together. */
public final class Loopback implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClientAgent client = vertx.createHttpClient(HttpFetch.clientOptions());

    /** Fetches with the one client. */
    public HttpFetch http() {
        return HttpFetch.of(() -> client, TimeSource.system());
    }

    /** An HTTP server; the URL of its root. */
    public URI http(Consumer<HttpServerRequest> answer) {
        var server =
                await(vertx.createHttpServer().requestHandler(answer::accept).listen(0, "127.0.0.1"));
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    /** An HTTPS server. */
    public URI https(HttpServerOptions options, Consumer<HttpServerRequest> answer) {
        var server = await(vertx.createHttpServer(options.setSsl(true))
                .requestHandler(answer::accept)
                .listen(0, "127.0.0.1"));
        return URI.create("https://127.0.0.1:" + server.actualPort());
    }

    /** A server that does with each connection what the test says; its address as an HTTP URL. */
    public URI tcp(Consumer<NetSocket> onConnect) {
        var server =
                await(vertx.createNetServer().connectHandler(onConnect::accept).listen(0, "127.0.0.1"));
        return URI.create("http://127.0.0.1:" + server.actualPort());
    }

    /** An address where nothing listens. */
    public URI refused() {
        // A server of Vert.x may say that it is closed while its socket still takes connections.
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        } catch (IOException impossible) {
            throw new AssertionError("no port of loopback", impossible);
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new AssertionError("loopback server", failure);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
