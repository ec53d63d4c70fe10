package dev.koda.dashboard.audit;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;

/**
 * Where events go that leave the log: a gzip file of lines for each partition, as an export has them, with its checkpoints
 * and a last line. A file is there as a whole or not at all, and on the disk before anybody relies on it.
 */
final class Archive {
    private static final int PAGE = 2_000;

    private final Vertx vertx;
    private final LogReader reader;
    private final Path directory;

    Archive(Vertx vertx, LogReader reader, Path directory) {
        this.vertx = vertx;
        this.reader = reader;
        this.directory = directory;
    }

    /** The file that is being written. */
    private final class Writing {
        private final Path file;
        private final Path part;
        private final FileChannel channel;
        private final OutputStream lines;
        private final long first;
        private final long last;
        private long seq;
        private long events;

        private Writing(long first, long last) throws IOException {
            this.first = first;
            this.last = last;
            seq = first - 1;
            PrivateDirectory.make(directory);
            file = directory.resolve("audit-%012d-%012d.ndjson.gz".formatted(first, last));
            part = file.resolveSibling(file.getFileName() + ".part");
            Files.deleteIfExists(part);
            channel = FileChannel.open(
                    part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), PrivateDirectory.FILE);
            lines = new GZIPOutputStream(Channels.newOutputStream(channel), 1 << 16);
        }

        private Future<Path> run() {
            return reader.after(seq, PAGE)
                    .map(page ->
                            page.stream().filter(event -> event.seq() <= last).toList())
                    .compose(page -> page.isEmpty()
                            ? vertx.executeBlocking(this::end)
                            : reader.checkpoints(seq + 1, last).compose(signed -> write(page, signed)));
        }

        private Future<Path> write(List<LogEvent> page, Map<Long, String> signed) {
            return vertx.<Void>executeBlocking(() -> {
                        for (var event : page) {
                            line(event.json());
                            if (signed.containsKey(event.seq())) {
                                line(new JsonObject()
                                        .put("checkpoint", signed.get(event.seq()))
                                        .encode());
                            }
                        }
                        events += page.size();
                        seq = page.get(page.size() - 1).seq();
                        return null;
                    })
                    .compose(written -> run());
        }

        private void line(String text) throws IOException {
            lines.write((text + '\n').getBytes(StandardCharsets.UTF_8));
        }

        private Path end() throws IOException {
            line(new JsonObject()
                    .put("complete", true)
                    .put("filtered", false)
                    .put("from", first)
                    .put("to", seq)
                    .put("events", events)
                    .encode());
            if (seq != last) {
                throw new IOException("the events up to " + last + " could not be read");
            }
            ((GZIPOutputStream) lines).finish();
            channel.force(true);
            lines.close();
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return file;
        }

        private void abandon() {
            try {
                lines.close();
                Files.deleteIfExists(part);
            } catch (IOException left) {
                // The next attempt begins anew.
            }
        }
    }

    /** Writes these events; completes with the file. */
    Future<Path> write(long first, long last) {
        return vertx.executeBlocking(() -> new Writing(first, last))
                .compose(writing -> writing.run().onFailure(broken -> writing.abandon()));
    }
}
