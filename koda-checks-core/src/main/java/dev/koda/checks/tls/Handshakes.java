package dev.koda.checks.tls;

import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.TrustOptions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Shakes hands with one server, a new connection each time, and sends nothing else. Closed after its use. */
final class Handshakes {
    /** Length 8, then the code of SSLRequest, by Postgres's message formats. */
    private static final Buffer POSTGRES_REQUEST = Buffer.buffer().appendInt(8).appendInt(80877103);
    /** The limit of the whole ends later, so that a host that drops packets has its own reason. */
    private static final double CONNECT_SHARE = 0.9;

    private final TlsTarget target;
    private final NetClient client;

    Handshakes(TlsTarget target, Vertx vertx) {
        this.target = target;
        client = vertx.createNetClient();
    }

    /** What the server presents, its own certificate first, whatever it is worth. */
    Future<List<X509Certificate>> inspect(Duration limit) {
        var recorder = new Recorder();
        return shake(recorder, "", limit).map(done -> recorder.presented());
    }

    /** Fails unless these trust the server under its host name. */
    Future<Void> verify(X509TrustManager roots, Duration limit) {
        return shake(roots, "HTTPS", limit);
    }

    /**
     * The version of TLS 1.1 or older that the server goes on in after that greeting; empty if it goes on in another one,
     * or refuses. Fails if it says nothing.
     */
    Future<Optional<String>> greet(Buffer hello, Duration limit) {
        long millis = Math.max(1, limit.toMillis());
        return client.connect(address(millis))
                .compose(socket -> (target.isPostgres() ? answer(socket) : Future.<Void>succeededFuture())
                        .compose(yes -> greet(hello, socket))
                        .onComplete(told -> socket.close()))
                .timeout(millis, TimeUnit.MILLISECONDS);
    }

    private static Future<Optional<String>> greet(Buffer hello, NetSocket socket) {
        Promise<Optional<String>> told = Promise.promise();
        var answer = Buffer.buffer();
        socket.handler(bytes -> {
                    answer.appendBuffer(bytes);
                    if (OldHello.isTold(answer)) {
                        told.tryComplete(OldHello.version(answer));
                    }
                })
                .exceptionHandler(told::tryFail)
                .closeHandler(closed -> told.tryComplete(Optional.empty()));
        socket.write(hello);
        return told.future();
    }

    Future<Void> close() {
        return client.close();
    }

    private Future<Void> shake(X509TrustManager trust, String verification, Duration limit) {
        long millis = Math.max(1, limit.toMillis());
        var tls = new ClientSSLOptions()
                .setTrustOptions(TrustOptions.wrap(trust))
                .setHostnameVerificationAlgorithm(verification);
        var connect = address(millis).setSniServerName(serverName());
        return (target.isPostgres()
                        ? asked(connect, tls)
                        : client.connect(connect.setSsl(true).setSslOptions(tls)))
                .compose(NetSocket::close)
                .timeout(millis, TimeUnit.MILLISECONDS);
    }

    private ConnectOptions address(long millis) {
        return new ConnectOptions()
                .setHost(target.host())
                .setPort(target.port())
                .setTimeout((int) Math.max(1, millis * CONNECT_SHARE));
    }

    private Future<NetSocket> asked(ConnectOptions connect, ClientSSLOptions tls) {
        return client.connect(connect)
                .compose(socket -> answer(socket)
                        .compose(yes -> socket.upgradeToSsl(tls, serverName()))
                        .map(socket));
    }

    /** Fails unless a Postgres says yes to TLS. */
    private static Future<Void> answer(NetSocket socket) {
        Promise<Void> answer = Promise.promise();
        socket.handler(bytes -> {
                    if (bytes.length() == 1 && bytes.getByte(0) == 'S') {
                        answer.tryComplete();
                    } else {
                        answer.tryFail(new TlsFault.Refused());
                    }
                })
                .exceptionHandler(answer::tryFail)
                .closeHandler(closed -> answer.tryFail("closed"));
        socket.write(POSTGRES_REQUEST);
        return answer.future();
    }

    /** A certificate is chosen by name only where there is one: an address is no server name. */
    private @Nullable String serverName() {
        var host = target.name();
        return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host) ? null : host;
    }
}
