package dev.koda.server.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.koda.checks.Redactor;
import dev.koda.checks.Service;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One event as one line of JSON. Whatever text it holds is redacted first: the message with its arguments in place, keys
 * and values of any depth, and throwables with their causes. All but ASCII is escaped, so no character of an event can
 * end a line or reach a terminal as a control sequence.
 */
final class JsonLine {
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private static final int LONGEST = 16_384;

    /** Half a character, which no reader of JSON accepts, and the control character that JSON lets through. */
    private static final Pattern UNSOUND = Pattern.compile("[\\p{Cs}\\x7F]");

    /** What every reader of logs looks for stands beside the message, and not among the values of an event. */
    private static final List<String> ABOVE = List.of("event", "trace_id");

    private final Redactor redactor;
    private final Service service;
    private final String node;

    /** Lines of this service on the machine of this name. */
    JsonLine(Redactor redactor, Service service, String node) {
        this.redactor = redactor;
        this.service = service;
        this.node = node;
    }

    byte[] write(ILoggingEvent event) {
        var bytes = new ByteArrayOutputStream(512);
        try (var json = JSON.createGenerator(bytes)) {
            writeEvent(json, event);
            json.writeRaw('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("a byte array refused a log line", e);
        }
        return bytes.toByteArray();
    }

    private void writeEvent(JsonGenerator json, ILoggingEvent event) throws IOException {
        json.writeStartObject();
        json.writeStringField("time", Instant.ofEpochMilli(event.getTimeStamp()).toString());
        json.writeStringField("level", event.getLevel().toString().toLowerCase(Locale.ROOT));
        json.writeStringField("service", service.name());
        if (service.version() != null) {
            json.writeStringField("version", service.version());
        }
        json.writeStringField("node", node);
        json.writeStringField("logger", clean(event.getLoggerName()));
        json.writeStringField("thread", clean(event.getThreadName()));
        for (var key : ABOVE) {
            var value = valueOf(event, key);
            if (value != null) {
                json.writeStringField(key, clean(value));
            }
        }
        json.writeStringField("message", clean(event.getFormattedMessage()));
        writeContext(json, event);
        IThrowableProxy thrown = event.getThrowableProxy();
        if (thrown != null) {
            json.writeObjectFieldStart("error");
            json.writeStringField("type", thrown.getClassName());
            json.writeStringField("stack", clean(StackText.of(thrown)));
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /** The text that the event, or what it happened in, has under this key; null if there is none. */
    private static @Nullable String valueOf(ILoggingEvent event, String key) {
        var pairs = event.getKeyValuePairs();
        if (pairs != null) {
            for (var pair : pairs) {
                if (key.equals(pair.key) && pair.value instanceof String text) {
                    return text;
                }
            }
        }
        return event.getMDCPropertyMap().get(key);
    }

    private void writeContext(JsonGenerator json, ILoggingEvent event) throws IOException {
        var values = new LinkedHashMap<String, @Nullable Object>();
        var pairs = event.getKeyValuePairs();
        if (pairs != null) {
            for (var pair : pairs) {
                var key = Objects.toString(pair.key, "");
                if (!ABOVE.contains(key) || !(pair.value == null || pair.value instanceof String)) {
                    values.put(key, pair.value);
                }
            }
        }
        writeObject(json, "data", values);
        var context = new LinkedHashMap<String, @Nullable Object>(event.getMDCPropertyMap());
        ABOVE.forEach(context::remove);
        writeObject(json, "context", context);
    }

    private void writeObject(JsonGenerator json, String name, Map<String, @Nullable Object> fields) throws IOException {
        if (fields.isEmpty()) {
            return;
        }
        var values = new ValueJson(json, this::clean);
        json.writeObjectFieldStart(name);
        for (var field : fields.entrySet()) {
            values.writeField(field.getKey(), field.getValue());
        }
        json.writeEndObject();
    }

    /** Redacts first and cuts then, so that no half of a secret is left at the cut; nothing is the empty text. */
    private String clean(@Nullable String text) {
        if (text == null) {
            return "";
        }
        var clean = redactor.redact(text);
        var cut = clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "...";
        return UNSOUND.matcher(cut).replaceAll("\ufffd");
    }
}
