package dev.koda.checks.testing;

import io.netty.channel.ChannelOption;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a check and its server on a loopback port and breaks what passes, one way at a time, so that a test
 * has the faults of a real network. Starts as a plain proxy. Thread-safe; needs {@code vertx-core}.
 */
public final class FaultProxy {
    /** What happens to the bytes on their way back; the way to the server is never touched. */
    private enum Mode {
        PASS_THROUGH,
        BLACK_HOLE,
        RESET,
        DELAY
    }

    private record Fault(Mode mode, long bytes, Duration delay) {}

    private static final String LOOPBACK = "127.0.0.1";
    private static final int HOLD_ATTEMPTS = 200;
    private static final int HOLD_PAUSE_MILLIS = 10;
    private static final byte[] LOOPBACK_BYTES = {127, 0, 0, 1};

    private final Vertx vertx;
    private final String host;
    private final int targetPort;
    private final NetClient client;
    private final Set<NetSocket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicLong answered = new AtomicLong();
    private volatile Fault fault = new Fault(Mode.PASS_THROUGH, 0, Duration.ZERO);
    private volatile @Nullable NetServer server;
    private volatile @Nullable SocketChannel held;
    private volatile int port;

    private FaultProxy(Vertx vertx, String host, int targetPort) {
        this.vertx = vertx;
        this.host = host;
        this.targetPort = targetPort;
        client = vertx.createNetClient();
    }

    /** A proxy before {@code host:port}, listening on a free port of 127.0.0.1. */
    public static Future<FaultProxy> listen(Vertx vertx, String host, int port) {
        var proxy = new FaultProxy(vertx, host, port);
        return proxy.listen().map(proxy);
    }

    /** Where it listens; stays the same for its life. */
    public int port() {
        return port;
    }

    /** How many connections it has accepted so far. */
    public int accepted() {
        return accepted.get();
    }

    /** How many bytes of answers have come from the server so far, passed on or not. */
    public long answered() {
        return answered.get();
    }

    /** How many accepted connections are open now. */
    public int open() {
        return sockets.size();
    }

    /** Passes everything, from now on, on old connections too. */
    public Future<Void> passThrough() {
        return set(new Fault(Mode.PASS_THROUGH, 0, Duration.ZERO));
    }

    /** Refuses connections as a closed port does, and ends the open ones. The port stays its own. */
    public Future<Void> refuse() {
        return stop().compose(ignored -> hold());
    }

    /** Accepts connections and never answers, as a stopped process does; old connections fall silent too. */
    public Future<Void> blackHole() {
        return blackHoleAfter(0);
    }

    /** Lets this many bytes of the answers on a connection pass, then falls silent. */
    public Future<Void> blackHoleAfter(long bytes) {
        return set(new Fault(Mode.BLACK_HOLE, bytes, Duration.ZERO));
    }

    /** Lets this many bytes of the answers on a connection pass, then resets it. */
    public Future<Void> resetAfter(long bytes) {
        return set(new Fault(Mode.RESET, bytes, Duration.ZERO));
    }

    /** Holds each piece of an answer back for this long. */
    public Future<Void> delay(Duration each) {
        return set(new Fault(Mode.DELAY, 0, each));
    }

    /** Ends every connection and stops to listen. */
    public Future<Void> close() {
        return stop().eventually(this::release).eventually(client::close);
    }

    private Future<Void> set(Fault next) {
        fault = next;
        return server == null ? release().compose(ignored -> listen()) : Future.succeededFuture();
    }

    private Future<Void> stop() {
        var listening = server;
        server = null;
        sockets.forEach(NetSocket::close);
        return listening == null ? Future.succeededFuture() : listening.close();
    }

    /**
     * Binds the port without listening, so that it refuses. A free port of the ephemeral range would not: another
     * process may be given it, and a client that is given it as its own end connects to itself.
     */
    private Future<Void> hold() {
        return hold(HOLD_ATTEMPTS);
    }

    /** Again for a while: a server of Vert.x may say that it is closed while its socket still listens. */
    private Future<Void> hold(int attempts) {
        return blocking(this::bind)
                .recover(failure -> attempts > 1 && failure instanceof BindException
                        ? vertx.timer(HOLD_PAUSE_MILLIS, TimeUnit.MILLISECONDS).compose(passed -> hold(attempts - 1))
                        : Future.failedFuture(failure));
    }

    private void bind() throws IOException {
        if (held == null) {
            var next = SocketChannel.open();
            try {
                next.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                held = next.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK_BYTES), port));
            } catch (IOException e) {
                next.close();
                throw e;
            }
        }
    }

    private Future<Void> release() {
        return blocking(() -> {
            var bound = held;
            held = null;
            if (bound != null) {
                bound.close();
            }
        });
    }

    private interface Step {
        void run() throws IOException;
    }

    private Future<Void> blocking(Step step) {
        return vertx.executeBlocking(() -> {
            step.run();
            return null;
        });
    }

    private Future<Void> listen() {
        var next = vertx.createNetServer().connectHandler(this::accept);
        server = next;
        return next.listen(port, LOOPBACK)
                .onSuccess(listening -> port = listening.actualPort())
                .mapEmpty();
    }

    private void accept(NetSocket near) {
        accepted.incrementAndGet();
        sockets.add(near);
        near.pause();
        near.exceptionHandler(ignored -> near.close()).closeHandler(ignored -> sockets.remove(near));
        client.connect(targetPort, host).onSuccess(far -> join(near, far)).onFailure(ignored -> near.close());
    }

    private void join(NetSocket near, NetSocket far) {
        var answers = new Answers(near);
        near.handler(far::write).closeHandler(ignored -> {
            sockets.remove(near);
            far.close();
        });
        far.exceptionHandler(ignored -> far.close()).handler(answers::pass).closeHandler(ignored -> answers.end());
        near.resume();
    }

    /** The way back on one connection; used on the event loop of the server's side. */
    private final class Answers {
        private final NetSocket near;
        private long passed;

        Answers(NetSocket near) {
            this.near = near;
        }

        void pass(Buffer bytes) {
            var now = fault;
            answered.addAndGet(bytes.length());
            switch (now.mode) {
                case PASS_THROUGH -> near.write(bytes);
                case BLACK_HOLE -> passUntil(now.bytes, bytes, () -> {});
                case RESET -> passUntil(now.bytes, bytes, this::reset);
                case DELAY -> later(now.delay, () -> near.write(bytes));
            }
        }

        void end() {
            var now = fault;
            switch (now.mode) {
                case PASS_THROUGH, RESET -> near.close();
                case BLACK_HOLE -> {}
                case DELAY -> later(now.delay, near::close);
            }
        }

        private void passUntil(long limit, Buffer bytes, Runnable then) {
            long rest = Math.max(0, limit - passed);
            passed += bytes.length();
            if (bytes.length() < rest) {
                near.write(bytes);
            } else {
                near.write(bytes.slice(0, (int) rest)).onComplete(written -> then.run());
            }
        }

        /** Without lingering the kernel sends a reset in place of an orderly end. */
        private void reset() {
            ((NetSocketInternal) near)
                    .channelHandlerContext()
                    .channel()
                    .config()
                    .setOption(ChannelOption.SO_LINGER, 0);
            near.close();
        }

        private void later(Duration delay, Runnable action) {
            vertx.setTimer(Math.max(1, delay.toMillis()), ignored -> action.run());
        }
    }
}
