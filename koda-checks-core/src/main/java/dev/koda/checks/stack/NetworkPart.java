package dev.koda.checks.stack;

import dev.koda.checks.TimeSource;
import dev.koda.checks.network.ClockLimits;
import dev.koda.checks.network.DatabaseClock;
import dev.koda.checks.network.NetworkChecks;
import dev.koda.checks.settings.KodaCompose;
import dev.koda.checks.settings.KodaSettings;
import dev.koda.checks.settings.Limits;
import dev.koda.checks.settings.OwnSettings;
import dev.koda.checks.settings.Setting;
import dev.koda.checks.settings.Settings;
import io.netty.util.NetUtil;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Names and clocks of the servers that the settings name on other hosts, each once. */
final class NetworkPart {
    private static final Limits LOOK_UP = new Limits(1000, 5000);

    private final Settings settings;
    private final StackClients clients;
    private final TimeSource time;

    private final PostgresPart postgres;

    NetworkPart(Settings settings, StackClients clients, TimeSource time, PostgresPart postgres) {
        this.settings = settings;
        this.clients = clients;
        this.time = time;
        this.postgres = postgres;
    }

    void addTo(Composition composition) {
        addNames(composition);
        addClock(
                composition,
                peers(List.of(
                        OwnSettings.WEB_PUBLIC_BASE_URL,
                        KodaSettings.CONTROL_PLANE_BASE_URL,
                        KodaSettings.KNOWLEDGE_V2_S3_ENDPOINT_URL)));
    }

    /** The hosts that are looked up; what has its own check of the name, Postgres, is not looked up a second time. */
    List<String> names() {
        var peers = peers(List.of(
                OwnSettings.WEB_PUBLIC_BASE_URL,
                OwnSettings.KODA_OPERATIONS_URL,
                KodaSettings.CONTROL_PLANE_BASE_URL,
                KodaSettings.KNOWLEDGE_V2_S3_ENDPOINT_URL));
        return peers.stream()
                .map(NetworkPart::host)
                .filter(host -> !isAddress(host))
                .distinct()
                .toList();
    }

    private void addNames(Composition composition) {
        var hosts = names();
        if (hosts.isEmpty()) {
            composition.skip("no URL names another host by name", "network.dns");
        }
        var limits = settings.limits("network.dns").orElse(LOOK_UP);
        for (var host : hosts) {
            var spec = NetworkChecks.dns(host, millis(limits.warn()), millis(limits.fail()), clients::vertx, time);
            composition.add(CommandLines.with(spec, CommandLines.addresses(host)));
        }
    }

    private void addClock(Composition composition, List<URI> peers) {
        var database = databaseClock().orElse(null);
        if (peers.isEmpty() && database == null) {
            composition.skip("no setting names another host, and this one has but one clock", "network.clock");
            return;
        }
        var limits = settings.limits("network.clock")
                .map(some -> new ClockLimits(some.warn(), some.fail()))
                .orElse(ClockLimits.DEFAULT);
        // Where nobody else tells the time, a Postgres that is down is its own check's concern.
        var after = peers.isEmpty() ? new String[] {"postgres.round-trip"} : new String[0];
        composition.add(NetworkChecks.clock(peers, database, limits, clients.http(), time, after));
    }

    /** The clock of the stack's Postgres if that is on another host. */
    private Optional<DatabaseClock> databaseClock() {
        return postgres.found()
                .filter(found -> isElsewhere(found.dsn().host().name().toLowerCase(Locale.ROOT)))
                .map(found -> new DatabaseClock(
                        found.dsn().host().toString(), found.checks().queries()));
    }

    /**
     * The root of each server on another host. Services of Koda's compose file are left out: they share this host's clock,
     * and those who use them say whether their names resolve.
     */
    private List<URI> peers(List<Setting<URI>> named) {
        var peers = new LinkedHashMap<String, URI>();
        named.stream()
                .map(settings::get)
                .flatMap(Optional::stream)
                .filter(url -> isElsewhere(host(url)))
                .forEach(url -> peers.putIfAbsent(host(url) + ":" + url.getPort(), root(url)));
        return List.copyOf(peers.values());
    }

    private static boolean isElsewhere(String host) {
        return !isHere(host) && !KodaCompose.isServiceName(host);
    }

    private static URI root(URI url) {
        var port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return URI.create(url.getScheme() + "://" + url.getHost() + port + "/");
    }

    private static String host(URI url) {
        var host = url.getHost().toLowerCase(Locale.ROOT);
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static boolean isAddress(String host) {
        return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
    }

    /** Every address of 127.0.0.0/8, ::1, and the name that RFC 6761 keeps for them. */
    private static boolean isHere(String host) {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.equals("::1")
                || (NetUtil.isValidIpV4Address(host) && host.startsWith("127."));
    }

    private static Duration millis(double count) {
        return Duration.ofNanos((long) (count * 1e6));
    }
}
