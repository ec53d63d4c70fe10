package dev.koda.checks.postgres;

import dev.koda.checks.Outcome;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DnsErrorCauseException;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds all addresses of a host through Vert.x's resolver, which reads the hosts file and never blocks. */
final class NameLookup {
    private final String host;
    private final @Nullable FoundServer elsewhere;

    /**
     * @param elsewhere where the server was found in another way; null to look the name up
     */
    NameLookup(String host, @Nullable FoundServer elsewhere) {
        this.host = host;
        this.elsewhere = elsewhere;
    }

    /** The addresses, at least one, with a port of 0 for that of the options; fails with {@link BrokenRung}. */
    Future<List<InetSocketAddress>> find(Vertx vertx) {
        if (elsewhere != null) {
            return Future.succeededFuture(List.of(elsewhere.address()));
        }
        Promise<List<InetSocketAddress>> found = Promise.promise();
        ((VertxInternal) vertx).nameResolver().resolveAll(host, found::handle);
        return found.future().recover(failure -> Future.failedFuture(broken(failure)));
    }

    Outcome outcome(List<InetSocketAddress> addresses) {
        if (elsewhere != null) {
            return Outcome.pass(host + " is " + elsewhere.what() + ", reached from here at " + elsewhere.shown());
        }
        if (NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host)) {
            return Outcome.pass(host + " is an address and needs no look-up");
        }
        int count = addresses.size();
        return Outcome.pass(host + " has " + count + (count == 1 ? " address" : " addresses"));
    }

    private BrokenRung broken(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            boolean isNoAnswer = cause instanceof DnsNameResolverTimeoutException
                    || (cause instanceof DnsErrorCauseException error
                            && !DnsResponseCode.NXDOMAIN.equals(error.getCode()));
            if (isNoAnswer) {
                return BrokenRung.of(
                        "dns_timeout",
                        "the DNS servers gave no answer for " + host,
                        "see whether this host reaches its DNS servers");
            }
        }
        return BrokenRung.of(
                "dns_not_found",
                host + " has no address",
                "correct the host name, or add it to DNS or the hosts file; names of containers only resolve inside their network");
    }
}
