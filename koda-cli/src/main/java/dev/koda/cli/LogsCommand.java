package dev.koda.cli;

import dev.koda.checks.TimeSource;
import dev.koda.checks.settings.Settings;
import dev.koda.cli.logs.LogRequest;
import dev.koda.cli.logs.LogSurroundings;
import dev.koda.cli.logs.LogTail;
import dev.koda.cli.logs.LogsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "logs",
        abbreviateSynopsis = true,
        description = "Show the logs of all services in one order, and follow them.",
        footer = {
            "",
            "Standard output gets lines of logs and nothing else. Secrets are taken out of",
            "them: those of the settings, and what looks like one. Lines of a stack trace go",
            "with the line that they continue. A line marked with ~ came after later ones.",
            "Without --dir the compose project is that of the directory of the .env file,",
            "else of the working directory, else of ~/.koda.",
            "",
            "Examples:",
            "  koda logs app web --since 15m --level warn",
            "  koda logs --no-follow --grep timeout -o json | jq .line"
        })
final class LogsCommand implements Callable<Integer> {
    private final Shell shell;
    private boolean isUnread;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "SERVICE",
            arity = "0..*",
            description = "Services of the compose project; all if none is named.")
    private List<String> services = new ArrayList<>();

    @Option(names = "--file", paramLabel = "FILE", description = "Read this file, besides or instead; repeatable.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--journal",
            paramLabel = "UNIT",
            description = "Read the journal of this systemd unit; repeatable.")
    private List<String> units = new ArrayList<>();

    @Mixin
    private final LogSelectionOptions selection = new LogSelectionOptions();

    @Mixin
    private final LogViewOptions view = new LogViewOptions();

    @Mixin
    private final SettingsOptions settingsOptions = new SettingsOptions();

    LogsCommand(Shell shell) {
        this.shell = shell;
    }

    /** True if it has ended because nobody reads any more: that is how {@code koda logs | head} is meant to end. */
    boolean isUnread() {
        return isUnread;
    }

    @Override
    public Integer call() {
        var time = TimeSource.system();
        var chosen = selection.selection(time, spec.commandLine());
        var settings = settingsOptions.load(shell);
        var request = new LogRequest(
                places(settings),
                services,
                files.stream().map(shell.directory()::resolve).toList(),
                units,
                chosen,
                selection.isFollowed(),
                view.format(shell),
                view.isUtc(),
                settings.secretValues());
        var around = new LogSurroundings(
                shell.environment(), shell.directory(), shell.output(), shell::say, shell.style(), time);
        try {
            return code(LogTail.run(request, around));
        } catch (LogsException impossible) {
            throw new DoctorException(ExitCode.USAGE, impossible.sentence());
        }
    }

    private int code(LogTail.End end) {
        return switch (end) {
            case COMPLETE -> ExitCode.PASS.code();
            case INCOMPLETE -> {
                shell.say("koda logs: exit " + ExitCode.FAIL.code() + ": not all logs could be read, see above");
                yield ExitCode.FAIL.code();
            }
            case UNREAD -> {
                isUnread = StandardOutput.isPipe();
                yield ExitCode.PASS.code();
            }
        };
    }

    private List<Path> places(Settings settings) {
        var named = settingsOptions.directory();
        if (named != null) {
            return List.of(shell.directory().resolve(named).normalize());
        }
        var places = new ArrayList<Path>();
        settings.envFiles()
                .forEach(file -> places.add(
                        shell.directory().resolve(file).resolveSibling(".").normalize()));
        places.add(shell.directory());
        places.add(shell.home().resolve(".koda"));
        return places;
    }
}
