package dev.koda.cli;

import dev.koda.checks.Query;
import dev.koda.checks.Report;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.report.ReportJson;
import dev.koda.cli.output.Progress;
import dev.koda.cli.output.ReportText;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "doctor",
        description = "Check the whole stack and say what to do.",
        footer = {
            "",
            "A check that was not run, because another one failed, counts as a warning.",
            "",
            SettingsOptions.ORDER_BEGINS,
            SettingsOptions.ORDER_ENDS
        })
final class DoctorCommand implements Callable<Integer> {
    private static final int MOST_NAMES = 3;

    private final Shell shell;
    private final StackSource source;

    @Mixin
    private final SettingsOptions options = new SettingsOptions();

    @Option(names = "--json", description = "Print the report as JSON; docs/schema describes it.")
    private boolean isJson;

    @Option(
            names = "--stable",
            description = "JSON without what differs from run to run: times, durations, measured values.")
    private boolean isStable;

    @Option(
            names = "--only",
            paramLabel = "GLOB",
            split = ",",
            description = "Only these checks and what they depend on, such as 'postgres.*'.")
    private List<String> only = List.of();

    @Option(names = "--skip", paramLabel = "GLOB", split = ",", description = "Not these checks, such as 'disk.*'.")
    private List<String> skip = List.of();

    @Option(names = "--strict", description = "With the hardening checks, which ask for more than a working stack.")
    private boolean isStrict;

    @Option(
            names = "--fail-on",
            paramLabel = "warn|fail",
            converter = FailOnConverter.class,
            description = "From which status on the exit code is not 0; default: ${DEFAULT-VALUE}.")
    private FailOn failOn = FailOn.WARN;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long the whole may take, such as 10s; what is late then fails; default: 30s.")
    private Duration timeout = Duration.ofSeconds(30);

    @Option(names = "--no-color", description = "No colour on a terminal; so does the variable NO_COLOR.")
    private boolean isColourless;

    DoctorCommand(Shell shell, StackSource source) {
        this.shell = shell;
        this.source = source;
    }

    @Override
    public Integer call() {
        var settings = options.load(shell);
        try (var stack = source.open(settings);
                var progress =
                        new Progress(shell.errors(), shell.isErrorTerminal(), shell.style(), TimeSource.system());
                var engine = stack.engine().listener(progress).build()) {
            var report = new DoctorRun(engine)
                    .run(query(engine), done -> print(done, progress), partial -> printPartial(partial, progress));
            return ended(report);
        }
    }

    private Query query(CheckEngine engine) {
        var query =
                Query.of(Suite.DOCTOR).only(only).skip(skip).deadline(timeout).freshOnly();
        boolean isHardened = isStrict && !engine.checks(Suite.HARDENING).isEmpty();
        return isHardened ? query.with(Suite.HARDENING) : query;
    }

    private void print(Report report, Progress progress) {
        progress.close();
        if (isStable) {
            shell.document(ReportJson.stable(report));
        } else if (isJson) {
            shell.document(ReportJson.write(report));
        } else {
            var style = isColourless ? shell.withoutColour().style() : shell.style();
            shell.document(ReportText.render(report, style, Launcher.of(shell)::locate));
        }
    }

    private void printPartial(Report report, Progress progress) {
        print(report, progress);
        shell.say("koda doctor: told to end before all checks had answered; the report is partial");
    }

    private int ended(Report report) {
        var code = ExitCode.of(report.status(), failOn);
        if (code != ExitCode.PASS) {
            shell.say(
                    "koda doctor: exit " + code.code() + ", " + report.status().wireName() + ": " + culprits(report));
        }
        return code.code();
    }

    /** The first few that made the status, by name. */
    private static String culprits(Report report) {
        var names = report.checks().stream()
                .filter(result -> report.status() == Status.FAIL
                        ? report.isFailedBy(result)
                        : result.status() != Status.PASS && !result.isNotRun())
                .map(result -> result.id().toString())
                .toList();
        var first = String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())));
        return names.size() > MOST_NAMES ? first + " and " + (names.size() - MOST_NAMES) + " more" : first;
    }
}
