package dev.koda.cli;

import dev.koda.checks.Redactor;
import dev.koda.checks.settings.SettingValue;
import dev.koda.checks.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "show",
        description = "Print the settings that count, one NAME=value a line; secrets are masked.",
        footer = {
            "",
            "A setting comes from the first of: process environment (NAME, or the file that",
            "NAME_FILE names), .env file, koda.yaml, derivation from other settings, default.",
            SettingsOptions.ORDER_BEGINS,
            SettingsOptions.ORDER_ENDS,
            "",
            "Example: koda config show --origin --dir /opt/koda"
        })
final class ConfigShowCommand implements Runnable {
    private final Shell shell;

    @Mixin
    private final SettingsOptions options = new SettingsOptions();

    @Option(names = "--origin", description = "Say where each value comes from, and which ones it wins over.")
    private boolean withOrigin;

    ConfigShowCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        var settings = options.load(shell);
        // A value that is no secret may hold one, such as a URL with a ${TOKEN}; the name of one that is none is no
        // sign.
        var redactor = Redactor.of(settings::secretValues);
        var text = new StringBuilder();
        for (var value : settings.values()) {
            text.append(value.name()).append('=').append(redactor.redact(value.shown()));
            text.append('\n');
            if (withOrigin) {
                origins(text, value, settings, redactor);
            }
        }
        shell.document(text.toString());
    }

    private static void origins(StringBuilder text, SettingValue value, Settings settings, Redactor redactor) {
        text.append("  # ").append(redactor.redact(value.origin().toString())).append('\n');
        for (var other : settings.candidates(value.name())) {
            if (!other.origin().equals(value.origin())) {
                var shown = other.shown() + " of " + other.origin();
                text.append("  # not ").append(redactor.redact(shown));
                text.append(other.isBlank() ? " (blank)\n" : "\n");
            }
        }
    }
}
