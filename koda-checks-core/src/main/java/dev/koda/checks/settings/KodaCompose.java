package dev.koda.checks.settings;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * What Koda's compose file fixes: names that only resolve inside its network. A check that meets one on the host warns
 * with {@code compose_network_only} instead of reporting a broken name.
 */
public final class KodaCompose {
    private static final Set<String> SERVICES = Set.of(
            "app",
            "web",
            "security",
            "memory",
            "artifact",
            "retrieval",
            "runtime-kernel",
            "postgres",
            "seaweedfs",
            "seaweedfs-init",
            "policy-engine",
            "bot-gateway",
            "prometheus",
            "grafana",
            "tempo");

    private KodaCompose() {}

    /** True if the host is the name of a service in Koda's compose files. */
    public static boolean isServiceName(String host) {
        return SERVICES.contains(host.toLowerCase(Locale.ROOT));
    }

    /** True if the host of the URL is such a name. */
    public static boolean isServiceName(URI url) {
        return url.getHost() != null && isServiceName(url.getHost());
    }
}
