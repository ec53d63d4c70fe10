package dev.koda.cli;

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

    @Mixin
    private final SettingsOptions options = new SettingsOptions();

    ConfigValidateCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        var settings = options.read(shell);
        var text = new StringBuilder();
        Stream.concat(settings.envFiles().stream(), settings.stackFile().stream())
                .map(Path::toString)
                .forEach(file -> text.append("valid ").append(file).append('\n'));
        settings.notices()
                .forEach(notice -> text.append("note  ").append(notice).append('\n'));
        shell.document(text.isEmpty() ? "no settings file found\n" : text.toString());
    }
}
