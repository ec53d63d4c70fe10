package dev.koda.checks.backup;

import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.process.Command;
import dev.koda.checks.process.CommandEnd;
import dev.koda.checks.process.Commands;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A backup tool that is asked on the command line and answers in JSON. */
final class CommandSource implements BackupSource {
    /** One entry takes about a kilobyte: so this is a history of years, and no more than a server has to spare. */
    static final int MOST_BYTES = 4 * 1024 * 1024;

    private final String name;
    private final Command command;
    private final Commands commands;
    private final Function<String, Backups> reader;

    /**
     * A tool.
     *
     * @param name what it is asked about, such as {@code pgBackRest stanza main}
     * @param reader makes backups of its whole output
     */
    CommandSource(String name, Command command, Commands commands, Function<String, Backups> reader) {
        this.name = name;
        this.command = command;
        this.commands = commands.keeping(MOST_BYTES);
        this.reader = reader;
    }

    @Override
    public String describe() {
        return name;
    }

    @Override
    public CompletionStage<Backups> ask(CheckContext context) {
        return commands.run(command, context).thenApply(this::backups);
    }

    private Backups backups(CommandEnd end) {
        return switch (end.how()) {
            case NOT_FOUND ->
                unknown(
                        "tool_missing",
                        command.program() + " is not installed here",
                        "install it, or run the doctor on the host that makes the backups");
            case NOT_EXECUTABLE ->
                unknown(
                        "tool_failed",
                        command.program() + " cannot be run by this user",
                        "let this user run " + command.program());
            case TIMED_OUT ->
                unknown(
                        "timeout",
                        command.program() + " gave no answer in time",
                        "run it by hand, and look at the repository and the network to it");
            case EXITED -> exited(end);
        };
    }

    private Backups exited(CommandEnd end) {
        if (!end.isSuccess()) {
            return unknown(
                    "tool_failed",
                    command.program() + " ended with exit code " + end.exitCode() + ", expected 0",
                    "run it by hand as the user of this program: it says what it lacks");
        }
        return end.isCut()
                ? unexpected(name, "more than " + MOST_BYTES / (1024 * 1024) + " MiB")
                : reader.apply(end.output());
    }

    private Backups unknown(String reason, String sentence, String hint) {
        return Backups.unknown(
                Outcome.fail(name + ": " + sentence).reason(reason).hint(hint));
    }

    /** The program answered, but not what it is documented to. */
    static Backups unexpected(String name, String what) {
        return Backups.unknown(Outcome.fail(name + ": the answer is " + what + ", expected a list of backups in JSON")
                .reason("unexpected_answer")
                .hint("run it by hand, and look at its version: docs/checks.md names the command"));
    }
}
