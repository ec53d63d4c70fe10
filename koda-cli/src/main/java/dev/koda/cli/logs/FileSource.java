package dev.koda.cli.logs;

import dev.koda.checks.TimeSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The log of a file, also after it was replaced or emptied by a rotation. A line is stamped by the time that it tells
 * itself; one that tells none by that of the line before.
 */
final class FileSource implements LogSource {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final int PART = 64 << 10;

    private final String name;
    private final Path file;
    private final Range range;
    private final boolean isFollowed;
    private final TimeSource time;
    private final Monitor monitor;
    private final TextStamps stamps = new TextStamps(ZoneId.systemDefault());
    private final boolean isRegular;
    private final byte[] part = new byte[PART];
    private @Nullable FileChannel channel;
    private @Nullable LineSplitter splitter;
    private @Nullable Object key;
    private boolean isOpenAgain;
    private long stamp = StampReader.NONE;

    /**
     * @param isFollowed whether {@link #follow} comes after {@link #history}
     * @throws LogsException if it cannot be read
     */
    FileSource(String name, Path file, Range range, boolean isFollowed, TimeSource time, Monitor monitor)
            throws LogsException {
        this.name = name;
        this.file = file;
        this.range = range;
        this.isFollowed = isFollowed;
        this.time = time;
        this.monitor = monitor;
        this.isRegular = Files.isRegularFile(file);
        if (!Files.exists(file) || Files.isDirectory(file)) {
            throw new LogsException(file + (Files.exists(file) ? " is a directory, not a file" : " is not there"));
        }
        if (!Files.isReadable(file)) {
            throw new LogsException(file + " cannot be read by this user");
        }
    }

    @Override
    public String name() {
        return name;
    }

    /** A pipe has one end only. */
    @Override
    public boolean goesOn() {
        return isRegular;
    }

    @Override
    public boolean isStill() {
        return false;
    }

    @Override
    public void history(LineWriter writer) throws LogsException {
        // The end of a pipe may be far away.
        if (isRegular || !isFollowed) {
            read(writer);
        }
        if (!isFollowed) {
            finishLine();
        }
    }

    @Override
    public void follow(LineWriter writer) throws LogsException {
        if (!isRegular) {
            read(writer);
            return;
        }
        while (monitor.pause(LOOK_AGAIN)) {
            read(writer);
        }
    }

    private void read(LineWriter writer) throws LogsException {
        try {
            var open = channel == null ? open(writer) : channel;
            if (!readToEnd(open, writer) || !isRegular) {
                return;
            }
            if (open.size() < open.position()) {
                finishLine();
                open.position(0);
                readToEnd(open, writer);
            } else if (Files.exists(file) && !keyOf(file).equals(key)) {
                // What was written to the old one between the last look and its replacement.
                readToEnd(open, writer);
                open.close();
                channel = null;
                readToEnd(open(writer), writer);
            }
        } catch (IOException broken) {
            throw new LogsException(file + " cannot be read to its end");
        }
    }

    /** What is left of a line of the file before is a line. */
    private FileChannel open(LineWriter writer) throws IOException {
        finishLine();
        splitter = new LineSplitter((bytes, from, to, isCut) -> add(bytes, from, to, isCut, writer));
        Object before;
        FileChannel open;
        do {
            before = keyOf(file);
            open = FileChannel.open(file);
        } while (!before.equals(keyOf(file)));
        if (isRegular && range.tail() >= 0 && !isOpenAgain) {
            open.position(FileTail.begin(open, range.tail()));
        }
        isOpenAgain = true;
        key = before;
        channel = open;
        return open;
    }

    private void finishLine() {
        if (splitter != null) {
            splitter.finish();
        }
    }

    /** Changes when another file takes the place of this one. */
    private static Object keyOf(Path file) throws IOException {
        var key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return key == null ? file : key;
    }

    /** False if nobody wants more. */
    private boolean readToEnd(FileChannel open, LineWriter writer) throws IOException {
        var buffer = ByteBuffer.wrap(part);
        while (open.read(buffer.clear()) > 0) {
            if (splitter != null) {
                splitter.add(part, buffer.position());
            }
            if (!writer.flush()) {
                return false;
            }
        }
        return writer.flush();
    }

    private void add(byte[] bytes, int from, int to, boolean isCut, LineWriter writer) {
        long told = stamps.of(bytes, from, to);
        stamp = told == StampReader.NONE ? stamp : told;
        boolean isUnknown = stamp == StampReader.NONE && writer.isLive();
        long best = isUnknown ? StampReader.nanos(time.now()) : stamp;
        writer.add(best, Arrays.copyOfRange(bytes, from, to), isCut, null);
    }
}
