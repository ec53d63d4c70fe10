package dev.koda.cli.logs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.koda.checks.Redactor;
import java.io.IOException;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes secrets out of JSON value by value, so that it stays JSON, and so that no escape hides one. What stands under the
 * name of a secret is one, whatever it is, and however deep.
 */
final class JsonRedaction {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int MOST_NAMES = 1000;

    private final Redactor redactor;
    private final Map<String, Boolean> secretNames = new HashMap<>();
    private boolean isChanged;

    JsonRedaction(Redactor redactor) {
        this.redactor = redactor;
    }

    /** The object without secrets; the same text if it has none; null if it is no JSON object. */
    @Nullable
    String redact(String text) {
        var clean = new StringWriter(text.length());
        isChanged = false;
        try (var parser = FACTORY.createParser(text);
                var generator = FACTORY.createGenerator(clean)) {
            parser.nextToken();
            generator.writeStartObject();
            object(parser, generator, false);
            if (parser.nextToken() != null) {
                return null;
            }
        } catch (IOException notJson) {
            return null;
        }
        return isChanged ? clean.toString() : text;
    }

    private void object(JsonParser parser, JsonGenerator generator, boolean isSecret) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            generator.writeFieldName(clean(name));
            parser.nextToken();
            value(parser, generator, isSecret || isSecretName(name));
        }
        generator.writeEndObject();
    }

    private void value(JsonParser parser, JsonGenerator generator, boolean isSecret) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                generator.writeStartObject();
                object(parser, generator, isSecret);
            }
            case START_ARRAY -> {
                generator.writeStartArray();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    value(parser, generator, isSecret);
                }
                generator.writeEndArray();
            }
            case VALUE_STRING -> generator.writeString(isSecret ? masked(parser.getText()) : clean(parser.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser, generator, isSecret);
            default -> generator.copyCurrentEvent(parser);
        }
    }

    private void number(JsonParser parser, JsonGenerator generator, boolean isSecret) throws IOException {
        var text = parser.getText();
        var clean = isSecret ? masked(text) : clean(text);
        if (clean.equals(text)) {
            generator.writeRawValue(text);
        } else {
            generator.writeString(clean);
        }
    }

    private String masked(String value) {
        if (value.isEmpty() || value.equals(Redactor.MASK)) {
            return value;
        }
        isChanged = true;
        return Redactor.MASK;
    }

    private String clean(String text) {
        var clean = redactor.redact(text);
        isChanged |= !clean.equals(text);
        return clean;
    }

    /** By what the redactor makes of a harmless value under that name. */
    private boolean isSecretName(String name) {
        if (secretNames.size() > MOST_NAMES) {
            secretNames.clear();
        }
        return secretNames.computeIfAbsent(name, unknown -> {
            var harmless = '"' + unknown + "\":\"is harmless\"";
            return !redactor.redact(harmless).endsWith("\"is harmless\"");
        });
    }
}
