package dev.koda.server.embedded;

import dev.koda.checks.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What a start that was broken off leaves behind: {@code initdb}, {@code pg_ctl}, a postmaster that has not yet written
 * its file. They run a program of this state directory, so they are nobody else's. None of them holds data that is worth
 * a gentler end: the next start recovers, or begins again.
 */
final class Strays {
    private static final Duration POLL = Duration.ofMillis(20);

    private Strays() {}

    /**
     * Kills them, again and again: one may just have started another.
     *
     * @param programs the directory of their programs
     * @return completes when there are none, or exceptionally if there are some after the patience
     */
    static CompletionStage<Void> end(Path programs, TimeSource time, Duration patience) {
        return end(programs, time, time.nanos() + patience.toNanos());
    }

    private static CompletionStage<Void> end(Path programs, TimeSource time, long deadline) {
        var found = of(programs);
        if (found.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        if (time.nanos() - deadline >= 0) {
            return CompletableFuture.failedFuture(new IOException("processes do not end: " + found));
        }
        found.forEach(ProcessHandle::destroyForcibly);
        var later = new CompletableFuture<Void>();
        time.schedule(POLL, () -> later.complete(null));
        return later.thenCompose(ignored -> end(programs, time, deadline));
    }

    private static List<ProcessHandle> of(Path programs) {
        return ProcessHandle.allProcesses()
                .filter(process -> runs(process, programs))
                .toList();
    }

    private static boolean runs(ProcessHandle process, Path programs) {
        try {
            // A zombie has no such link.
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "exe"))
                    .startsWith(programs.toRealPath());
        } catch (IOException endedOrNotOurs) {
            return false;
        }
    }
}
