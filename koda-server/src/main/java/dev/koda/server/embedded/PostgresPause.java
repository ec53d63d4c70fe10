package dev.koda.server.embedded;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A time in which the embedded Postgres hangs: it and all that it has started are stopped where they are, and go on when
 * this is closed, or when the process that has begun it ends in whatever way.
 */
public final class PostgresPause implements AutoCloseable {
    /** Its input ends with us, also by SIGKILL; what a terminal sends to everybody in front of it does not end it. */
    private static final String SCRIPT =
            "trap '' HUP INT QUIT TERM TSTP; kill -STOP \"$@\"; read -r unused; kill -CONT \"$@\"";

    private final Process shell;

    private PostgresPause(Process shell) {
        this.shell = shell;
    }

    /**
     * Stops it.
     *
     * @throws StartException if none runs in this directory
     */
    public static PostgresPause begin(StateDirectory directory) throws StartException {
        var postmaster = Postmaster.on(directory.postgres())
                .orElseThrow(() -> new StartException("no Postgres runs in " + directory));
        var command = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "sh", Long.toString(postmaster.pid())));
        ProcessHandle.of(postmaster.pid()).stream()
                .flatMap(ProcessHandle::children)
                .forEach(child -> command.add(Long.toString(child.pid())));
        try {
            return new PostgresPause(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException noShell) {
            throw new StartException("/bin/sh cannot be run, so Postgres cannot be stopped", noShell);
        }
    }

    /** Lets it go on, in a moment. */
    @Override
    public void close() {
        try {
            shell.getOutputStream().close();
        } catch (IOException ended) {
            // Whoever has ended has let it go on.
        }
    }
}
