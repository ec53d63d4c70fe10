package dev.koda.cli;

import dev.koda.checks.stack.KodaVersion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "koda",
        description = "Checks a self-hosted stack: as a library, as a server on :8090, and here.",
        versionProvider = KodaCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  koda up                            a whole stack here, to look around",
            "  koda doctor                        what is wrong with this stack",
            "  koda doctor --json | jq .status    the same for a program",
            "  koda init                          checks for the services of a compose file",
            "  koda help checks add               how a command is used"
        })
final class KodaCommand implements Runnable {
    /** Picocli refuses to write help in fewer columns, and with it every command. */
    private static final int NARROWEST = 55;

    private static final int USUAL = 80;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"koda " + KodaVersion.text()};
        }
    }

    /** Runs the command of these arguments; its exit code. */
    static int execute(Shell shell, StackSource stack, String... arguments) {
        var failures = new Failures(shell, arguments);
        var logs = new LogsCommand(shell);
        var tail = new AuditTailCommand(shell);
        var tree = new CommandTree(shell, stack, logs, tail);
        int code = styled(tree.line(arguments), shell, failures).execute(arguments);
        shell.errors().flush();
        if (shell.output().checkError() && !logs.isUnread() && !tail.isUnread()) {
            return failures.unwritten();
        }
        return code;
    }

    private static CommandLine styled(CommandLine koda, Shell shell, Failures failures) {
        var ansi = shell.style().colour() ? Help.Ansi.ON : Help.Ansi.OFF;
        addHelp(koda);
        koda.getCommandSpec()
                .addOption(OptionSpec.builder("--version")
                        .versionHelp(true)
                        .description("Print the version and exit.")
                        .build());
        return koda.setOut(Writers.of(shell.output()))
                .setErr(Writers.of(shell.errors()))
                .setColorScheme(Help.defaultColorScheme(ansi))
                .setUsageHelpWidth(
                        shell.style().terminal() ? Math.max(shell.style().columns(), NARROWEST) : USUAL)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false)
                // A word that begins with @ is a word, not a file with more words.
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
    }

    private static void addHelp(CommandLine line) {
        line.getCommandSpec()
                .usageMessage()
                .descriptionHeading("%n")
                .parameterListHeading("%nArguments:%n")
                .optionListHeading("%nOptions:%n")
                .commandListHeading("%nCommands:%n");
        line.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Print this help and exit.")
                        .build());
        line.getSubcommands().values().forEach(KodaCommand::addHelp);
    }

    @Override
    public void run() {
        var names = String.join(", ", spec.subcommands().keySet());
        throw new ParameterException(spec.commandLine(), "a command is needed: " + names);
    }
}
