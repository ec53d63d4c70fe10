package dev.koda.checks.network;

import dev.koda.checks.Check;
import dev.koda.checks.TimeSource;
import io.vertx.core.Vertx;
import java.util.Set;
import java.util.function.Supplier;

/** Makes checks of any service: a {@code CheckSpec} gives them their id, suites and time-out. None of them blocks. */
public final class ServiceChecks {
    private ServiceChecks() {}

    /**
     * Sends a request and holds the answer against what is expected.
     *
     * @param target where to, and which redirects are followed
     * @param request its headers are sent within the origin of the target only
     */
    public static Check http(
            HttpTarget target, HttpRequest request, HttpExpectation expected, TimeLimits limits, HttpFetch http) {
        return new HttpCheck(target.sending(request), expected, limits, http);
    }

    /**
     * Connects to a port and hangs up.
     *
     * @param vertx asked when the check runs, must give the same instance each time
     */
    public static Check tcp(HostPort target, TimeLimits limits, Supplier<Vertx> vertx, TimeSource time) {
        return new TcpCheck(target, limits, vertx, time);
    }

    /**
     * Looks a name up as a connection would.
     *
     * @param expected addresses as numbers that must be among those found; empty if any will do
     * @param vertx asked when the check runs, must give the same instance each time
     */
    public static Check dns(
            String host, Set<String> expected, TimeLimits limits, Supplier<Vertx> vertx, TimeSource time) {
        return new ResolveCheck(host, expected, limits, vertx, time);
    }
}
