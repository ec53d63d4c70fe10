package dev.koda.cli;

import dev.koda.checks.settings.OwnSettings;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which server is asked. */
final class OperationsOptions {
    @Mixin
    private final SettingsOptions settingsOptions = new SettingsOptions();

    @Option(
            names = "--from",
            paramLabel = "URL",
            converter = UrlConverter.class,
            description = "Ask the server at this URL, with the CONTROL_PLANE_API_TOKEN of the settings; default:"
                    + " KODA_OPERATIONS_URL.")
    private @Nullable URI from;

    /** What speaks to that server. */
    OperationsClient client(Shell shell) {
        var settings = settingsOptions.load(shell);
        var token = ServerAccess.token(settings, "this");
        var server = from != null
                ? from
                : settings.get(OwnSettings.KODA_OPERATIONS_URL).orElseThrow();
        return new OperationsClient(server, token);
    }
}
