package dev.koda.checks.process;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;

/** A process and what it has started. */
final class ProcessTree {
    private static final Redirect NOTHING = Redirect.from(Path.of("/dev/null").toFile());
    private static final String KILL_GROUP = "kill -9 -\"$1\"";

    private ProcessTree() {}

    /**
     * Kills all of it.
     *
     * @param isGroup true if its id is that of a process group, which orphans belong to as well
     */
    static void kill(Process root, boolean isGroup) {
        if (isGroup) {
            killGroup(root.pid());
        }
        root.descendants().forEach(ProcessHandle::destroyForcibly);
        root.destroyForcibly();
    }

    /** The JDK can only signal single processes. */
    private static void killGroup(long group) {
        try {
            new ProcessBuilder(List.of("/bin/sh", "-c", KILL_GROUP, "sh", Long.toString(group)))
                    .redirectInput(NOTHING)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
        } catch (IOException noShell) {
            // Then its descendants are killed one by one.
            return;
        }
    }
}
