package dev.koda.cli;

import dev.koda.checks.Nearest;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "help",
        description = "Print the help of a command; the same as its --help.",
        footer = {"", "Example: koda help checks list"})
final class HelpCommand implements Runnable {
    private static final int FARTHEST = 3;

    private final Shell shell;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The words of the command; default: koda itself.")
    private List<String> words = List.of();

    HelpCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        var line = spec.root().commandLine();
        for (var word : words) {
            var commands = line.getSubcommands();
            var next = commands.get(word);
            if (next == null) {
                var nearest = Nearest.of(word, commands.keySet(), FARTHEST);
                throw new ParameterException(
                        spec.commandLine(),
                        "there is no command '" + word + "'"
                                + (nearest == null ? "" : " (did you mean " + nearest + "?)"));
            }
            line = next;
        }
        shell.document(line.getUsageMessage());
    }
}
