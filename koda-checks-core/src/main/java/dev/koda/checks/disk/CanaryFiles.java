package dev.koda.checks.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * The hidden files that prove that a directory can be written. Each has a name of its own, so that several processes may
 * try at the same time, and is removed again; what a crashed process left is removed later, by its name and age.
 */
final class CanaryFiles {
    private static final String PREFIX = ".koda-canary-";
    private static final Pattern OURS = Pattern.compile(Pattern.quote(PREFIX) + "[0-9a-f-]{36}(\\.new)?");
    /** Far longer than a check may run: a younger file may be in use by another process. */
    private static final Duration ABANDONED = Duration.ofMinutes(1);
    /** A directory may hold millions of files; looking at these takes some milliseconds. */
    private static final int MOST_LOOKED_AT = 10_000;

    private static final int BLOCK = 4096;

    private final Path directory;
    private final AtomicBoolean isSwept = new AtomicBoolean();

    CanaryFiles(Path directory) {
        this.directory = directory;
    }

    /**
     * Creates, syncs, renames and deletes one.
     *
     * @return when the file system says that it was written
     */
    FileTime writeAndRemove() throws IOException {
        var name = PREFIX + UUID.randomUUID();
        var fresh = directory.resolve(name + ".new");
        var renamed = directory.resolve(name);
        try (var channel = FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            writeBlock(channel);
            channel.force(true);
            Files.move(fresh, renamed, StandardCopyOption.ATOMIC_MOVE);
            return Files.getLastModifiedTime(renamed);
        } finally {
            Files.deleteIfExists(fresh);
            Files.deleteIfExists(renamed);
        }
    }

    private static void writeBlock(FileChannel channel) throws IOException {
        var block = ByteBuffer.allocate(BLOCK);
        while (block.hasRemaining()) {
            channel.write(block);
        }
    }

    /**
     * Removes what crashed processes left, once: this process leaves nothing. That a directory cannot be listed says
     * nothing about writing, so it is no failure.
     *
     * @param now by the clock of the file system, which on a network mount is not ours
     */
    void sweepOnce(FileTime now) {
        if (isSwept.compareAndSet(false, true)) {
            try (var entries = Files.newDirectoryStream(directory)) {
                sweep(entries, now);
            } catch (IOException | DirectoryIteratorException unlistable) {
                // Nothing to remove that can be seen.
            }
        }
    }

    private static void sweep(Iterable<Path> entries, FileTime now) throws IOException {
        int seen = 0;
        for (var entry : entries) {
            if (++seen > MOST_LOOKED_AT) {
                return;
            }
            if (isAbandoned(entry, now)) {
                Files.deleteIfExists(entry);
            }
        }
    }

    private static boolean isAbandoned(Path entry, FileTime now) throws IOException {
        if (!OURS.matcher(String.valueOf(entry.getFileName())).matches()
                || !Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        var age = Duration.between(Files.getLastModifiedTime(entry).toInstant(), now.toInstant());
        return age.compareTo(ABANDONED) > 0;
    }
}
