package dev.koda.cli;

import dev.koda.checks.settings.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "serve",
        description = "Run the server: probes, metrics, operations API.",
        footer = {
            "",
            "Writes JSON logs to standard error. SIGTERM ends it in order.",
            "",
            "Example: koda serve --dir /opt/koda --port 8091"
        })
final class ServeCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private final SettingsOptions options = new SettingsOptions();

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description = "Listen on this address of this machine; default: KODA_OPERATIONS_BIND, else 127.0.0.1.")
    private @Nullable String bind;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Listen on this port; default: KODA_OPERATIONS_PORT, else 8090.")
    private @Nullable Integer port;

    /** No class of the server is named in this one: picocli looks at it whatever the command is. */
    ServeCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        return ServeMain.run(shell, Settings.load(options.sources(shell, flags())));
    }

    private Map<String, String> flags() {
        var flags = new HashMap<String, String>();
        if (bind != null) {
            flags.put("KODA_OPERATIONS_BIND", bind);
        }
        if (port != null) {
            flags.put("KODA_OPERATIONS_PORT", port.toString());
        }
        return flags;
    }
}
