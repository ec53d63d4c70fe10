package dev.koda.checks.stack;

import dev.koda.checks.settings.KodaCompose;
import dev.koda.checks.settings.KodaSettings;
import dev.koda.checks.settings.OwnSettings;
import dev.koda.checks.settings.SettingType;
import dev.koda.checks.settings.Settings;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Where Koda's control plane is, and what opens it. */
final class ControlPlane {
    private final Settings settings;

    ControlPlane(Settings settings) {
        this.settings = settings;
    }

    /** Why it is not known where it is; empty if it is. */
    Optional<String> malformed() {
        return new Absence(settings).malformed(KodaSettings.CONTROL_PLANE_BASE_URL, KodaSettings.CONTROL_PLANE_PORT);
    }

    /** The dashboard's own address of it is a name inside the network; on the host its port is published. */
    URI url() {
        var local = URI.create("http://127.0.0.1:"
                + settings.get(KodaSettings.CONTROL_PLANE_PORT).orElse(8090));
        return settings.get(KodaSettings.CONTROL_PLANE_BASE_URL)
                .filter(url -> !KodaCompose.isServiceName(url))
                .orElse(local);
    }

    /** Which setting gives the address. */
    String source() {
        boolean isPort = settings.get(KodaSettings.CONTROL_PLANE_BASE_URL)
                .filter(url -> !KodaCompose.isServiceName(url))
                .isEmpty();
        return isPort
                ? SettingHint.source(settings, KodaSettings.CONTROL_PLANE_PORT)
                : SettingHint.source(settings, KodaSettings.CONTROL_PLANE_BASE_URL, KodaSettings.CONTROL_PLANE_PORT);
    }

    /** The current one, which is the first. */
    Optional<String> token() {
        return settings
                .get(OwnSettings.CONTROL_PLANE_API_TOKEN)
                .flatMap(secret -> SettingType.LIST.parse(secret.reveal()))
                .orElse(List.of())
                .stream()
                .findFirst();
    }
}
