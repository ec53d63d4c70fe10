package dev.koda.checks.runtime.controlplane;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.network.ControlPlaneOptions;
import dev.koda.checks.network.HostPort;
import dev.koda.checks.network.HttpFetch;
import dev.koda.checks.network.ServiceChecks;
import dev.koda.checks.network.TimeLimits;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Makes the checks of a Koda platform that ask over the network. They read and change nothing, and are for the doctor.
 * What asks the control plane depends on {@code control-plane.reachable} and looks at the answer that check got.
 */
public final class PlatformNetworkChecks {
    /** How long an answer of a sidecar may take: half of what Koda's own probe waits. */
    public static final TimeLimits SIDECAR_SLOW = new TimeLimits(Duration.ofMillis(500), null);

    /** The time-outs leave the check's own I/O limit, which is 100 ms shorter, at 5 s and 2 s. */
    private static final Duration FIVE_SECONDS_OF_IO = Duration.ofMillis(5100);

    private static final Duration TWO_SECONDS_OF_IO = Duration.ofMillis(2100);

    private PlatformNetworkChecks() {}

    /**
     * {@code runtime.workers} of those that the control plane lists. Of each that lives {@code /ready} is asked; where its
     * address leads nowhere from here, what the control plane says of it counts.
     */
    public static CheckSpec workers(ControlPlaneOptions controlPlane, HttpFetch http) {
        // A black-holed address of Koda's own network must not hold up the report for as long as a target of ours may.
        return workers()
                .dependsOn("control-plane.reachable")
                .timeout(TWO_SECONDS_OF_IO)
                .run(new ListedWorkersCheck(new ControlPlaneList(controlPlane, http, "workers"), http));
    }

    /**
     * {@code runtime.workers} at these addresses, without a control plane: each must answer.
     *
     * @param bases such as {@code http://10.0.0.5:8080}; {@code /ready} is put in the place of their path
     * @throws IllegalArgumentException if one is not an http or https URL
     */
    public static CheckSpec workers(List<URI> bases, HttpFetch http) {
        return workers().timeout(FIVE_SECONDS_OF_IO).run(new NamedWorkersCheck(bases, http));
    }

    /**
     * {@code runtime.sidecars} of one, by what the control plane says of it.
     *
     * @param name of its service, such as {@code runtime-kernel}
     */
    public static CheckSpec sidecar(String name, ControlPlaneOptions controlPlane, TimeLimits limits, HttpFetch http) {
        return sidecar(name)
                .dependsOn("control-plane.reachable")
                .timeout(FIVE_SECONDS_OF_IO)
                .run(new ListedSidecarCheck(name, limits, new ControlPlaneList(controlPlane, http, "sidecars")));
    }

    /**
     * {@code runtime.sidecars} of one at an address: does it take a connection?
     *
     * @param vertx asked when the check runs, must give the same instance each time
     */
    public static CheckSpec sidecar(
            String name, HostPort target, TimeLimits limits, Supplier<Vertx> vertx, TimeSource time) {
        return sidecar(name).timeout(FIVE_SECONDS_OF_IO).run(ServiceChecks.tcp(target, limits, vertx, time));
    }

    /**
     * {@code runtime.sidecars} of one at a socket of this host: does it take a connection?
     *
     * @param setting where the path stands, for the hint
     */
    public static CheckSpec sidecar(String name, Path socket, String setting, TimeLimits limits, TimeSource time) {
        return sidecar(name).blocking(new SocketCheck(socket, setting, limits, time));
    }

    /**
     * {@code runtime.onboarding}: how far the platform is set up, by what its control plane says.
     *
     * @param setup where a person goes on with it
     */
    public static CheckSpec onboarding(ControlPlaneOptions controlPlane, URI setup, HttpFetch http) {
        return spec("runtime.onboarding", "Platform is set up")
                .dependsOn("control-plane.reachable")
                .timeout(FIVE_SECONDS_OF_IO)
                .run(new OnboardingCheck(controlPlane, setup, http));
    }

    private static CheckSpec.Builder workers() {
        return spec("runtime.workers", "Workers are ready");
    }

    private static CheckSpec.Builder sidecar(String name) {
        return spec("runtime.sidecars", "Sidecar answers").instance(name);
    }

    private static CheckSpec.Builder spec(String id, String title) {
        return CheckSpec.of(id).documented().title(title).in(Suite.DOCTOR);
    }
}
