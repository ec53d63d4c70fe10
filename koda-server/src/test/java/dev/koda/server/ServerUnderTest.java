package dev.koda.server;

import dev.koda.checks.Service;
import dev.koda.checks.TimeSource;
import dev.koda.checks.runtime.RuntimeChecks;
import dev.koda.dashboard.http.BearerTokens;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A real server on a free loopback port, and a client for it. */
final class ServerUnderTest implements AutoCloseable {
    static final String TOKEN = "operations-token-4711";
    static final Duration LIMIT = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    final KodaServer server;

    private ServerUnderTest(ServerOptions options, TimeSource time, ServerChecks checks) throws Exception {
        server = KodaServer.of(options, time, checks);
        vertx.deployVerticle(server).toCompletionStage().toCompletableFuture().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    static ServerOptions options() {
        return ServerOptions.loopback(0, new Service("koda", "1.2.3", "test")).tokens(BearerTokens.ofList(TOKEN));
    }

    /** With the checks of the process itself and the given ones. */
    static ServerUnderTest with(UnaryOperator<ServerOptions> change, TimeSource time, ServerChecks more)
            throws Exception {
        return new ServerUnderTest(change.apply(options()), time, (engine, inProcess) -> {
            engine.checks(RuntimeChecks.inProcess(inProcess.gate(), inProcess.loops(), inProcess.lag()));
            more.declare(engine, inProcess);
        });
    }

    static ServerUnderTest with(ServerChecks more) throws Exception {
        return with(UnaryOperator.identity(), TimeSource.system(), more);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, headers);
    }

    HttpResponse<String> send(String method, String path, String... headers) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(uri(path)).timeout(LIMIT).method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpClient client() {
        return client;
    }

    /** Writes these bytes and reads all that comes until the server closes. */
    String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout((int) LIMIT.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
