package dev.koda.checks.postgres;

import dev.koda.checks.TimeSource;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/** Connects to the first address of a host that accepts, each with its share of the time that is left. */
final class Connector {
    private enum Refusal {
        NO_ROUTE,
        REFUSED,
        TIMED_OUT;

        static Refusal of(Throwable failure) {
            if (failure instanceof ConnectTimeoutException) {
                return TIMED_OUT;
            }
            return failure instanceof ConnectException ? REFUSED : NO_ROUTE;
        }
    }

    private final PostgresOptions options;
    private final TimeSource time;
    private final Duration limit;
    private final long startedNanos;
    private final NetClient client;

    Connector(PostgresOptions options, Vertx vertx, TimeSource time, Duration limit) {
        this.options = options;
        this.time = time;
        this.limit = limit;
        startedNanos = time.nanos();
        client = vertx.createNetClient();
    }

    /** A connection, whose remote address carries the host's name; fails with {@link BrokenRung}. */
    Future<NetSocket> connect(List<InetSocketAddress> addresses) {
        return connect(addresses, 0, Refusal.NO_ROUTE);
    }

    Future<NetSocket> connect(SocketAddress address) {
        return client.connect(address);
    }

    /**
     * Connects once more to where it has, and hangs up. Gives up after as many milliseconds as the first time took, and
     * long before the end of the attempt: there is nothing to win any more.
     */
    Future<Void> connectAgain(SocketAddress address, long millis) {
        var connect = new ConnectOptions().setRemoteAddress(address).setTimeout((int)
                Math.max(1, Math.min(millis, share(2))));
        return client.connect(connect).compose(NetSocket::close);
    }

    Future<Void> close() {
        return client.close();
    }

    private Future<NetSocket> connect(List<InetSocketAddress> addresses, int index, Refusal worst) {
        if (index == addresses.size()) {
            return Future.failedFuture(broken(worst));
        }
        var connect = new ConnectOptions()
                .setRemoteAddress(named(addresses.get(index)))
                .setTimeout(share(addresses.size() - index));
        return client.connect(connect).recover(failure -> {
            var refusal = Refusal.of(failure);
            return connect(addresses, index + 1, refusal.compareTo(worst) > 0 ? refusal : worst);
        });
    }

    private int share(int addressesLeft) {
        long left = limit.toNanos() - (time.nanos() - startedNanos);
        return (int) Math.max(1, left / addressesLeft / 1_000_000);
    }

    private SocketAddress named(InetSocketAddress address) {
        int port = address.getPort() == 0 ? options.port() : address.getPort();
        try {
            var named = InetAddress.getByAddress(
                    options.host(), address.getAddress().getAddress());
            return SocketAddress.inetSocketAddress(new InetSocketAddress(named, port));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address of another length than its own", impossible);
        }
    }

    private BrokenRung broken(Refusal refusal) {
        return switch (refusal) {
            case TIMED_OUT -> new BrokenRung(Rung.TCP.silence(options, limit));
            case REFUSED ->
                BrokenRung.of(
                        "connection_refused",
                        options.server() + " refuses connections: nothing listens there",
                        "start Postgres, or correct host and port; see its listen_addresses");
            case NO_ROUTE ->
                BrokenRung.of(
                        "no_route",
                        "there is no route to " + options.server(),
                        "see the network and the firewall between this host and the server");
        };
    }
}
