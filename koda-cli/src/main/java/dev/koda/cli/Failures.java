package dev.koda.cli;

import dev.koda.checks.SelectionException;
import dev.koda.checks.settings.SettingsException;
import dev.koda.cli.output.NagiosReport;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says why a command ends without its document; the last line of standard error says it in one sentence. */
final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private static final int FRAMES = 12;

    private final Shell shell;
    private final boolean isPlugin;

    /** For the command of these arguments. */
    Failures(Shell shell, String... arguments) {
        this.shell = shell;
        this.isPlugin = PluginCodes.areAskedFor(arguments);
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        var command = failure.getCommandLine();
        var name = command.getCommandSpec().qualifiedName();
        var suggestions = failure instanceof UnmatchedArgumentException unmatched
                ? unmatched.getSuggestions()
                : List.<String>of();
        shell.say("Usage: " + name + " --help");
        var nearest = suggestions.isEmpty() ? "" : " (did you mean " + String.join(" or ", suggestions) + "?)";
        return end(name, ExitCode.USAGE, withoutValues(failure) + nearest);
    }

    /** What follows an unknown option may be a secret; which option it was says enough. */
    private static String withoutValues(ParameterException failure) {
        var message = String.valueOf(failure.getMessage());
        if (!(failure instanceof UnmatchedArgumentException)) {
            return message;
        }
        boolean isGroup = !failure.getCommandLine().getSubcommands().isEmpty();
        return message.replaceAll("'(--?[a-zA-Z][a-zA-Z-]*)=[^']*'", "'$1=...'")
                .replaceFirst(
                        "^Unmatched arguments? (?:at|from) index \\d+: ",
                        isGroup ? "there is no command " : "unexpected: ");
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, @Nullable ParseResult parsed) {
        var name = command.getCommandSpec().qualifiedName();
        if (failure instanceof SettingsException settings) {
            var problems = settings.problems();
            problems.forEach(problem -> shell.say(problem.toString()));
            var count = problems.size() == 1 ? "1 error" : problems.size() + " errors";
            return end(name, ExitCode.USAGE, count + " in the settings, listed above");
        }
        if (failure instanceof SelectionException none) {
            return end(name, ExitCode.USAGE, none.asOption());
        }
        if (failure instanceof DoctorException none) {
            return end(name, none.code(), none.sentence());
        }
        return internal(name, failure);
    }

    /** What no command can handle: no memory, a jar that is missing or damaged, a recursion without end. */
    int broken(Throwable failure) {
        return internal("koda", failure);
    }

    /** Nobody has got the document, whatever it said. */
    int unwritten() {
        return said("koda", ExitCode.INTERNAL, "standard output takes no more; is its disk full, or its reader gone?");
    }

    /** Names and places only: the text of an exception may hold a secret. */
    private int internal(String name, Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            shell.say(cause.getClass().getName());
            var frames = cause.getStackTrace();
            for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
                shell.say("    at " + frames[i]);
            }
        }
        return end(name, ExitCode.INTERNAL, "internal error, please report the lines above");
    }

    /** What runs plugins reads standard output only. */
    private int end(String name, ExitCode code, @Nullable String why) {
        if (isPlugin) {
            shell.document(NagiosReport.without(PluginCodes.word(code), String.valueOf(why)));
        }
        return said(name, code, why);
    }

    private int said(String name, ExitCode code, @Nullable String why) {
        int number = isPlugin ? PluginCodes.of(code) : code.code();
        shell.say(name + ": exit " + number + ": " + why);
        return number;
    }
}
