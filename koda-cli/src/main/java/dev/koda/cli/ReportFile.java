package dev.koda.cli;

import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
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
        // A link stays one, and what it points to is replaced.
        var target = Files.exists(file) ? file.toRealPath() : file;
        var directory = Objects.requireNonNull(target.getParent(), "a file stands in a directory");
        var draft = Files.createTempFile(directory, ".koda-report-", ".tmp");
        try {
            fill(draft, bytes);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static boolean isSpecial(Path file) {
        return Files.exists(file) && !Files.isRegularFile(file);
    }

    private static void fill(Path draft, byte[] bytes) throws IOException {
        try (var channel = FileChannel.open(draft, WRITE)) {
            var left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString(FOR_ALL_TO_READ));
    }
}
