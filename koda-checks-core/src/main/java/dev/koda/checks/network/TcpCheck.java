package dev.koda.checks.network;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Does a port accept a connection? Says nothing on it, and hangs up. */
final class TcpCheck implements Check {
    /** The limit of the whole ends first, so that a host without an answer has one reason and not two. */
    private static final int CONNECT_LATER_MILLIS = 500;

    private final HostPort target;
    private final TimeLimits limits;
    private final Supplier<Vertx> vertx;
    private final TimeSource time;

    TcpCheck(HostPort target, TimeLimits limits, Supplier<Vertx> vertx, TimeSource time) {
        this.target = target;
        this.limits = limits;
        this.vertx = vertx;
        this.time = time;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        var attempt = new Attempt(vertx.get().createNetClient());
        context.onCancel(attempt::close);
        return attempt.connect(context.ioTimeout()).toCompletionStage();
    }

    /** One connection; holds its client, which would be closed in mid-connect if nobody did. */
    private final class Attempt {
        private final NetClient client;
        private final long startNanos = time.nanos();

        Attempt(NetClient client) {
            this.client = client;
        }

        Future<Outcome> connect(Duration limit) {
            int millis = (int) Math.max(1, limit.toMillis());
            var options = new ConnectOptions()
                    .setHost(target.host())
                    .setPort(target.port())
                    .setTimeout(millis + CONNECT_LATER_MILLIS);
            return client.connect(options)
                    .map(this::connected)
                    .timeout(millis, TimeUnit.MILLISECONDS)
                    .recover(failure ->
                            Future.succeededFuture(HttpFault.of(failure).outcome(target, limit)))
                    .onComplete(done -> close());
        }

        private Outcome connected(NetSocket socket) {
            var took = Duration.ofNanos(time.nanos() - startNanos);
            socket.close();
            return limits.judge(target, took, target + " accepts connections");
        }

        void close() {
            client.close();
        }
    }
}
