package dev.koda.checks.network;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Does a name have an address, and the one that it should have? */
final class ResolveCheck implements Check {
    private final String host;
    private final Set<String> expected;
    private final TimeLimits limits;
    private final Supplier<Vertx> vertx;
    private final TimeSource time;

    ResolveCheck(String host, Set<String> expected, TimeLimits limits, Supplier<Vertx> vertx, TimeSource time) {
        this.host = host;
        this.expected = new TreeSet<>(expected);
        this.limits = limits;
        this.vertx = vertx;
        this.time = time;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        long startNanos = time.nanos();
        var limit = context.ioTimeout();
        Promise<List<InetSocketAddress>> found = Promise.promise();
        ((VertxInternal) vertx.get()).nameResolver().resolveAll(host, found::handle);
        return found.future()
                .timeout(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS)
                .map(addresses -> judge(addresses, Duration.ofNanos(time.nanos() - startNanos)))
                .recover(failure -> Future.succeededFuture(broken(failure)))
                .toCompletionStage();
    }

    private Outcome judge(List<InetSocketAddress> addresses, Duration took) {
        var seen = addresses.stream()
                .map(address -> address.getAddress().getHostAddress())
                .collect(Collectors.toCollection(TreeSet::new));
        var missing = new TreeSet<>(expected);
        missing.removeAll(seen);
        if (!missing.isEmpty()) {
            return Outcome.fail(
                            host + " leads to " + String.join(", ", seen) + ", expected " + String.join(", ", missing))
                    .reason("dns_unexpected")
                    .hint("correct the record, or wait for the old one to expire");
        }
        return limits.judge(host, took, host + " leads to " + String.join(", ", seen));
    }

    private Outcome broken(Throwable failure) {
        return isNoAnswer(failure)
                ? Outcome.fail("the DNS servers gave no answer for " + host)
                        .reason("dns_timeout")
                        .hint("see whether this host reaches its DNS servers")
                : Outcome.fail(host + " has no address")
                        .reason("dns_not_found")
                        .hint("correct the host name, or add it to DNS or the hosts file");
    }

    private static boolean isNoAnswer(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            boolean isNoAnswer = cause instanceof TimeoutException
                    || cause instanceof DnsNameResolverTimeoutException
                    || (cause instanceof DnsErrorCauseException error
                            && !DnsResponseCode.NXDOMAIN.equals(error.getCode()));
            if (isNoAnswer) {
                return true;
            }
        }
        return false;
    }
}
