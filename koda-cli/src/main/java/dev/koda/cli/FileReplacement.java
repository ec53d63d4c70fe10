package dev.koda.cli;

import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Objects;
import java.util.Set;

/** Replaces files in one step: whoever reads one sees the old one or the new one and never a half. */
final class FileReplacement {
    private FileReplacement() {}

    /** Replaces or makes the file; a link stays one, and what it points to is replaced. */
    static void write(Path file, byte[] bytes, Set<PosixFilePermission> permissions) throws IOException {
        var target = Files.exists(file) ? file.toRealPath() : file;
        var directory = Objects.requireNonNull(target.getParent(), "a file stands in a directory");
        var draft = Files.createTempFile(directory, ".koda-", ".tmp");
        try {
            fill(draft, bytes);
            Files.setPosixFilePermissions(draft, permissions);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void fill(Path draft, byte[] bytes) throws IOException {
        try (var channel = FileChannel.open(draft, WRITE)) {
            var left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }
}
