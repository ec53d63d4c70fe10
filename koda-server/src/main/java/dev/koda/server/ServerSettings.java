package dev.koda.server;

import dev.koda.checks.Redactor;
import dev.koda.checks.Service;
import dev.koda.checks.secrets.SecretsChecks;
import dev.koda.checks.settings.OwnSettings;
import dev.koda.checks.settings.Secret;
import dev.koda.checks.settings.Setting;
import dev.koda.checks.settings.SettingValue;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.StackKind;
import dev.koda.dashboard.http.BearerTokens;
import dev.koda.dashboard.limits.RateLimits;
import dev.koda.dashboard.page.PageLinks;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the server's options of settings, and refuses those with which no server may run. */
public final class ServerSettings {
    private static final List<Setting<?>> USED = List.of(
            OwnSettings.KODA_OPERATIONS_BIND,
            OwnSettings.KODA_OPERATIONS_PORT,
            OwnSettings.KODA_TRUSTED_PROXIES,
            OwnSettings.KODA_TRUSTED_PROXY_USERS,
            OwnSettings.KODA_OPERATIONS_RATE,
            OwnSettings.KODA_OPERATIONS_BURST,
            OwnSettings.KODA_GRAFANA_URL,
            OwnSettings.KODA_DRAIN_DELAY,
            OwnSettings.PROBE_DETAIL,
            OwnSettings.OPERATIONS_POSTGRES_DSN,
            OwnSettings.KODA_OPERATIONS_DIR,
            OwnSettings.AUDIT_RETENTION_DAYS,
            OwnSettings.AUDIT_ARCHIVE,
            OwnSettings.KODA_COLLECTORS_INTERVAL);

    private ServerSettings() {}

    /**
     * The options that the settings ask for.
     *
     * @param version of this software, or null if unknown
     * @throws BootException if a setting that the server needs is malformed, or production lacks a session secret that
     *     nobody can guess: every reason at once. A default in place of a wrong value would be a surprise.
     */
    public static ServerOptions options(Settings settings, @Nullable String version) {
        var reasons = new ArrayList<String>();
        for (var setting : USED) {
            if (settings.malformed().contains(setting)) {
                reasons.add(setting.name() + origin(settings, setting) + " is not "
                        + setting.type().expected());
            }
        }
        if (settings.isProduction()) {
            sessionSecretProblem(settings).ifPresent(reasons::add);
        }
        new StateSettings(settings).problem().ifPresent(reasons::add);
        if (!reasons.isEmpty()) {
            throw new BootException("the server cannot start: " + String.join("; ", reasons));
        }
        return make(settings, new Service(settings.serviceName(), version, settings.environment()));
    }

    /** Takes every secret of the settings out of texts. */
    static Redactor redactor(Settings settings) {
        return Redactor.of(settings::secretValues);
    }

    /** The doctor fails the same secrets by the same rule. */
    private static Optional<String> sessionSecretProblem(Settings settings) {
        var name = OwnSettings.WEB_OPERATOR_SESSION_SECRET.name();
        return settings.get(OwnSettings.WEB_OPERATOR_SESSION_SECRET)
                .map(secret -> SecretsChecks.weaknessOf(secret.reveal()))
                .orElse(Optional.of("is not set"))
                .map(weakness -> name + " " + weakness + ", and in production it must be one that nobody can guess; "
                        + "make one with: koda secrets generate, and set " + name + " in the .env file");
    }

    private static ServerOptions make(Settings settings, Service service) {
        var port = settings.get(OwnSettings.KODA_OPERATIONS_PORT).orElse(ServerOptions.DEFAULT_PORT);
        var options = ServerOptions.loopback(port, service);
        try {
            options = options.host(
                            settings.get(OwnSettings.KODA_OPERATIONS_BIND).orElse(options.host()))
                    .tokens(BearerTokens.ofList(settings.get(OwnSettings.CONTROL_PLANE_API_TOKEN)
                            .map(Secret::reveal)
                            .orElse(null)))
                    .proxies(proxies(settings))
                    .login(login(settings))
                    .rates(rates(settings))
                    .links(links(settings))
                    .drainDelay(settings.get(OwnSettings.KODA_DRAIN_DELAY).orElse(options.drainDelay()))
                    .cursors(new StateSettings(settings).cursors().orElse(options.cursors()))
                    .state(new StateSettings(settings).options().orElse(null))
                    .platform(settings.stack() != StackKind.NONE);
        } catch (IllegalArgumentException e) {
            throw new BootException("the server cannot start: " + e.getMessage());
        }
        boolean isTerse =
                settings.get(OwnSettings.PROBE_DETAIL).filter("status"::equals).isPresent();
        return isTerse ? options.withoutReasons() : options;
    }

    private static TrustedProxies proxies(Settings settings) {
        var proxies = TrustedProxies.parse(
                String.join(",", settings.get(OwnSettings.KODA_TRUSTED_PROXIES).orElse(List.of())));
        return settings.get(OwnSettings.KODA_TRUSTED_PROXY_USERS).orElse(false) ? proxies.tellingUsers() : proxies;
    }

    private static RateLimits rates(Settings settings) {
        var usual = RateLimits.usual();
        int burst = settings.get(OwnSettings.KODA_OPERATIONS_BURST).orElse(usual.burst());
        if (burst == 0) {
            throw new IllegalArgumentException(
                    OwnSettings.KODA_OPERATIONS_BURST.name() + " is 0, and one request at least comes at once");
        }
        return new RateLimits(settings.get(OwnSettings.KODA_OPERATIONS_RATE).orElse(usual.perSecond()), burst);
    }

    private static PageLinks links(Settings settings) {
        return settings.get(OwnSettings.KODA_GRAFANA_URL)
                .map(url -> new PageLinks(url.toString()))
                .orElse(PageLinks.none());
    }

    private static LoginOptions login(Settings settings) {
        var origins = Stream.of(OwnSettings.KODA_OPERATIONS_URL, OwnSettings.WEB_PUBLIC_BASE_URL)
                .flatMap(setting -> settings.get(setting).stream())
                .map(ServerSettings::originOf)
                .collect(Collectors.toSet());
        return new LoginOptions(
                settings.get(OwnSettings.WEB_OPERATOR_SESSION_SECRET).orElse(null), origins);
    }

    /** As a browser says it: in lower case, and without the port that goes without saying. */
    static String originOf(URI url) {
        var scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        int usual = scheme.equals("https") ? 443 : 80;
        var port = url.getPort() < 0 || url.getPort() == usual ? "" : ":" + url.getPort();
        return scheme + "://" + String.valueOf(url.getHost()).toLowerCase(Locale.ROOT) + port;
    }

    private static String origin(Settings settings, Setting<?> setting) {
        return settings.value(setting.name())
                .map(SettingValue::origin)
                .map(origin -> " (" + origin + ")")
                .orElse("");
    }
}
