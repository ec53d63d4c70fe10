package dev.koda.server.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import com.fasterxml.jackson.core.JsonFactory;
import dev.koda.checks.Redactor;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event for people: time (UTC), level, logger, message, and its values as {@code key=value}; below it, indented, the stack
 * of a throwable. What would steer a terminal is shown as a question mark.
 */
final class ConsoleLine {
    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int LONGEST = 4_096;

    private final Redactor redactor;

    ConsoleLine(Redactor redactor) {
        this.redactor = redactor;
    }

    byte[] write(ILoggingEvent event) {
        var line = new StringBuilder()
                .append(TIME.format(Instant.ofEpochMilli(event.getTimeStamp())))
                .append(String.format(Locale.ROOT, " %-5s ", event.getLevel()))
                .append(shortName(event.getLoggerName()))
                .append(": ")
                .append(clean(event.getFormattedMessage()));
        var pairs = event.getKeyValuePairs();
        if (pairs != null) {
            for (var pair : pairs) {
                var key = Objects.toString(pair.key, "");
                line.append(' ').append(clean(key)).append('=').append(clean(valueOf(key, pair.value)));
            }
        }
        line.append('\n');
        var thrown = event.getThrowableProxy();
        if (thrown != null) {
            redactor.redact(StackText.of(thrown))
                    .lines()
                    .forEach(frame -> line.append("    ").append(plain(frame)).append('\n'));
        }
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The last part of it, which is the class. */
    private static String shortName(String logger) {
        return plain(logger.substring(logger.lastIndexOf('.') + 1));
    }

    /** As JSON has it, since a value may be a whole tree; a plain word without quotes. */
    private String valueOf(String key, @Nullable Object value) {
        var text = new StringWriter();
        try (var json = JSON.createGenerator(text)) {
            json.writeStartObject();
            new ValueJson(json, redactor::redact).writeField(key, value);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a string refused a log line", e);
        }
        var object = text.toString();
        var written = object.substring(object.indexOf("\":", 1) + 2, object.length() - 1);
        return written.matches("\"[\\w./:+-]+\"") ? written.substring(1, written.length() - 1) : written;
    }

    /** Redacts first and cuts then, so that no half of a secret is left at the cut. */
    private String clean(@Nullable String text) {
        var redacted = redactor.redact(Objects.toString(text, ""));
        return plain(redacted.length() <= LONGEST ? redacted : redacted.substring(0, LONGEST) + "...");
    }

    private static String plain(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\x{2028}\\x{2029}]", "?");
    }
}
