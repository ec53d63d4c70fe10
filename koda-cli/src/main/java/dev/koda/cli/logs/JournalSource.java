package dev.koda.cli.logs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.koda.checks.TimeSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The log of a systemd unit, by {@code journalctl} in JSON: its stamps, its priorities, and a cursor to go on from. */
final class JournalSource implements LogSource {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final String INSTALL = "--journal needs systemd; name files with --file";
    private static final int MICROS_TO_NANOS = 1000;

    private final String unit;
    private final Children children;
    private final Range range;
    private final Instant begin;
    private @Nullable String cursor;
    private boolean isHistoryRead;
    private long floor = StampReader.NONE;

    /**
     * @throws LogsException if nobody can read it here
     */
    JournalSource(String unit, Children children, Range range, TimeSource time) throws LogsException {
        children.require("journalctl", INSTALL);
        this.unit = unit;
        this.children = children;
        this.range = range;
        this.begin = time.now();
    }

    @Override
    public String name() {
        return unit.endsWith(".service") ? unit.substring(0, unit.length() - ".service".length()) : unit;
    }

    @Override
    public boolean goesOn() {
        return true;
    }

    @Override
    public boolean isStill() {
        return false;
    }

    @Override
    public void history(LineWriter writer) throws LogsException {
        read(fromBegin(), writer);
        isHistoryRead = true;
    }

    private List<String> fromBegin() {
        var options = new ArrayList<String>();
        options.add("--lines=" + (range.tail() < 0 ? "all" : Integer.toString(range.tail())));
        if (range.since() != null) {
            options.add("--since=@" + range.since().getEpochSecond());
        }
        if (range.until() != null) {
            options.add("--until=@" + (range.until().getEpochSecond() + 1));
        }
        return options;
    }

    @Override
    public void follow(LineWriter writer) throws LogsException {
        var options = new ArrayList<>(List.of("--follow"));
        if (cursor != null) {
            options.addAll(List.of("--no-tail", "--after-cursor=" + cursor));
        } else if (isHistoryRead) {
            options.addAll(List.of("--no-tail", "--since=@" + begin.getEpochSecond()));
        } else {
            options.addAll(fromBegin());
        }
        floor = cursor == null && isHistoryRead ? StampReader.nanos(begin) : StampReader.NONE;
        read(options, writer);
    }

    private void read(List<String> options, LineWriter writer) throws LogsException {
        var words = new ArrayList<>(List.of(
                // All: else a long text is left out.
                "journalctl", "--output=json", "--all", "--quiet", "--no-pager", "--unit=" + unit));
        words.addAll(options);
        try (var child = children.start(words, INSTALL)) {
            int code = ChildLines.read(child, writer, (bytes, from, to, isCut) -> add(bytes, from, to, isCut, writer));
            if (code != 0) {
                throw new LogsException("journalctl ended with " + code + "; may this user read the journal?");
            }
        }
    }

    /** What is no entry, or too long to be read as one, is shown as it is. */
    private void add(byte[] bytes, int from, int to, boolean isCut, LineWriter writer) {
        try (var parser = FACTORY.createParser(bytes, from, to - from)) {
            var entry = new Entry();
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                entry.take(parser);
            }
            cursor = entry.cursor == null ? cursor : entry.cursor;
            for (var line : entry.lines()) {
                if (entry.stamp >= floor) {
                    writer.add(entry.stamp, line, isCut, entry.level);
                }
            }
        } catch (IOException notJson) {
            writer.add(StampReader.NONE, Arrays.copyOfRange(bytes, from, to), isCut, null);
        }
    }

    private static final class Entry {
        private long stamp = StampReader.NONE;
        private @Nullable Level level;
        private @Nullable String cursor;
        private String message = "";

        private void take(JsonParser parser) throws IOException {
            var name = parser.currentName();
            var value = parser.nextToken();
            switch (name) {
                case "__REALTIME_TIMESTAMP" -> stamp = parser.getValueAsLong() * MICROS_TO_NANOS;
                case "__CURSOR" -> cursor = parser.getText();
                case "PRIORITY" -> level = Level.of(parser.getValueAsLong(-1));
                case "MESSAGE" -> message = value == JsonToken.START_ARRAY ? bytes(parser) : text(parser, value);
                default -> parser.skipChildren();
            }
        }

        private static String text(JsonParser parser, JsonToken value) throws IOException {
            return value == JsonToken.VALUE_NULL ? "" : parser.getText();
        }

        /** What is not all text is an array of its bytes. */
        private static String bytes(JsonParser parser) throws IOException {
            var bytes = new ByteArrayOutputStream();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                bytes.write(parser.getValueAsInt());
            }
            return bytes.toString(StandardCharsets.UTF_8);
        }

        private List<byte[]> lines() {
            return message.lines()
                    .map(line -> line.getBytes(StandardCharsets.UTF_8))
                    .toList();
        }
    }
}
