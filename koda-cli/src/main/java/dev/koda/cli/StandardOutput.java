package dev.koda.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What standard output leads to, as far as the system tells. */
final class StandardOutput {
    /** In {@code st_mode}, of POSIX's {@code sys/stat.h}. */
    private static final int KIND = 0170000;

    private static final int PIPE = 0010000;
    private static final int SOCKET = 0140000;

    private StandardOutput() {}

    /** True if it is a pipe or a socket: what cannot be written to them has lost its reader, and no disk is full. */
    static boolean isPipe() {
        try {
            var mode = Files.getAttribute(Path.of("/dev/fd/1"), "unix:mode");
            int kind = mode instanceof Integer bits ? bits & KIND : 0;
            return kind == PIPE || kind == SOCKET;
        } catch (IOException | UnsupportedOperationException unknown) {
            return false;
        }
    }
}
