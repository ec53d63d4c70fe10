package dev.koda.checks.postgres;

import dev.koda.checks.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Looks at name, port and TLS with a connection that nobody logs in on. */
final class Inspection {
    private final Ladder ladder;
    private final Vertx vertx;
    private final BiConsumer<Rung, Outcome> passed;
    private final NameLookup name;
    private final Connector connector;
    private final Handshake handshake;
    private volatile @Nullable Reached reached;

    Inspection(Ladder ladder, Vertx vertx, Duration limit, BiConsumer<Rung, Outcome> passed) {
        this.ladder = ladder;
        this.vertx = vertx;
        this.passed = passed;
        name = new NameLookup(ladder.options.host(), ladder.found.get());
        connector = new Connector(ladder.options, vertx, ladder.time, limit);
        handshake = new Handshake(ladder, vertx);
    }

    /** Tells of each rung that holds; fails with {@link BrokenRung} at the first that does not. */
    Future<Void> run() {
        return name.find(vertx)
                .compose(this::connect)
                .compose(this::secure)
                .onFailure(broken -> ladder.memory.isNotStarting());
    }

    /** Where the server was found, once all three rungs hold. */
    @Nullable
    Reached reached() {
        return reached;
    }

    Future<Void> close() {
        return connector.close();
    }

    private Future<NetSocket> connect(List<InetSocketAddress> addresses) {
        passed.accept(Rung.DNS, name.outcome(addresses));
        long begin = ladder.time.nanos();
        return connector.connect(addresses).compose(socket -> {
            long millis = millisSince(begin);
            var best = millis > slow().toMillis() ? again(socket, millis) : Future.succeededFuture(millis);
            return best.map(each -> {
                passed.accept(Rung.TCP, connected(each));
                return socket;
            });
        });
    }

    /** The better of two: in the first one a command may load its classes, or a packet may have been lost. */
    private Future<Long> again(NetSocket socket, long millis) {
        // What the server says meanwhile is for the handshake.
        socket.pause();
        long begin = ladder.time.nanos();
        return connector
                .connectAgain(socket.remoteAddress(), millis)
                .map(done -> Math.min(millis, millisSince(begin)))
                .otherwise(millis)
                .onComplete(done -> socket.resume());
    }

    private Future<Void> secure(NetSocket socket) {
        return handshake.with(socket).map(secured -> {
            reached = secured.reached();
            passed.accept(Rung.TLS, secured.outcome());
            return null;
        });
    }

    private long millisSince(long beginNanos) {
        return (ladder.time.nanos() - beginNanos) / 1_000_000;
    }

    private Duration slow() {
        return ladder.options.thresholds().slowConnect();
    }

    private Outcome connected(long millis) {
        return Latency.judge(ladder.options.server() + " accepted a connection", "connect", millis, slow(), null);
    }
}
