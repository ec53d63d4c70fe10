package dev.koda.checks.network;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the checks over the network. */
public final class NetworkChecks {
    /** What a visitor notices as slow; also half of the time from which a page counts as broken. */
    public static final Duration DASHBOARD_SLOW = Duration.ofSeconds(2);

    /** The time-outs leave the check's own I/O limit, which is 100 ms shorter, at 5 s. */
    private static final Duration FIVE_SECONDS_OF_IO = Duration.ofMillis(5100);

    private NetworkChecks() {}

    /**
     * {@code dashboard.reachable}: opens the dashboard as a browser does, in 5 s at most.
     *
     * @param url http or https; userinfo is sent as basic authentication and never printed
     * @param slow warns above this; {@link #DASHBOARD_SLOW} is the default
     * @throws IllegalArgumentException if it is no such URL
     */
    public static CheckSpec dashboard(URI url, Duration slow, HttpFetch http) {
        return CheckSpec.of("dashboard.reachable")
                .documented()
                .title("Dashboard opens")
                .in(Suite.DOCTOR)
                .timeout(FIVE_SECONDS_OF_IO)
                .run(new DashboardCheck(url, http, slow));
    }

    /**
     * {@code network.dns}: looks a host name up.
     *
     * @param slow warns above this
     * @param stuck fails above this
     * @param vertx asked when the check runs, never here
     */
    public static CheckSpec dns(String host, Duration slow, Duration stuck, Supplier<Vertx> vertx, TimeSource time) {
        return CheckSpec.of("network.dns")
                .documented()
                .instance(host)
                .title("Name resolves")
                .in(Suite.DOCTOR)
                .timeout(FIVE_SECONDS_OF_IO)
                .run(new DnsCheck(host, new DnsCheck.Limits(slow, stuck), vertx, time));
    }

    /**
     * {@code network.clock}: compares our clock with those of servers.
     *
     * @param peers http or https, at least one; of each one GET, in parallel
     */
    public static CheckSpec clock(List<URI> peers, ClockLimits limits, HttpFetch http, TimeSource time) {
        return clock(peers, null, limits, http, time);
    }

    /**
     * The same, and with that of a Postgres.
     *
     * @param peers may be empty if there is a Postgres
     * @param database asked with one query, beside the others; null if there is none
     * @param after the checks without which this is not run
     */
    public static CheckSpec clock(
            List<URI> peers,
            @Nullable DatabaseClock database,
            ClockLimits limits,
            HttpFetch http,
            TimeSource time,
            String... after) {
        return CheckSpec.of("network.clock")
                .documented()
                .dependsOn(after)
                .title("Clock is right")
                .in(Suite.DOCTOR)
                .timeout(FIVE_SECONDS_OF_IO)
                .run(new ClockCheck(peers, database, limits, http, time));
    }

    /** {@code control-plane.reachable}: asks its health and, where there is a token, whether it accepts it. */
    public static CheckSpec controlPlane(ControlPlaneOptions options, HttpFetch http) {
        return CheckSpec.of("control-plane.reachable")
                .documented()
                .title("Control plane answers")
                .in(Suite.DOCTOR)
                .timeout(FIVE_SECONDS_OF_IO)
                .run(new ControlPlaneCheck(options, http));
    }
}
