package dev.koda.cli;

import dev.koda.checks.settings.OwnSettings;
import dev.koda.checks.settings.SettingType;
import dev.koda.checks.settings.Settings;
import java.net.URI;
import java.util.List;

/** Where the operations API of a server is, and what opens it. */
final class ServerAccess {
    private ServerAccess() {}

    /**
     * The current token of the settings, which is the first of them.
     *
     * @param who needs it, to begin the sentence of the failure
     * @throws DoctorException if no setting gives one
     */
    static String token(Settings settings, String who) {
        return settings
                .get(OwnSettings.CONTROL_PLANE_API_TOKEN)
                .flatMap(secret -> SettingType.LIST.parse(secret.reveal()))
                .orElse(List.of())
                .stream()
                .findFirst()
                .orElseThrow(() -> new DoctorException(
                        ExitCode.USAGE, who + " needs CONTROL_PLANE_API_TOKEN, which no setting gives"));
    }

    /** The URL of a server without the slash at its end, so that a path may follow. */
    static String base(URI server) {
        var text = server.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
