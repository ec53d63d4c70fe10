package dev.koda.checks.tls;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Real TLS servers on loopback, closed together. */
final class TlsServer implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();

    Vertx vertx() {
        return vertx;
    }

    /** Presents the chain; its port. */
    int presenting(String chainPem, Issued owner) {
        return listen(options(chainPem, owner), socket -> {});
    }

    /** Demands a certificate of its clients. */
    int demandingClients(Issued owner) {
        var options = options(owner.chainPem(), owner)
                .setClientAuth(io.vertx.core.http.ClientAuth.REQUIRED)
                .setEnabledSecureTransportProtocols(java.util.Set.of("TLSv1.2"));
        options.setTrustOptions(new io.vertx.core.net.PemTrustOptions().addCertValue(Buffer.buffer(owner.leafPem())));
        return listen(options, socket -> {});
    }

    /** Speaks something else. */
    int plain(Consumer<NetSocket> onConnect) {
        return listen(new NetServerOptions(), onConnect);
    }

    /** Passes bytes on to another port of this host, and counts the connections. */
    int inFrontOf(int port, AtomicInteger connections) {
        var client = vertx.createNetClient();
        return listen(new NetServerOptions(), socket -> {
            connections.incrementAndGet();
            socket.pause();
            client.connect(port, "127.0.0.1").onSuccess(behind -> {
                socket.pipeTo(behind);
                behind.pipeTo(socket);
            });
        });
    }

    /** Where nobody listens. */
    int refused() {
        var server = await(vertx.createNetServer().connectHandler(socket -> {}).listen(0, "127.0.0.1"));
        await(server.close());
        return server.actualPort();
    }

    private static NetServerOptions options(String chainPem, Issued owner) {
        return new NetServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertValue(Buffer.buffer(chainPem))
                        .setKeyValue(Buffer.buffer(owner.keyPem())));
    }

    private int listen(NetServerOptions options, Consumer<NetSocket> onConnect) {
        var server = vertx.createNetServer(options).connectHandler(onConnect::accept);
        return await(server.listen(0, "127.0.0.1")).actualPort();
    }

    static <T> T await(Future<T> future) {
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
