package dev.koda.checks.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Writes JSON the way every document of this package is written: compact, nulls left out, any text made safe. */
final class JsonOutput {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** Up to here a double holds every integer exactly, and so does the reader's. */
    private static final double LARGEST_INTEGER = 1e15;

    private final JsonGenerator generator;

    private JsonOutput(JsonGenerator generator) {
        this.generator = generator;
    }

    /** What writes one document. */
    @FunctionalInterface
    interface Document {
        void writeTo(JsonOutput json) throws IOException;
    }

    /** The bytes of a document, UTF-8, without a line end. */
    static byte[] bytes(Document document) {
        return write(document).toByteArray();
    }

    /** The same with a line end, as a terminal and a file like it. */
    static byte[] line(Document document) {
        var bytes = write(document);
        bytes.write('\n');
        return bytes.toByteArray();
    }

    private static ByteArrayOutputStream write(Document document) {
        var bytes = new ByteArrayOutputStream(1024);
        try (var generator = FACTORY.createGenerator(bytes)) {
            generator.setCharacterEscapes(SafeEscapes.INSTANCE);
            document.writeTo(new JsonOutput(generator));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes;
    }

    void startObject() throws IOException {
        generator.writeStartObject();
    }

    void startObject(String name) throws IOException {
        generator.writeObjectFieldStart(SafeEscapes.wellFormed(name));
    }

    void endObject() throws IOException {
        generator.writeEndObject();
    }

    void startArray(String name) throws IOException {
        generator.writeArrayFieldStart(SafeEscapes.wellFormed(name));
    }

    void endArray() throws IOException {
        generator.writeEndArray();
    }

    void text(String value) throws IOException {
        generator.writeString(SafeEscapes.wellFormed(value));
    }

    void text(String name, @Nullable String value) throws IOException {
        if (value != null) {
            generator.writeStringField(name, SafeEscapes.wellFormed(value));
        }
    }

    void flag(String name, boolean value) throws IOException {
        generator.writeBooleanField(name, value);
    }

    void count(String name, int value) throws IOException {
        generator.writeNumberField(name, value);
    }

    /** An integer where the value is one; nothing for null, infinities and NaN, which JSON cannot say. */
    void number(String name, @Nullable Number value) throws IOException {
        if (value == null || !Double.isFinite(value.doubleValue())) {
            return;
        }
        double number = value.doubleValue();
        boolean isIntegral = value instanceof Long || value instanceof Integer;
        if (isIntegral || (number == Math.rint(number) && Math.abs(number) < LARGEST_INTEGER)) {
            generator.writeNumberField(name, value.longValue());
        } else {
            generator.writeNumberField(name, number);
        }
    }

    /** RFC 3339 in UTC with milliseconds. */
    void time(String name, Instant value) throws IOException {
        generator.writeStringField(name, TIME.format(value));
    }

    /** Whole milliseconds, never negative; as many as fit. */
    void millis(String name, Duration value) throws IOException {
        generator.writeNumberField(name, millis(value));
    }

    static long millis(Duration value) {
        if (value.isNegative()) {
            return 0;
        }
        return value.toSeconds() > Long.MAX_VALUE / 1000 - 1 ? Long.MAX_VALUE : value.toMillis();
    }
}
