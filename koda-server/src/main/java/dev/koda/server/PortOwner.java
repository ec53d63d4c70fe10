package dev.koda.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Who holds a TCP port, as far as this user may know: Linux shows the sockets of all and the open files of one's own
 * processes (of all, as root). Blocks for some milliseconds; never throws.
 */
public final class PortOwner {
    /** {@code TCP_LISTEN} of the kernel's include/net/tcp_states.h. */
    private static final String LISTEN = "0A";

    private static final int SHORT = 120;

    private final Path proc;

    PortOwner(Path proc) {
        this.proc = proc;
    }

    /** A phrase such as {@code process 4711 (postgres)}; empty if it cannot be known. */
    public static Optional<String> of(int port) {
        return new PortOwner(Path.of("/proc")).find(port);
    }

    Optional<String> find(int port) {
        var sockets = new HashSet<String>();
        collect("net/tcp", port, sockets);
        collect("net/tcp6", port, sockets);
        return sockets.isEmpty() ? Optional.empty() : processWith(sockets);
    }

    /** Adds the names that /proc/PID/fd shows for sockets that listen on the port. */
    private void collect(String table, int port, Set<String> sockets) {
        try (var lines = Files.lines(proc.resolve(table), StandardCharsets.US_ASCII)) {
            lines.skip(1)
                    .map(line -> line.strip().split("\\s+", -1))
                    .filter(fields -> fields.length > 9 && fields[3].equals(LISTEN))
                    .filter(fields -> fields[1].endsWith(String.format(Locale.ROOT, ":%04X", port)))
                    .forEach(fields -> sockets.add("socket:[" + fields[9] + "]"));
        } catch (IOException | RuntimeException e) {
            // Another system, or a table that this user may not read: then nothing can be known.
        }
    }

    private Optional<String> processWith(Set<String> sockets) {
        try (var processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (var process : processes) {
                if (holds(process, sockets)) {
                    return Optional.of(describe(process));
                }
            }
        } catch (IOException | RuntimeException e) {
            // As above.
        }
        return Optional.empty();
    }

    private static boolean holds(Path process, Set<String> sockets) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (var file : files) {
                if (Files.isSymbolicLink(file)
                        && sockets.contains(Files.readSymbolicLink(file).toString())) {
                    return true;
                }
            }
        } catch (IOException | RuntimeException e) {
            // Somebody else's process, or one that has ended meanwhile.
        }
        return false;
    }

    /** The program alone: arguments may hold secrets. */
    private static String describe(Path process) {
        var name = "process " + process.getFileName();
        try {
            var command = Files.readString(process.resolve("comm"), StandardCharsets.UTF_8)
                    .strip();
            var clean = command.replaceAll("\\p{Cntrl}", "?");
            return name + " (" + (clean.length() > SHORT ? clean.substring(0, SHORT) : clean) + ")";
        } catch (IOException | RuntimeException e) {
            return name;
        }
    }
}
