package dev.koda.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Processes that belong to a directory: they work in it or run a program of it. That finds a postmaster too, which is a
 * child of nobody once its starter is dead, and never a process of somebody else.
 */
final class Leftovers {
    private Leftovers() {}

    /** The processes of this directory and those below it, as they are now; zombies do not count. */
    static List<ProcessHandle> in(Path directory) {
        var found = new ArrayList<ProcessHandle>();
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var process : processes) {
                if (leadsBelow(process.resolve("cwd"), directory) || leadsBelow(process.resolve("exe"), directory)) {
                    ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
                            .ifPresent(found::add);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return found;
    }

    private static boolean leadsBelow(Path link, Path directory) {
        try {
            return Files.readSymbolicLink(link).startsWith(directory);
        } catch (IOException endedOrNotOurs) {
            return false;
        }
    }

    /** Ends it at once, stopped or not. */
    static void kill(ProcessHandle process) {
        process.destroyForcibly();
    }

    /** What it is, for the message of a failed test. */
    static String describe(ProcessHandle process) {
        return process.pid() + " " + process.info().commandLine().orElse("(a program that this user may not see)");
    }
}
