package dev.koda.cli;

import dev.koda.checks.settings.KodaSettings;
import dev.koda.checks.settings.OwnSettings;
import dev.koda.checks.settings.PostgresDsn;
import dev.koda.dashboard.store.Migrations;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "init",
        abbreviateSynopsis = true,
        description = "Print the SQL that makes the schema of the operations store.",
        footer = {
            "",
            "A server whose role may create a schema needs none of this: it makes its own.",
            "",
            SettingsOptions.ORDER_BEGINS,
            SettingsOptions.ORDER_ENDS,
            "",
            "Example: koda ops init --print-sql --role koda | psql -v ON_ERROR_STOP=1 operations"
        })
final class OpsInitCommand implements Runnable {
    private static final String USUAL_ROLE = "koda";

    private final Shell shell;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--print-sql", description = "Print it; nothing is run here.")
    private boolean isPrinted;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "The role of the server, which will own the schema; default: that of the settings.")
    private @Nullable String role;

    @Mixin
    private final SettingsOptions settingsOptions = new SettingsOptions();

    OpsInitCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        if (!isPrinted) {
            throw new ParameterException(
                    spec.commandLine(), "--print-sql is needed: whoever administers the database runs it there");
        }
        if (role != null && (role.isBlank() || role.indexOf('\0') >= 0 || role.indexOf('\n') >= 0)) {
            throw new ParameterException(spec.commandLine(), "--role is the name of a role");
        }
        shell.document(Migrations.script(role == null ? ofSettings() : role));
    }

    private String ofSettings() {
        var settings = settingsOptions.load(shell);
        return settings.get(OwnSettings.OPERATIONS_POSTGRES_DSN)
                .or(() -> settings.get(KodaSettings.KNOWLEDGE_V2_POSTGRES_DSN))
                .map(PostgresDsn::user)
                .orElse(USUAL_ROLE);
    }
}
