package dev.koda.cli;

import dev.koda.checks.Report;
import dev.koda.checks.TimeSource;
import dev.koda.checks.settings.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "doctor",
        description = "Check the whole stack and say what to do.",
        abbreviateSynopsis = true,
        footer = {
            "",
            "A check that was not run, because another one failed, counts as a warning.",
            "",
            "With -o nagios on standard output the exit codes are those of a Nagios plugin",
            "instead: 0 pass, 1 warn, 2 fail, 3 nothing was checked.",
            "",
            SettingsOptions.ORDER_BEGINS,
            SettingsOptions.ORDER_ENDS,
            "",
            "Examples:",
            "  koda doctor --only 'postgres.*' --watch 5s",
            "  koda doctor --wait 120s --fail-on fail      for an installer",
            "  koda doctor -o nagios                       for a monitoring system",
            "  koda doctor -o html=report.html             for a ticket",
            "  koda doctor --from https://koda.example.com"
        })
final class DoctorCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** What runs plugins gives up after 10 s: the default of Nagios and of NRPE. */
    private static final Duration PLUGIN_LIMIT = Duration.ofSeconds(9);

    private final Shell shell;
    private final StackSource stack;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

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

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Run again and again for at most this time, until the exit code is 0: for installers.")
    private @Nullable Duration patience;

    @Option(
            names = "--watch",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Run and print every TIME until Ctrl-C; a terminal is drawn anew.")
    private @Nullable Duration interval;

    @Option(
            names = "--from",
            paramLabel = "URL",
            converter = UrlConverter.class,
            description = "Print the report of the server at this URL, with the CONTROL_PLANE_API_TOKEN of the"
                    + " settings; nothing is checked here.")
    private @Nullable URI from;

    @Option(
            names = "--ping",
            paramLabel = "URL",
            converter = UrlConverter.class,
            description = "Tell this URL when the exit code is 0, and URL/fail when not, as healthchecks.io likes it.")
    private @Nullable URI ping;

    DoctorCommand(Shell shell, StackSource stack) {
        this.shell = shell;
        this.stack = stack;
    }

    @Override
    public Integer call() {
        refuseContradictions();
        var outputs = outputOptions.outputs(shell, failOn);
        var end = new DoctorEnd(outputs, failOn);
        var time = TimeSource.system();
        if (from == null) {
            stack.prepare();
        }
        try (var source = source(settingsOptions.load(shell))) {
            var run = new DoctorRun(source, time);
            var pace = new DoctorPace(run, end, limit(outputs), shell, time);
            var report =
                    run.run(() -> work(pace, outputs, end), outputs::write, partial -> printPartial(partial, outputs));
            ping(report, end);
            return end.say(report, shell);
        } catch (DoctorException none) {
            pingFailure(none);
            throw none;
        }
    }

    private void refuseContradictions() {
        if (patience != null && interval != null) {
            throw wrong("--wait ends with the first pass and --watch never; one of them");
        }
        if (from != null && selection.isForHereOnly()) {
            throw wrong("--no-write and --offline are for checks that run here; with --from they run in the server");
        }
    }

    private ParameterException wrong(String why) {
        return new ParameterException(spec.commandLine(), why);
    }

    private ReportSource source(Settings settings) {
        if (from == null) {
            return new LocalReports(shell, selection, stack, settings);
        }
        return new RemoteReports(from, selection, ServerAccess.token(settings, "--from"));
    }

    private Duration limit(Outputs outputs) {
        if (timeout != null) {
            return timeout;
        }
        return outputs.isPlugin() ? PLUGIN_LIMIT : LIMIT;
    }

    private Report work(DoctorPace pace, Outputs outputs, DoctorEnd end) {
        if (interval != null) {
            return pace.forEver(interval, report -> {
                outputs.redraw(report);
                ping(report, end);
            });
        }
        return patience == null ? pace.once() : pace.untilGood(patience);
    }

    private void printPartial(Report report, Outputs outputs) {
        if (interval == null) {
            outputs.writeDocument(report);
            shell.say("koda doctor: told to end before "
                    + (patience == null
                            ? "all checks had answered; the report is partial"
                            : "the stack was well; the report is the last one, as far as it is known"));
        }
    }

    private void ping(Report report, DoctorEnd end) {
        if (ping != null) {
            new Ping(shell, ping).send(end.isGood(report), report.message() + "; " + DoctorEnd.words(report) + "\n");
        }
    }

    private void pingFailure(DoctorException none) {
        if (ping != null && none.code() == ExitCode.FAIL) {
            new Ping(shell, ping).send(false, none.sentence() + "\n");
        }
    }
}
