package dev.koda.checks.stack;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.network.ControlPlaneOptions;
import dev.koda.checks.network.HostPort;
import dev.koda.checks.network.TimeLimits;
import dev.koda.checks.runtime.controlplane.PlatformNetworkChecks;
import dev.koda.checks.settings.KodaCompose;
import dev.koda.checks.settings.KodaSettings;
import dev.koda.checks.settings.Setting;
import dev.koda.checks.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Koda's sidecars: a target that somebody wrote down is connected to; else, and where it is a name of Koda's compose
 * network, what the control plane says of the sidecar counts.
 */
final class SidecarsPart {
    static final String ID = "runtime.sidecars";

    private static final List<Sidecar> LISTED = List.of(
            Sidecar.of("security", KodaSettings.SECURITY_GRPC_TARGET),
            Sidecar.of("memory", KodaSettings.MEMORY_GRPC_TARGET),
            Sidecar.of("artifact", KodaSettings.ARTIFACT_GRPC_TARGET),
            Sidecar.of("retrieval", KodaSettings.RETRIEVAL_GRPC_TARGET),
            new Sidecar(
                    "runtime-kernel",
                    List.of(KodaSettings.RUNTIME_KERNEL_SOCKET, KodaSettings.RUNTIME_KERNEL_GRPC_TARGET)));
    /** Of these the control plane says nothing. */
    private static final List<Sidecar> OPTIONAL = List.of(
            Sidecar.of("bot-gateway", KodaSettings.BOT_GATEWAY_GRPC_TARGET),
            Sidecar.of("policy-engine", KodaSettings.POLICY_ENGINE_GRPC_TARGET));

    private final Settings settings;
    private final StackClients clients;
    private final TimeSource time;
    private final ComposeNetwork network;

    SidecarsPart(Settings settings, StackClients clients, TimeSource time, ComposeNetwork network) {
        this.settings = settings;
        this.clients = clients;
        this.time = time;
        this.network = network;
    }

    /**
     * @param malformed why the control plane cannot be asked, if it cannot
     */
    void addTo(Composition composition, ControlPlaneOptions controlPlane, Optional<String> malformed) {
        for (var sidecar : LISTED) {
            var target = target(sidecar);
            if (sidecar.setting(settings).isPresent() && !isInside(target)) {
                addNamed(composition, sidecar, target);
            } else if (malformed.isPresent()) {
                skip(composition, sidecar, malformed.get());
            } else {
                var spec = PlatformNetworkChecks.sidecar(sidecar.name(), controlPlane, limits(), clients.http());
                composition.add(CommandLines.with(spec, CommandLines.curl(controlPlane.healthUrl())));
            }
        }
        for (var sidecar : OPTIONAL) {
            if (sidecar.setting(settings).isPresent()) {
                addNamed(composition, sidecar, target(sidecar));
            } else {
                skip(composition, sidecar, sidecar.settings().get(0).name() + " is not set");
            }
        }
    }

    private Optional<GrpcTarget> target(Sidecar sidecar) {
        return sidecar.setting(settings).flatMap(settings::get).flatMap(GrpcTarget::parse);
    }

    private static boolean isInside(Optional<GrpcTarget> target) {
        return target.map(GrpcTarget::address)
                .filter(address -> KodaCompose.isServiceName(address.host()))
                .isPresent();
    }

    private void addNamed(Composition composition, Sidecar sidecar, Optional<GrpcTarget> target) {
        var setting = sidecar.setting(settings).orElseThrow().name();
        var address = target.map(GrpcTarget::address);
        if (target.isEmpty()) {
            skip(composition, sidecar, setting + " is neither host:port nor the path of a socket");
        } else if (address.isPresent()) {
            connecting(sidecar.name(), address.get())
                    .forEach(spec -> composition.add(SettingHint.address(spec, setting)));
        } else {
            Path socket = target.map(GrpcTarget::socket).orElseThrow();
            composition.add(PlatformNetworkChecks.sidecar(sidecar.name(), socket, setting, limits(), time));
        }
    }

    private List<CheckSpec> connecting(String name, HostPort address) {
        var spec = PlatformNetworkChecks.sidecar(name, address, limits(), clients::vertx, time);
        var line = CommandLines.port(address.host(), address.port());
        return network.explain(
                List.of(CommandLines.with(spec, line)), address.host(), "docker compose ps " + address.host());
    }

    private TimeLimits limits() {
        return settings.limits(ID)
                .map(given -> new TimeLimits(
                        millis(given.warn()), Double.isFinite(given.fail()) ? millis(given.fail()) : null))
                .orElse(PlatformNetworkChecks.SIDECAR_SLOW);
    }

    private static Duration millis(double count) {
        return Duration.ofNanos((long) (count * 1e6));
    }

    private static void skip(Composition composition, Sidecar sidecar, String why) {
        composition.skip(new Skip(new CheckId(ID, sidecar.name()), why, Set.of(Suite.DOCTOR)));
    }

    /**
     * One of them.
     *
     * @param name of its service in Koda's compose file
     * @param settings where its target may stand, the one that Koda prefers first
     */
    private record Sidecar(String name, List<Setting<String>> settings) {
        static Sidecar of(String name, Setting<String> setting) {
            return new Sidecar(name, List.of(setting));
        }

        /** The one that counts, if one is set. */
        Optional<Setting<String>> setting(Settings values) {
            return settings.stream()
                    .filter(setting -> values.get(setting).isPresent())
                    .findFirst();
        }
    }
}
