package dev.koda.cli;

import dev.koda.checks.Report;
import dev.koda.checks.Status;
import dev.koda.checks.TimeSource;
import dev.koda.cli.output.Progress;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
            "With -o nagios on standard output the exit codes are those of a Nagios plugin",
            "instead: 0 pass, 1 warn, 2 fail, 3 nothing was checked.",
            "",
            SettingsOptions.ORDER_BEGINS,
            SettingsOptions.ORDER_ENDS
        })
final class DoctorCommand implements Callable<Integer> {
    private static final int MOST_NAMES = 3;
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** What runs plugins gives up after 10 s: the default of Nagios and of NRPE. */
    private static final Duration PLUGIN_LIMIT = Duration.ofSeconds(9);

    private final Shell shell;
    private final StackSource source;

    @Mixin
    private final SettingsOptions settingsOptions = new SettingsOptions();

    @Mixin
    private final OutputOptions outputOptions = new OutputOptions();

    @Mixin
    private final SelectionOptions selection = new SelectionOptions();

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
            description = "How long the whole may take, such as 10s; what is late then fails; default: 30s,"
                    + " with -o nagios 9s.")
    private @Nullable Duration timeout;

    DoctorCommand(Shell shell, StackSource source) {
        this.shell = shell;
        this.source = source;
    }

    @Override
    public Integer call() {
        var outputs = outputOptions.outputs(shell, failOn);
        var settings = settingsOptions.load(shell);
        try (var stack = source.open(settings);
                var progress =
                        new Progress(shell.errors(), shell.isErrorTerminal(), shell.style(), TimeSource.system());
                var engine = stack.engine().listener(progress).build()) {
            var report = new DoctorRun(engine)
                    .run(
                            selection.query(engine, limit(outputs)),
                            done -> print(done, outputs, progress),
                            partial -> printPartial(partial, outputs, progress));
            return ended(report, outputs);
        }
    }

    private Duration limit(Outputs outputs) {
        if (timeout != null) {
            return timeout;
        }
        return outputs.isPlugin() ? PLUGIN_LIMIT : LIMIT;
    }

    private static void print(Report report, Outputs outputs, Progress progress) {
        progress.close();
        outputs.write(report);
    }

    private void printPartial(Report report, Outputs outputs, Progress progress) {
        progress.close();
        outputs.writeDocument(report);
        shell.say("koda doctor: told to end before all checks had answered; the report is partial");
    }

    private int ended(Report report, Outputs outputs) {
        var lost = outputs.lost();
        var code = lost.isEmpty() ? ExitCode.of(report.status(), failOn) : ExitCode.INTERNAL;
        int number = outputs.isPlugin() ? PluginCodes.of(code) : code.code();
        if (!lost.isEmpty()) {
            shell.say("koda doctor: exit " + number + ": " + lost.get(0) + " could not be written; is its disk full?");
        } else if (code != ExitCode.PASS) {
            shell.say("koda doctor: exit " + number + ", " + report.status().wireName() + ": " + culprits(report));
        }
        return number;
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
