package dev.koda.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.koda.checks.Category;
import dev.koda.checks.CheckId;
import dev.koda.checks.CheckResult;
import dev.koda.checks.Report;
import dev.koda.checks.settings.SettingsException;
import dev.koda.checks.settings.StackFileEdit;
import dev.koda.cli.AddedKind.Asked;
import dev.koda.cli.AddedKind.UnusableException;
import dev.koda.cli.proposal.CheckIds;
import dev.koda.cli.proposal.ProposedCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code koda checks add KIND}: measures something once and appends a check of it to koda.yaml. */
@Command
final class ChecksAddCommand implements Runnable {
    private static final String NEW_FILE =
            "# docs/koda-yaml.md describes every key; koda init writes more of them.\nversion: 1\n";

    private final Shell shell;
    private final StackSource source;
    private final AddedKind kind;
    private final PositionalParamSpec words;

    @Mixin
    private final SettingsOptions options = new SettingsOptions();

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "Its id, such as billing.api; default: made of what it asks.")
    private @Nullable String named;

    @Option(names = "--force", description = "Add it also if it fails now.")
    private boolean isForced;

    @Option(names = "--print", description = "Print the check and change no file.")
    private boolean isPrinted;

    private ChecksAddCommand(Shell shell, StackSource source, AddedKind kind) {
        this.shell = shell;
        this.source = source;
        this.kind = kind;
        words = PositionalParamSpec.builder()
                .paramLabel(kind.label())
                .type(String[].class)
                .index(kind.isMany() ? "0..*" : "0")
                .arity(kind.isMany() ? "1..*" : "1")
                .required(true)
                .description("Such as " + kind.example())
                .build();
    }

    /** The command of a kind. */
    static CommandLine of(AddedKind kind, Shell shell, StackSource source) {
        var command = new ChecksAddCommand(shell, source, kind);
        var line = new CommandLine(command).setStopAtPositional(kind.isMany());
        line.getCommandSpec()
                .name(kind.key())
                .addPositional(command.words)
                .usageMessage()
                .description("Measure " + kind.asks() + " and append a check of it.")
                .abbreviateSynopsis(true)
                .footer(
                        "",
                        "The check goes to koda.yaml, whose other lines stay as they are. It expects what",
                        "was seen now, within ten times the time that it took. A variable, as in",
                        "'https://$HOST/', stays one: give it in single quotes.",
                        "",
                        "Example: koda checks add " + kind.key() + " " + kind.example());
        return line;
    }

    @Override
    public void run() {
        var asked = asked();
        var settings = options.load(shell);
        var taken =
                settings.customChecks().stream().map(check -> check.id().name()).collect(Collectors.toSet());
        var id = named == null ? new CheckIds(taken).next(asked.name()) : requested(named, taken);
        var variables = Variables.of(shell, settings.envFiles());
        var file = options.stackFile(shell);
        var check = measured(
                new ProposedCheck(id, null, kind.key(), asked.keys(), null, List.of()), asked, file, variables);
        if (isPrinted) {
            shell.document(snippet(check));
            return;
        }
        append(check, file, variables);
    }

    @SuppressWarnings("NullAway") // picocli gives the words that it asks for
    private Asked asked() {
        String[] given = words.getValue();
        try {
            return kind.reader().apply(List.of(given));
        } catch (UnusableException unusable) {
            throw wrong(String.valueOf(unusable.getMessage()));
        }
    }

    private String requested(String id, Set<String> taken) {
        CheckId parsed;
        try {
            parsed = CheckId.of(id);
        } catch (IllegalArgumentException malformed) {
            throw wrong("--id must be of the form group.kebab-case, such as billing.api");
        }
        if (Category.of(parsed) != Category.CUSTOM) {
            throw wrong("the group " + parsed.group() + " is that of built-in checks; take another one");
        }
        if (taken.contains(id)) {
            throw wrong("there is a check " + id + " already; give another --id");
        }
        return id;
    }

    /** The check with what was seen; fails if it is not well and nobody forces us. */
    private ProposedCheck measured(ProposedCheck check, Asked asked, Path file, Variables variables) {
        var report = report(check.asking(asked.measured()).withTimeout(Measurement.LIMIT), file, variables);
        if (report.checks().isEmpty()) {
            throw new DoctorException(
                    ExitCode.USAGE,
                    "it does not apply here: " + report.skipped().get(0).why());
        }
        var result = report.checks().get(0);
        var seen = words(result);
        if (!AddedKinds.isWell(result)) {
            if (!isForced) {
                throw new DoctorException(ExitCode.FAIL, seen + "; nothing was added, --force adds it all the same");
            }
            return check.comment("when it was added, on " + day(report) + ": " + seen);
        }
        return kind.seen()
                .apply(check, result)
                .withTimeout(Measurement.timeout(result))
                .comment("seen on " + day(report) + ": " + seen);
    }

    private Report report(ProposedCheck check, Path file, Variables variables) {
        try {
            var whole = new StackFileEdit(file, bytes(file), variables::get)
                    .withCheck(check.lines())
                    .text();
            var alone = "version: 1\nchecks:\n" + snippet(check);
            return new Measurement(options, shell, source).of(check.id(), whole == null ? alone : whole);
        } catch (SettingsException unusable) {
            throw wrong(unusable.problems().get(0).message());
        }
    }

    private static String words(CheckResult result) {
        int status = AddedKinds.status(result);
        return status > 0 ? "answers " + status + " in " + result.took().toMillis() + " ms" : result.message();
    }

    private static String day(Report report) {
        return report.generatedAt().atZone(ZoneOffset.UTC).toLocalDate().toString();
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.exists(file) ? Files.readAllBytes(file) : NEW_FILE.getBytes(UTF_8);
        } catch (IOException unreadable) {
            throw new DoctorException(ExitCode.USAGE, file + " cannot be read");
        }
    }

    private void append(ProposedCheck check, Path file, Variables variables) {
        var store = new StackFileStore(file);
        var refusal = store.refusal();
        if (refusal != null) {
            throw wrong("cannot write " + file + ": " + refusal);
        }
        var result = new StackFileEdit(file, bytes(file), variables::get).withCheck(check.lines());
        var text = result.text();
        if (text == null) {
            shell.document(snippet(check));
            throw new DoctorException(
                    ExitCode.USAGE, file + " is as it was, put the lines above into it: " + result.refusal());
        }
        store.write(text);
        shell.document("added " + check.id() + " to " + file + "\n" + snippet(check));
    }

    private static String snippet(ProposedCheck check) {
        return check.lines().stream().map(line -> "  " + line + "\n").collect(Collectors.joining());
    }

    private ParameterException wrong(String why) {
        return new ParameterException(spec(), why);
    }

    private CommandLine spec() {
        return words.command().commandLine();
    }
}
