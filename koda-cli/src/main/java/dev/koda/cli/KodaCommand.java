package dev.koda.cli;

import dev.koda.checks.stack.KodaVersion;
import java.util.List;
import java.util.Map;
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
        int code = line(shell, stack, failures, logs, tail).execute(arguments);
        shell.errors().flush();
        if (shell.output().checkError() && !logs.isUnread() && !tail.isUnread()) {
            return failures.unwritten();
        }
        return code;
    }

    /** The command tree: here a command is added. */
    private static CommandLine line(
            Shell shell, StackSource stack, Failures failures, LogsCommand logs, AuditTailCommand tail) {
        var koda = described(new CommandLine(new KodaCommand()), ExitCode.describedWithDoctor());
        var doctor = new CommandLine(new DoctorCommand(shell, stack));
        koda.addSubcommand(described(doctor, ExitCode.describedWithDoctor()));
        koda.addSubcommand(plain(new InitCommand(shell)));
        koda.addSubcommand(described(
                new UpCommand(shell, stack),
                ExitCode.PASS,
                ExitCode.USAGE,
                ExitCode.INTERNAL,
                ExitCode.INTERRUPTED,
                ExitCode.TERMINATED));
        koda.addSubcommand(described(
                new ServeCommand(shell), ExitCode.USAGE, ExitCode.INTERNAL, ExitCode.INTERRUPTED, ExitCode.TERMINATED));
        koda.addSubcommand(described(
                logs,
                ExitCode.PASS,
                ExitCode.FAIL,
                ExitCode.USAGE,
                ExitCode.INTERNAL,
                ExitCode.INTERRUPTED,
                ExitCode.TERMINATED));
        groups(shell, stack).forEach(koda::addSubcommand);
        operations(shell, tail).forEach(koda::addSubcommand);
        koda.addSubcommand(plain(new CompletionCommand(shell)));
        koda.addSubcommand(plain(new HelpCommand(shell)));
        koda.addSubcommand(plain(new VersionCommand(shell)));
        return styled(koda, shell, failures);
    }

    private static List<CommandLine> groups(Shell shell, StackSource stack) {
        return List.of(
                plain(GroupCommand.of(
                        "checks",
                        "Look at the checks themselves.",
                        List.of(
                                plain(new ChecksListCommand(shell, stack)),
                                plain(new ChecksExplainCommand(shell)),
                                plain(added(shell, stack))))),
                plain(GroupCommand.of(
                        "config",
                        "Look at the settings.",
                        List.of(plain(new ConfigShowCommand(shell)), plain(new ConfigValidateCommand(shell))))),
                plain(GroupCommand.of("secrets", "Make secrets.", List.of(plain(new SecretsGenerateCommand(shell))))));
    }

    /** What asks a server, or is about its store. */
    private static List<CommandLine> operations(Shell shell, AuditTailCommand tail) {
        return List.of(
                plain(GroupCommand.of(
                        "audit",
                        "Look at the audit log of a server.",
                        List.of(
                                asking(tail),
                                asking(new AuditExportCommand(shell)),
                                asking(new AuditVerifyCommand(shell)),
                                asking(new AuditReconcileCommand(shell))))),
                plain(GroupCommand.of(
                        "operators",
                        "Look after who may use the operations page and API of a server.",
                        List.of(
                                asking(new OperatorsAddCommand(shell)),
                                asking(new OperatorsListCommand(shell)),
                                asking(new OperatorsRevokeCommand(shell))))),
                asking(new LoginLinkCommand(shell)),
                plain(GroupCommand.of(
                        "ops", "Set up the operations store.", List.of(plain(new OpsInitCommand(shell))))));
    }

    /** What a server answers, if it does. */
    private static CommandLine asking(Object command) {
        return described(
                command, ExitCode.PASS, ExitCode.FAIL, ExitCode.USAGE, ExitCode.INTERNAL, ExitCode.INTERRUPTED);
    }

    private static CommandLine added(Shell shell, StackSource stack) {
        var kinds = AddedKinds.all(shell.directory()).stream()
                .map(kind -> described(
                        ChecksAddCommand.of(kind, shell, stack),
                        ExitCode.PASS,
                        ExitCode.FAIL,
                        ExitCode.USAGE,
                        ExitCode.INTERNAL))
                .toList();
        return GroupCommand.of("add", "Measure something and append a check of it to koda.yaml.", kinds);
    }

    /** What answers at once. */
    private static CommandLine plain(Object command) {
        return described(command, ExitCode.PASS, ExitCode.USAGE, ExitCode.INTERNAL);
    }

    private static CommandLine described(Object command, ExitCode... codes) {
        var line = command instanceof CommandLine made ? made : new CommandLine(command);
        return described(line, ExitCode.described(codes));
    }

    private static CommandLine described(CommandLine line, Map<String, String> exitCodes) {
        line.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(exitCodes);
        return line;
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
