package dev.koda.server.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who runs on a state directory: an operating system lock, which a killed process cannot leave behind, on a file that
 * says more about its holder.
 */
public final class RunLock implements AutoCloseable {
    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * What the holder of the lock says about itself.
     *
     * @param pid its process
     * @param url where it answers, or null while it starts
     */
    public record Holder(String pid, @Nullable String url) {}

    /** Takes the lock for this process; empty if another {@code koda up} has it. */
    public static Optional<RunLock> take(StateDirectory directory) throws StartException {
        return take(directory.lock());
    }

    /** Takes the lock of demos on a running {@code koda up} for this process; empty if another demo has it. */
    public static Optional<RunLock> takeForDemo(StateDirectory directory) throws StartException {
        return take(directory.demoLock());
    }

    private static Optional<RunLock> take(Path file) throws StartException {
        try {
            var channel = PrivateFiles.open(file);
            if (locked(channel)) {
                var lock = new RunLock(channel);
                lock.write("");
                return Optional.of(lock);
            }
            channel.close();
            return Optional.empty();
        } catch (IOException failure) {
            throw new StartException("cannot write to " + file + "; make it writable", failure);
        }
    }

    /** Who holds the lock of {@code koda up} now; empty if nobody does. Writes nothing. */
    public static Optional<Holder> running(StateDirectory directory) throws StartException {
        try (var channel = FileChannel.open(directory.lock(), StandardOpenOption.READ)) {
            // A shared lock is what can be asked for without writing.
            return channel.tryLock(0, Long.MAX_VALUE, true) == null ? Optional.of(holder(directory)) : Optional.empty();
        } catch (OverlappingFileLockException held) {
            return Optional.of(holder(directory));
        } catch (NoSuchFileException never) {
            return Optional.empty();
        } catch (IOException failure) {
            throw new StartException("cannot read " + directory.lock() + "; make it readable", failure);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException held) {
            return false;
        }
    }

    /** The holder's words about itself. */
    public static Holder holder(StateDirectory directory) throws StartException {
        try {
            var lines = Files.readString(directory.lock()).lines().toList();
            var pid = lines.isEmpty() ? "unknown" : lines.get(0);
            return new Holder(pid, lines.size() > 1 ? lines.get(1) : null);
        } catch (IOException failure) {
            throw new StartException("cannot read " + directory.lock() + "; make it readable", failure);
        }
    }

    /** Tells others that the holder is ready and where. */
    public void ready(String url) throws StartException {
        try {
            write(url + "\n");
        } catch (IOException failure) {
            throw new StartException("cannot write the lock file of the state directory; is its disk full?", failure);
        }
    }

    private void write(String more) throws IOException {
        var text = ProcessHandle.current().pid() + "\n" + more;
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException ignored) {
            // The lock ends with the process at the latest.
        }
    }
}
