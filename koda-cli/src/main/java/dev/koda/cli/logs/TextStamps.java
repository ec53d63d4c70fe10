package dev.koda.cli.logs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Set;

/**
 * The time that a line tells itself: at its beginning, perhaps in brackets, in the brackets of an access log, or, if it
 * is JSON, in a field. For one thread.
 */
final class TextStamps {
    static final Set<String> FIELDS = Set.of("timestamp", "time", "ts", "@timestamp");

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final double SECONDS_END = 1e11;
    private static final double MILLIS_END = 1e14;
    private static final double MICROS_END = 1e17;

    private final StampReader reader;

    TextStamps(ZoneId zone) {
        reader = new StampReader(zone);
    }

    /** In nanoseconds since 1970; {@link StampReader#NONE} if it tells none. */
    long of(byte[] line, int from, int to) {
        if (from < to && line[from] == '{') {
            return ofJson(line, from, to);
        }
        int begin = from < to && line[from] == '[' ? from + 1 : from;
        boolean isRead = reader.read(line, begin, to);
        if (!isRead) {
            var access = AccessLogStamp.of(line, from, to);
            isRead = access != null && reader.read(access, 0, access.length);
        }
        return isRead ? reader.nanos() : StampReader.NONE;
    }

    private long ofJson(byte[] line, int from, int to) {
        try (var parser = FACTORY.createParser(line, from, to - from)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isStamp = FIELDS.contains(parser.currentName());
                var value = parser.nextToken();
                if (isStamp && value == JsonToken.VALUE_STRING) {
                    var text = parser.getText().getBytes(StandardCharsets.UTF_8);
                    return reader.read(text, 0, text.length) ? reader.nanos() : StampReader.NONE;
                }
                if (isStamp && value.isNumeric()) {
                    return nanos(parser.getDoubleValue());
                }
                parser.skipChildren();
            }
        } catch (IOException notJson) {
            return StampReader.NONE;
        }
        return StampReader.NONE;
    }

    /** Of seconds, milliseconds, microseconds or nanoseconds: they are far apart in this century. */
    private static long nanos(double number) {
        double unit = number < SECONDS_END ? 1e9 : number < MILLIS_END ? 1e6 : number < MICROS_END ? 1e3 : 1;
        return (long) (number * unit);
    }
}
