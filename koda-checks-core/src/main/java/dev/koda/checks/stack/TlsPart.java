package dev.koda.checks.stack;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.TimeSource;
import dev.koda.checks.settings.CheckKind;
import dev.koda.checks.settings.KodaSettings;
import dev.koda.checks.settings.OwnSettings;
import dev.koda.checks.settings.PostgresDsn;
import dev.koda.checks.settings.Setting;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.tls.TlsChecks;
import dev.koda.checks.tls.TlsOptions;
import dev.koda.checks.tls.TlsTarget;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The certificates of whatever the settings reach over TLS, each server once, and those in files. */
final class TlsPart {
    private static final int HTTPS = 443;

    private final Settings settings;
    private final StackClients clients;
    private final TimeSource time;
    private final ComposeNetwork network;
    private final List<String> lookedUp;
    private final Map<String, TlsTarget> targets = new LinkedHashMap<>();

    /**
     * @param lookedUp the hosts that {@code network.dns} has: where that fails, there is no certificate to look at
     */
    TlsPart(Settings settings, StackClients clients, TimeSource time, ComposeNetwork network, List<String> lookedUp) {
        this.lookedUp = lookedUp;
        this.settings = settings;
        this.clients = clients;
        this.time = time;
        this.network = network;
    }

    void addTo(Composition composition) {
        collect();
        var options = options();
        if (targets.isEmpty() && options.files().isEmpty()) {
            composition.skip(
                    "no https URL, no sslmode that asks for TLS and no certificate file is configured",
                    "tls.certificate");
            return;
        }
        targets.values().forEach(target -> composition.add(check(target, options)));
        if (!options.files().isEmpty()) {
            composition.add(TlsChecks.files(OwnSettings.KODA_TLS_CERTIFICATES.name(), options, time));
        }
    }

    private void collect() {
        for (var setting : List.of(
                OwnSettings.WEB_PUBLIC_BASE_URL,
                OwnSettings.KODA_OPERATIONS_URL,
                KodaSettings.CONTROL_PLANE_BASE_URL,
                KodaSettings.KNOWLEDGE_V2_S3_ENDPOINT_URL,
                OwnSettings.KODA_BACKUP_S3_ENDPOINT_URL)) {
            collect(setting);
        }
        settings
                .get(KodaSettings.KNOWLEDGE_V2_POSTGRES_DSN)
                .filter(dsn -> dsn.sslMode().compareTo(PostgresDsn.SslMode.REQUIRE) >= 0)
                .map(PostgresDsn::hosts)
                .orElse(List.of())
                .stream()
                .filter(host -> !host.isSocket())
                .forEach(host -> add(TlsTarget.postgres(host.name(), host.port())));
    }

    private void collect(Setting<URI> setting) {
        settings.get(setting)
                .filter(url -> "https".equals(url.getScheme().toLowerCase(Locale.ROOT)))
                .ifPresent(url -> add(TlsTarget.of(bare(url.getHost()), url.getPort() < 0 ? HTTPS : url.getPort())));
    }

    private void add(TlsTarget target) {
        targets.putIfAbsent(target.instance(), target);
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private List<CheckSpec> check(TlsTarget target, TlsOptions options) {
        var name = target.host().toLowerCase(Locale.ROOT);
        var after = lookedUp.contains(name) ? new CheckId[] {new CheckId("network.dns", name)} : new CheckId[0];
        var spec = TlsChecks.server(target, options, clients::vertx, time, after);
        var line = CommandLines.certificates(target);
        return network.explain(
                List.of(CommandLines.with(spec, line)),
                target.host(),
                "openssl",
                "s_client",
                "-connect",
                "127.0.0.1:" + target.port());
    }

    private TlsOptions options() {
        var options = trusting(settings)
                .files(settings.get(OwnSettings.KODA_TLS_CERTIFICATES).orElse(List.of()))
                .keys(settings.get(OwnSettings.KODA_TLS_KEY_FILES).orElse(List.of()));
        var limits = settings.limits("tls.certificate");
        return limits.isPresent()
                ? options.days(limits.get().warn(), limits.get().fail())
                : options;
    }

    /** What a check of koda.yaml looks at. */
    static TlsTarget target(CheckKind.Tls tls) {
        var target = TlsTarget.of(tls.host(), tls.port());
        var name = tls.serverName();
        var named = name == null ? target : target.named(name);
        return tls.isPostgres() ? named.askingLikePostgres() : named;
    }

    /** With the authorities of the settings, and nothing else of them. */
    static TlsOptions trusting(Settings settings) {
        return settings.get(OwnSettings.KODA_TLS_ROOTS)
                .map(TlsOptions.DEFAULT::roots)
                .orElse(TlsOptions.DEFAULT);
    }
}
