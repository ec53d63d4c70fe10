package dev.koda.cli;

import dev.koda.checks.settings.Settings;
import java.nio.file.Path;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "validate",
        description = "Read the settings files and list every error with its line; nothing is checked.",
        footer = {
            "",
            "Whether the values are right is a question for:",
            "  koda doctor --only 'config.*,secrets.*'",
            "",
            SettingsOptions.ORDER_BEGINS,
            SettingsOptions.ORDER_ENDS,
            "",
            "Example: koda config validate --config ./koda.yaml"
        })
final class ConfigValidateCommand implements Runnable {
    private final Shell shell;
    private final StackSource source;

    @Mixin
    private final SettingsOptions options = new SettingsOptions();

    ConfigValidateCommand(Shell shell, StackSource source) {
        this.shell = shell;
        this.source = source;
    }

    @Override
    public void run() {
        var settings = options.read(shell);
        requireStack(settings);
        var text = new StringBuilder();
        Stream.concat(settings.envFiles().stream(), settings.stackFile().stream())
                .map(Path::toString)
                .forEach(file -> text.append("valid ").append(file).append('\n'));
        settings.notices()
                .forEach(notice -> text.append("note  ").append(notice).append('\n'));
        shell.document(text.isEmpty() ? "no settings file found\n" : text.toString());
    }

    /** Some errors show only when the checks are put together, such as a check that waits for one that there is not. */
    private void requireStack(Settings settings) {
        source.open(settings).close();
    }
}
