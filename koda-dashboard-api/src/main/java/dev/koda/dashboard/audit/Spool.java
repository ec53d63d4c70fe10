package dev.koda.dashboard.audit;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events that wait on the disk for a store that does not answer: one line of JSON each, forced to the disk before
 * anything is said about them, in segments that are deleted as a whole. It blocks, and is used by one thread at a time.
 */
final class Spool {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    /** What an outage may leave at most; an event of ours has some 400 bytes. */
    static final long LARGEST = 64L << 20;

    private static final long SEGMENT = 256L << 10;
    private static final Set<OpenOption> HOW =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    private static final String PREFIX = "audit-spool-";
    private static final String SUFFIX = ".ndjson";

    private final OwnDirectory own;
    private final long largest;
    private Path directory = Path.of("");
    private long next;
    private boolean isClosed = true;
    private boolean isOpen;

    /** In a directory that is made when it is needed. */
    Spool(OwnDirectory own, long largest) {
        this.own = own;
        this.largest = largest;
    }

    private void open() throws IOException {
        if (!isOpen) {
            directory = own.path();
            for (var file : segments(directory)) {
                next = numberOf(file) + 1;
            }
            own.visitAbandoned(this::adopt);
            isOpen = true;
        }
    }

    /** What a server has left that nobody starts any more waits here from now on. */
    private void adopt(Path abandoned) throws IOException {
        for (var file : segments(abandoned)) {
            Files.move(file, directory.resolve(name(++next)), StandardCopyOption.ATOMIC_MOVE);
            isClosed = true;
        }
    }

    private static String name(long number) {
        return PREFIX + "%010d".formatted(number) + SUFFIX;
    }

    /** The events of one segment, and its file. */
    record Segment(Path file, List<StampedEvent> events) {}

    /** Appends the events that still fit, and says how many. */
    int append(List<StampedEvent> events) throws IOException {
        open();
        var lines = new StringBuilder();
        long free = largest - size();
        int count = 0;
        for (var event : events) {
            var line = line(event);
            if (lines.length() + line.length() > free) {
                break;
            }
            lines.append(line);
            count++;
        }
        write(lines.toString());
        return count;
    }

    private void write(String lines) throws IOException {
        if (lines.isEmpty()) {
            return;
        }
        boolean isNew = isClosed;
        if (isNew) {
            next++;
        }
        var file = directory.resolve(name(next));
        // What a failure leaves may be half a line, and nothing goes behind it.
        isClosed = true;
        try (var channel = FileChannel.open(file, HOW, PrivateDirectory.FILE)) {
            long before = channel.size();
            try {
                append(channel, ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8)));
            } catch (IOException failure) {
                cut(channel, before, failure);
                throw failure;
            }
            if (isNew) {
                forceDirectory();
            }
            isClosed = channel.size() >= SEGMENT;
        }
    }

    private static void append(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(false);
    }

    private static void cut(FileChannel channel, long size, IOException failure) {
        try {
            channel.truncate(size);
        } catch (IOException notPossible) {
            failure.addSuppressed(notPossible);
        }
    }

    /** A file is safe only when its name is. */
    private void forceDirectory() throws IOException {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static String line(StampedEvent event) {
        return new JsonObject()
                        .put("id", event.id().toString())
                        .put("body", event.body())
                        .encode()
                + '\n';
    }

    private long size() throws IOException {
        long size = 0;
        for (var file : segments(directory)) {
            size += Files.size(file);
        }
        return size;
    }

    private static List<Path> segments(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().matches(PREFIX + "[0-9]{10}\\.ndjson"))
                    .sorted()
                    .toList();
        }
    }

    private static long numberOf(Path file) {
        var name = file.getFileName().toString();
        return Long.parseLong(name.substring(PREFIX.length(), name.length() - SUFFIX.length()));
    }

    /** The oldest segment, to which nothing is appended from now on; empty if nothing waits. */
    Optional<Segment> oldest() throws IOException {
        if (!own.isMade()) {
            return Optional.empty();
        }
        open();
        var files = segments(directory);
        if (files.isEmpty()) {
            return Optional.empty();
        }
        isClosed = true;
        return Optional.of(new Segment(files.get(0), read(files.get(0))));
    }

    /** What a power cut has left of a last line is no event: nobody was told that it is safe. */
    private static List<StampedEvent> read(Path file) throws IOException {
        var events = new ArrayList<StampedEvent>();
        int skipped = 0;
        for (var line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n", -1)) {
            if (line.isEmpty()) {
                continue;
            }
            try {
                var json = new JsonObject(line);
                var id = UUID.fromString(json.getString("id"));
                events.add(StampedEvent.read(id, Instant.EPOCH, json.getString("body")));
            } catch (RuntimeException torn) {
                skipped++;
            }
        }
        if (skipped > 0) {
            LOG.atWarn()
                    .addKeyValue("event", "audit.spool_lines_skipped")
                    .addKeyValue("lines", skipped)
                    .log("{} lines of the audit spool are no events and are skipped", skipped);
        }
        return events;
    }

    /** Forgets a segment whose events are stored. */
    void remove(Segment segment) throws IOException {
        Files.deleteIfExists(segment.file());
    }
}
