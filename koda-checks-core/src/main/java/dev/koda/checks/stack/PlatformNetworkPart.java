package dev.koda.checks.stack;

import dev.koda.checks.TimeSource;
import dev.koda.checks.network.ControlPlaneOptions;
import dev.koda.checks.runtime.controlplane.PlatformNetworkChecks;
import dev.koda.checks.settings.KodaSettings;
import dev.koda.checks.settings.OwnSettings;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.StackKind;
import java.net.URI;
import java.util.Optional;

/** The checks of a Koda platform that ask over the network: workers, sidecars, and how far it is set up. */
final class PlatformNetworkPart {
    private static final String WORKERS = "runtime.workers";
    private static final String ONBOARDING = "runtime.onboarding";

    private final Settings settings;
    private final StackClients clients;
    private final SidecarsPart sidecars;

    PlatformNetworkPart(Settings settings, StackClients clients, TimeSource time, ComposeNetwork network) {
        this.settings = settings;
        this.clients = clients;
        sidecars = new SidecarsPart(settings, clients, time, network);
    }

    void addTo(Composition composition) {
        if (settings.stack() != StackKind.KODA) {
            var why = PlatformPart.notKoda(settings.stack());
            composition.skip(why, WORKERS, SidecarsPart.ID, ONBOARDING);
            return;
        }
        var controlPlane = new ControlPlane(settings);
        var options = ControlPlaneOptions.of(controlPlane.url());
        var malformed = controlPlane.malformed();
        addWorkers(composition, options, malformed);
        sidecars.addTo(composition, options, malformed);
        if (malformed.isPresent()) {
            composition.skip(malformed.get(), ONBOARDING);
            return;
        }
        var spec = PlatformNetworkChecks.onboarding(options, setup(), clients.http());
        composition.add(CommandLines.with(spec, CommandLines.curl(options.onboardingUrl())));
    }

    /** Addresses that somebody wrote down are asked; else those that the control plane lists. */
    private void addWorkers(Composition composition, ControlPlaneOptions options, Optional<String> malformed) {
        var written = new Absence(settings).malformed(OwnSettings.KODA_WORKER_URLS);
        var urls = settings.get(OwnSettings.KODA_WORKER_URLS);
        if (written.isPresent()) {
            composition.skip(written.get(), WORKERS);
        } else if (urls.isPresent() && !urls.get().isEmpty()) {
            composition.add(PlatformNetworkChecks.workers(urls.get(), clients.http()));
        } else if (malformed.isPresent()) {
            composition.skip(malformed.get(), WORKERS);
        } else {
            var spec = PlatformNetworkChecks.workers(options, clients.http());
            composition.add(CommandLines.with(spec, CommandLines.curl(options.healthUrl())));
        }
    }

    /** The dashboard's, as Koda's own doctor shows it. */
    private URI setup() {
        var local = "http://127.0.0.1:" + settings.get(KodaSettings.WEB_PORT).orElse(3000);
        return ReachabilityPart.below(
                settings.get(OwnSettings.WEB_PUBLIC_BASE_URL).orElse(URI.create(local)), "/setup");
    }
}
