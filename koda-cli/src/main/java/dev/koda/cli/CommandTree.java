package dev.koda.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;

/** The commands, each with the exit codes that it can end with: here a command is added. */
final class CommandTree {
    /** They show other commands. */
    private static final Set<String> NEED_ALL = Set.of("help", "completion");

    private final Shell shell;
    private final StackSource stack;
    private final Map<String, Supplier<CommandLine>> commands = new LinkedHashMap<>();

    CommandTree(Shell shell, StackSource stack, LogsCommand logs, AuditTailCommand tail) {
        this.shell = shell;
        this.stack = stack;
        commands.put(
                "doctor",
                () -> described(new CommandLine(new DoctorCommand(shell, stack)), ExitCode.describedWithDoctor()));
        commands.put("init", () -> plain(new InitCommand(shell)));
        commands.put("up", () -> running(new UpCommand(shell, stack), ExitCode.PASS));
        commands.put("demo", () -> running(new DemoCommand(shell), ExitCode.PASS, ExitCode.FAIL));
        commands.put("serve", () -> running(new ServeCommand(shell)));
        commands.put("logs", () -> running(logs, ExitCode.PASS, ExitCode.FAIL));
        commands.put("checks", this::checks);
        commands.put("config", this::config);
        commands.put("secrets", this::secrets);
        commands.put(
                "beat",
                () -> described(
                        new BeatCommand(shell), ExitCode.PASS, ExitCode.FAIL, ExitCode.USAGE, ExitCode.INTERNAL));
        commands.put("audit", () -> audit(tail));
        commands.put("operators", this::operators);
        commands.put("login-link", () -> asking(new LoginLinkCommand(shell)));
        commands.put("ops", this::ops);
        commands.put("completion", () -> plain(new CompletionCommand(shell)));
        commands.put("help", () -> plain(new HelpCommand(shell)));
        commands.put("version", () -> plain(new VersionCommand(shell)));
    }

    /**
     * The root for these arguments: with the branch of the first word alone, if it is a command's, because to look at the
     * annotations of all of them takes longer than most commands; else with all.
     */
    CommandLine line(String... arguments) {
        var koda = described(new CommandLine(new KodaCommand()), ExitCode.describedWithDoctor());
        var asked = arguments.length == 0 || NEED_ALL.contains(arguments[0]) ? null : commands.get(arguments[0]);
        var branches = asked == null ? commands.values() : List.of(asked);
        branches.forEach(branch -> koda.addSubcommand(branch.get()));
        return koda;
    }

    private CommandLine checks() {
        return plain(GroupCommand.of(
                "checks",
                "Look at the checks themselves.",
                List.of(
                        plain(new ChecksListCommand(shell, stack)),
                        plain(new ChecksExplainCommand(shell)),
                        plain(added()))));
    }

    private CommandLine added() {
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

    private CommandLine config() {
        return plain(GroupCommand.of(
                "config",
                "Look at the settings.",
                List.of(plain(new ConfigShowCommand(shell)), plain(new ConfigValidateCommand(shell, stack)))));
    }

    private CommandLine secrets() {
        return plain(GroupCommand.of("secrets", "Make secrets.", List.of(plain(new SecretsGenerateCommand(shell)))));
    }

    private CommandLine audit(AuditTailCommand tail) {
        return plain(GroupCommand.of(
                "audit",
                "Look at the audit log of a server.",
                List.of(
                        asking(tail),
                        asking(new AuditExportCommand(shell)),
                        asking(new AuditVerifyCommand(shell)),
                        asking(new AuditReconcileCommand(shell)))));
    }

    private CommandLine operators() {
        return plain(GroupCommand.of(
                "operators",
                "Look after who may use the operations page and API of a server.",
                List.of(
                        asking(new OperatorsAddCommand(shell)),
                        asking(new OperatorsListCommand(shell)),
                        asking(new OperatorsRevokeCommand(shell)))));
    }

    private CommandLine ops() {
        return plain(GroupCommand.of("ops", "Set up the operations store.", List.of(plain(new OpsInitCommand(shell)))));
    }

    /** What answers at once. */
    private static CommandLine plain(Object command) {
        return described(command, ExitCode.PASS, ExitCode.USAGE, ExitCode.INTERNAL);
    }

    /** What a server answers, if it does. */
    private static CommandLine asking(Object command) {
        return described(
                command, ExitCode.PASS, ExitCode.FAIL, ExitCode.USAGE, ExitCode.INTERNAL, ExitCode.INTERRUPTED);
    }

    /** What goes on until it is told to end, or ends by itself with one of these codes. */
    private static CommandLine running(Object command, ExitCode... ends) {
        var codes = new ArrayList<>(List.of(ends));
        codes.addAll(List.of(ExitCode.USAGE, ExitCode.INTERNAL, ExitCode.INTERRUPTED, ExitCode.TERMINATED));
        return described(command, codes.toArray(ExitCode[]::new));
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
}
