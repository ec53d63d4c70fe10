package dev.koda.dashboard.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory that is one server's alone for as long as it runs, however it ends: a lock on a file in it goes with the
 * process. A second server of the same directory takes another one inside it. Blocks; thread-safe.
 */
final class OwnDirectory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OwnDirectory.class);

    static final String LOCK = "server.lock";

    private static final String OTHER = "server-";

    /** More servers than anybody starts for one directory. */
    private static final int MOST = 16;

    private final Path configured;
    private @Nullable Path own;
    private @Nullable FileChannel lock;

    private OwnDirectory(Path configured) {
        this.configured = configured;
    }

    /** That of a server which was told this one. Nothing is made or taken before it is asked for. */
    static OwnDirectory of(Path configured) {
        return new OwnDirectory(configured);
    }

    /** True if somebody has made it, this server or another one. */
    boolean isMade() {
        return Files.isDirectory(configured);
    }

    /**
     * The directory, made and taken if it is not yet.
     *
     * @throws IOException if it cannot be made or locked
     */
    synchronized Path path() throws IOException {
        for (int number = 1; own == null; number++) {
            if (number > MOST) {
                throw new IOException(configured + " has " + MOST + " running servers, and no room for more");
            }
            var place = place(number);
            PrivateDirectory.make(place);
            lock = take(place);
            if (lock != null) {
                own = place;
                tell(number);
            }
        }
        return own;
    }

    private void tell(int number) {
        if (number > 1) {
            LOG.atWarn()
                    .addKeyValue("event", "audit.directory_taken")
                    .log(
                            "another running server has the directory {}; this one uses {}, with a key of its own: give"
                                    + " each server its KODA_OPERATIONS_DIR",
                            configured,
                            place(number));
        }
    }

    private Path place(int number) {
        return number == 1 ? configured : configured.resolve(OTHER + number);
    }

    private static @Nullable FileChannel take(Path place) throws IOException {
        var channel = FileChannel.open(
                place.resolve(LOCK),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                PrivateDirectory.FILE);
        FileLock taken = null;
        try {
            taken = channel.tryLock();
        } catch (OverlappingFileLockException ofThisProcess) {
            // Somebody else's all the same.
        } finally {
            if (taken == null) {
                channel.close();
            }
        }
        return taken == null ? null : channel;
    }

    /** What is done in a directory while it is nobody else's. */
    @FunctionalInterface
    interface Work {
        void in(Path directory) throws IOException;
    }

    /** Does the work in each directory of a server that does not run any more; for as long as it is done, none begins there. */
    synchronized void visitAbandoned(Work work) throws IOException {
        var mine = path();
        for (var place : others(mine)) {
            try (var visit = take(place)) {
                if (visit != null) {
                    work.in(place);
                }
            }
        }
    }

    private List<Path> others(Path mine) {
        var others = new ArrayList<Path>();
        for (int number = 1; number <= MOST; number++) {
            var place = place(number);
            if (!place.equals(mine) && Files.isDirectory(place)) {
                others.add(place);
            }
        }
        return others;
    }

    /** Leaves it to the next server. */
    @Override
    public synchronized void close() throws IOException {
        if (lock != null) {
            lock.close();
            lock = null;
            own = null;
        }
    }
}
