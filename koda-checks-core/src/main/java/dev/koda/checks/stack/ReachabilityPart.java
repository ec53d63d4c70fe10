package dev.koda.checks.stack;

import dev.koda.checks.network.ControlPlaneOptions;
import dev.koda.checks.network.NetworkChecks;
import dev.koda.checks.runtime.RuntimeChecks;
import dev.koda.checks.settings.KodaSettings;
import dev.koda.checks.settings.OwnSettings;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.StackKind;
import java.net.URI;
import java.util.Optional;

/** The checks that open a URL of the stack: they run alike wherever they run, against our own server too. */
final class ReachabilityPart {
    private final Settings settings;
    private final StackClients clients;

    ReachabilityPart(Settings settings, StackClients clients) {
        this.settings = settings;
        this.clients = clients;
    }

    void addTo(Composition composition) {
        addDashboard(composition);
        addControlPlane(composition);
        addReadiness(composition);
    }

    private void addDashboard(Composition composition) {
        var malformed = new Absence(settings).malformed(OwnSettings.WEB_PUBLIC_BASE_URL, KodaSettings.WEB_PORT);
        var url = dashboardUrl();
        if (malformed.isPresent() && settings.stack() != StackKind.EMBEDDED) {
            composition.skip(malformed.get(), "dashboard.reachable");
        } else if (url.isPresent()) {
            var spec = NetworkChecks.dashboard(url.get(), NetworkChecks.DASHBOARD_SLOW, clients.http());
            var source = SettingHint.source(settings, OwnSettings.WEB_PUBLIC_BASE_URL, KodaSettings.WEB_PORT);
            composition.add(SettingHint.address(CommandLines.with(spec, CommandLines.curl(url.get())), source));
        } else {
            composition.skip(OwnSettings.WEB_PUBLIC_BASE_URL.name() + " is not set", "dashboard.reachable");
        }
    }

    private Optional<URI> dashboardUrl() {
        var published = settings.get(OwnSettings.WEB_PUBLIC_BASE_URL);
        if (published.isPresent()) {
            return published;
        }
        return switch (settings.stack()) {
            case KODA -> settings.get(KodaSettings.WEB_PORT).map(port -> URI.create("http://127.0.0.1:" + port + "/"));
            // Its dashboard is the operations page of the server that it brings along.
            case EMBEDDED -> settings.get(OwnSettings.KODA_OPERATIONS_URL).map(base -> below(base, "/operations"));
            default -> published;
        };
    }

    private void addControlPlane(Composition composition) {
        boolean isNamed = settings.stack() == StackKind.NONE && settings.isSet(KodaSettings.CONTROL_PLANE_BASE_URL);
        if (settings.stack() != StackKind.KODA && !isNamed) {
            var why = settings.stack() == StackKind.EMBEDDED
                    ? "the embedded stack has no control plane"
                    : "no Koda control plane is configured";
            composition.skip(why, "control-plane.reachable");
            return;
        }
        var controlPlane = new ControlPlane(settings);
        var malformed = controlPlane.malformed();
        if (malformed.isPresent()) {
            composition.skip(malformed.get(), "control-plane.reachable");
            return;
        }
        var options = ControlPlaneOptions.of(controlPlane.url());
        var spec = NetworkChecks.controlPlane(
                controlPlane.token().map(options::token).orElse(options), clients.http());
        composition.add(SettingHint.address(
                CommandLines.with(spec, CommandLines.curl(options.healthUrl())), controlPlane.source()));
    }

    /** On a Koda install the default port belongs to Koda's app, so our server must have been given one. */
    private void addReadiness(Composition composition) {
        boolean isKnown = settings.stack() == StackKind.EMBEDDED
                || settings.isSet(OwnSettings.KODA_OPERATIONS_URL)
                || settings.isSet(OwnSettings.KODA_OPERATIONS_PORT);
        var base = settings.get(OwnSettings.KODA_OPERATIONS_URL);
        if (!isKnown || base.isEmpty()) {
            var why = new Absence(settings)
                    .malformed(OwnSettings.KODA_OPERATIONS_URL, OwnSettings.KODA_OPERATIONS_PORT)
                    .orElse("KODA_OPERATIONS_URL and KODA_OPERATIONS_PORT are not set");
            composition.skip(why, "runtime.readiness");
            return;
        }
        var url = below(base.get(), "/api/runtime/readiness");
        var source = SettingHint.source(settings, OwnSettings.KODA_OPERATIONS_URL, OwnSettings.KODA_OPERATIONS_PORT);
        composition.add(SettingHint.address(
                CommandLines.with(RuntimeChecks.readiness(url, clients.http()), CommandLines.curl(url)), source));
    }

    static URI below(URI base, String path) {
        var text = base.toString();
        return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + path);
    }
}
