package dev.koda.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A word that does nothing but hold the commands below it. */
@Command(synopsisSubcommandLabel = "COMMAND")
final class GroupCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private GroupCommand() {}

    static CommandLine of(String name, String description, List<CommandLine> commands) {
        var line = new CommandLine(new GroupCommand());
        line.getCommandSpec().name(name).usageMessage().description(description);
        commands.forEach(line::addSubcommand);
        return line;
    }

    @Override
    public void run() {
        var names = String.join(", ", spec.subcommands().keySet());
        throw new ParameterException(spec.commandLine(), "a subcommand is needed: " + names);
    }
}
