package dev.koda.checks.network;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.Status;
import dev.koda.checks.TimeSource;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DnsErrorCauseException;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Does a host name resolve, and in time? Asks through the resolver that the clients use, which reads the hosts file. */
final class DnsCheck implements Check {
    private final String host;
    private final Limits limits;
    private final Supplier<Vertx> vertx;
    private final TimeSource time;

    /**
     * How long an answer may take.
     *
     * @param slow warns above
     * @param stuck fails above
     */
    record Limits(Duration slow, Duration stuck) {}

    DnsCheck(String host, Limits limits, Supplier<Vertx> vertx, TimeSource time) {
        this.host = host;
        this.limits = limits;
        this.vertx = vertx;
        this.time = time;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        long start = time.nanos();
        Promise<List<InetSocketAddress>> found = Promise.promise();
        context.onCancel(() -> found.tryFail(new TimeoutException()));
        ((VertxInternal) vertx.get()).nameResolver().resolveAll(host, found::handle);
        return found.future()
                .timeout(Math.max(1, context.ioTimeout().toMillis()), TimeUnit.MILLISECONDS)
                .transform(done -> Future.succeededFuture(
                        done.succeeded() ? judge(done.result().size(), start) : broken(done.cause())))
                .toCompletionStage();
    }

    private Outcome judge(int count, long startNanos) {
        long millis = (time.nanos() - startNanos) / 1_000_000;
        var outcome = Outcome.above("look_up", (double) millis, "milliseconds")
                .warn((double) limits.slow.toMillis())
                .fail((double) limits.stuck.toMillis());
        var text = host + " has " + count + (count == 1 ? " address" : " addresses") + ", found in " + millis + " ms";
        if (outcome.status() == Status.PASS) {
            return outcome.message(text);
        }
        var limit = outcome.status() == Status.FAIL ? limits.stuck : limits.slow;
        return outcome.message(text + ", limit " + limit.toMillis() + " ms")
                .reason("slow")
                .hint("see whether the first name server in /etc/resolv.conf answers");
    }

    private Outcome broken(Throwable failure) {
        boolean isNoAnswer = Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(DnsCheck::isNoAnswer);
        return isNoAnswer
                ? Outcome.fail("the name servers gave no answer for " + host)
                        .reason("dns_timeout")
                        .hint("see whether this host reaches the name servers in /etc/resolv.conf")
                : Outcome.fail(host + " has no address")
                        .reason("dns_not_found")
                        .hint("correct the host name, or add it to DNS or the hosts file");
    }

    private static boolean isNoAnswer(Throwable cause) {
        return cause instanceof TimeoutException
                || cause instanceof DnsNameResolverTimeoutException
                || (cause instanceof DnsErrorCauseException error && !DnsResponseCode.NXDOMAIN.equals(error.getCode()));
    }
}
