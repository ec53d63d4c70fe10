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
import java.util.Locale;
import java.util.Objects;
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

    private final Redactor redactor;
    private final Service service;

    JsonLine(Redactor redactor, Service service) {
        this.redactor = redactor;
        this.service = service;
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
        json.writeStringField("logger", event.getLoggerName());
        json.writeStringField("thread", clean(event.getThreadName()));
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

    private void writeContext(JsonGenerator json, ILoggingEvent event) throws IOException {
        var values = new ValueJson(json, this::clean);
        var pairs = event.getKeyValuePairs();
        var context = event.getMDCPropertyMap();
        if (pairs != null && !pairs.isEmpty()) {
            json.writeObjectFieldStart("data");
            for (var pair : pairs) {
                values.writeField(Objects.toString(pair.key, ""), pair.value);
            }
            json.writeEndObject();
        }
        if (!context.isEmpty()) {
            json.writeObjectFieldStart("context");
            for (var entry : context.entrySet()) {
                values.writeField(entry.getKey(), entry.getValue());
            }
            json.writeEndObject();
        }
    }

    /** Redacts first and cuts then, so that no half of a secret is left at the cut; nothing is the empty text. */
    private String clean(@Nullable String text) {
        if (text == null) {
            return "";
        }
        var clean = redactor.redact(text);
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "...";
    }
}
