package dev.koda.checks.exec;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.process.Command;
import dev.koda.checks.process.CommandEnd;
import dev.koda.checks.process.Commands;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** What does a plugin say? */
final class ExecCheck implements Check {
    private final Command command;
    private final Commands commands;

    ExecCheck(Command command, Commands commands) {
        this.command = command;
        this.commands = commands;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        var limit = context.ioTimeout();
        return commands.run(command, context).thenApply(end -> outcome(end, limit));
    }

    private Outcome outcome(CommandEnd end, Duration limit) {
        return switch (end.how()) {
            case EXITED -> judge(end.exitCode(), PluginOutput.of(end.output()));
            case TIMED_OUT ->
                Outcome.fail(command + " did not end in time and was killed, limit " + limit.toMillis() + " ms")
                        .reason("plugin_timeout")
                        .hint("run it by hand to see what it waits for, or give the check a longer timeout");
            case NOT_FOUND ->
                Outcome.fail(command + " is not there")
                        .reason("plugin_missing")
                        .hint("install it, or correct the path; names are looked for in " + Command.PATH);
            case NOT_EXECUTABLE ->
                Outcome.fail(command + " cannot be run by this user")
                        .reason("plugin_missing")
                        .hint("make it executable: chmod +x");
        };
    }

    private Outcome judge(int exitCode, PluginOutput said) {
        var text = said.firstLine().isBlank()
                ? command + " ends with code " + exitCode + " and says nothing"
                : said.firstLine();
        var outcome = switch (exitCode) {
            case 0 -> Outcome.pass(text);
            case 1 -> Outcome.warn(text).reason("plugin_warning");
            case 2 -> Outcome.fail(text).reason("plugin_critical");
            case 3 ->
                Outcome.warn(text)
                        .reason("plugin_unknown")
                        .hint("the plugin could not find out; run it by hand with -v");
            default ->
                Outcome.fail(command + " ends with code " + exitCode + ", expected 0 to 3")
                        .reason("plugin_error")
                        .hint("run it by hand: it is broken, or no Nagios plugin");
        };
        for (var value : said.values()) {
            outcome = outcome.observed(value.name(), value.value(), value.unit());
        }
        return outcome;
    }
}
