package dev.koda.cli;

import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * A report in a file. Whoever reads it, such as a collector that looks every few seconds, sees the old one or the new
 * one and never a half, and needs no rights of ours: there is no secret in a report.
 */
final class ReportFile {
    private static final String FOR_ALL_TO_READ = "rw-r--r--";

    private ReportFile() {}

    /** Why nothing can be written there, or null. */
    static @Nullable String refusal(Path file) {
        var directory = file.getParent();
        if (directory == null || Files.isDirectory(file)) {
            return "it is a directory";
        }
        if (!Files.isDirectory(directory)) {
            return "its directory does not exist";
        }
        return Files.isWritable(isSpecial(file) ? file : directory) ? null : "we may not write there";
    }

    /** Replaces the file in one step; what is no file, such as a pipe, is written to. */
    static void write(Path file, byte[] bytes) throws IOException {
        if (isSpecial(file)) {
            Files.write(file, bytes, WRITE);
            return;
        }
        FileReplacement.write(file, bytes, PosixFilePermissions.fromString(FOR_ALL_TO_READ));
    }

    private static boolean isSpecial(Path file) {
        return Files.exists(file) && !Files.isRegularFile(file);
    }
}
