package dev.koda.server.logging;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.koda.checks.Redactor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes a value of any shape with every text in it redacted, and without the values of keys that name a secret. */
final class ValueJson {
    private static final int DEPTH = 8;
    private static final Pattern SECRET_KEY = Pattern.compile(
            "(?i).*(password|passwd|secret|token|api[_-]?key|access[_-]?key|credential|authorization|cookie|dsn).*");

    private final JsonGenerator json;
    private final UnaryOperator<String> redaction;

    ValueJson(JsonGenerator json, UnaryOperator<String> redaction) {
        this.json = json;
        this.redaction = redaction;
    }

    void writeField(String key, @Nullable Object value) throws IOException {
        writeField(key, value, DEPTH);
    }

    private void writeField(String key, @Nullable Object value, int depth) throws IOException {
        json.writeFieldName(redaction.apply(key));
        if (value != null && SECRET_KEY.matcher(key.toLowerCase(Locale.ROOT)).matches()) {
            json.writeString(Redactor.MASK);
        } else {
            write(value, depth);
        }
    }

    private void write(@Nullable Object value, int depth) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Integer
                || value instanceof Long
                || value instanceof Short
                || value instanceof Byte) {
            json.writeNumber(((Number) value).longValue());
        } else if (value instanceof Double || value instanceof Float) {
            json.writeNumber(((Number) value).doubleValue());
        } else if (value instanceof Map<?, ?> map && depth > 0) {
            writeMap(map, depth - 1);
        } else if (value instanceof Iterable<?> items && !(value instanceof Path) && depth > 0) {
            writeItems(items, depth - 1);
        } else if (value instanceof Object[] items && depth > 0) {
            writeItems(Arrays.asList(items), depth - 1);
        } else {
            json.writeString(redaction.apply(textOf(value)));
        }
    }

    private void writeMap(Map<?, ?> map, int depth) throws IOException {
        json.writeStartObject();
        for (var entry : map.entrySet()) {
            writeField(Objects.toString(entry.getKey()), entry.getValue(), depth);
        }
        json.writeEndObject();
    }

    private void writeItems(Iterable<?> items, int depth) throws IOException {
        json.writeStartArray();
        for (var item : items) {
            write(item, depth);
        }
        json.writeEndArray();
    }

    /** A value whose text cannot be had must not cost the line. */
    private static String textOf(Object value) {
        try {
            return Objects.toString(value.toString());
        } catch (RuntimeException e) {
            return value.getClass().getName();
        }
    }
}
