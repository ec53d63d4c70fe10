package dev.koda.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "up",
        description = "Run a whole stack on this machine.",
        footer = {
            "",
            "Server, Postgres and object storage, all on 127.0.0.1 and in one directory with",
            "what they keep. Stays in the foreground; Ctrl-C stops all and keeps the data.",
            "",
            "Example: koda up --dir /srv/koda-demo --port 0"
        })
final class UpCommand implements Callable<Integer> {
    private final Shell shell;
    private final StackSource source;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Keep settings, secrets and data in this directory; default: ${DEFAULT-VALUE}.")
    private Path directory = Path.of(".koda-local");

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Listen on this port, 0 for any free one; default: the port of the last time, at first 8090.")
    private @Nullable Integer port;

    @Option(
            names = "--restart-delay",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Start a service that has died again after this time, such as 10s; default: 60s.")
    private Duration restartDelay = Duration.ofSeconds(60);

    /** No class of the server is named in this one: picocli looks at it whatever the command is. */
    UpCommand(Shell shell, StackSource source) {
        this.shell = shell;
        this.source = source;
    }

    @Override
    public Integer call() {
        return new UpRun(shell, source, shell.directory().resolve(directory), port, restartDelay).run();
    }
}
