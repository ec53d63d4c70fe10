package dev.koda.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = "Show on a running koda up what its operations page is for.",
        footer = {
            "",
            "Plays a Koda with three providers for about a minute: messages are rejected,",
            "the key of a provider is rotated, Postgres hangs and goes on. Says on standard",
            "error what there is to see on the page. What it needs is in the schema",
            "knowledge_v2 of the embedded Postgres; --clean removes that again.",
            "",
            "Example: koda demo --dir /srv/koda-demo --hold 20s"
        })
final class DemoCommand implements Callable<Integer> {
    private final Shell shell;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "The directory of the running koda up; default: ${DEFAULT-VALUE}.")
    private Path directory = Path.of(".koda-local");

    @Option(
            names = "--hold",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Leave what has happened on the page for this time, such as 20s; default: 6s.")
    private Duration hold = Duration.ofSeconds(6);

    @Option(names = "--clean", description = "Show nothing; remove the schema that an earlier demo has made.")
    private boolean isCleaning;

    /** No class of the server is named in this one: picocli looks at it whatever the command is. */
    DemoCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        return new DemoRun(shell, shell.directory().resolve(directory), hold).run(isCleaning);
    }
}
