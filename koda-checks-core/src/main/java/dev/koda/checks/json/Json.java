package dev.koda.checks.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A foreign JSON document, read without trusting its shape: what is not there, or is something else, is empty. */
public final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final Json NOTHING = new Json(null);

    private final @Nullable Object value;

    private Json(@Nullable Object value) {
        this.value = value;
    }

    /** The whole document; empty if it is none, or more than one. */
    public static Optional<Json> parse(String text) {
        try (var parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                return Optional.empty();
            }
            var document = new Json(read(parser));
            return parser.nextToken() == null ? Optional.of(document) : Optional.empty();
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    /** The field behind these names, one below the other. */
    public Json at(String... names) {
        var here = this;
        for (var name : names) {
            here = here.value instanceof Map<?, ?> fields ? new Json(fields.get(name)) : NOTHING;
        }
        return here;
    }

    /** The fields of an object, in its order; none of anything else. */
    public Map<String, Json> fields() {
        var fields = new LinkedHashMap<String, Json>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, field) -> fields.put(String.valueOf(name), new Json(field)));
        }
        return Collections.unmodifiableMap(fields);
    }

    /** True for an array, also an empty one. */
    public boolean isList() {
        return value instanceof List<?>;
    }

    /** The elements of a list; none of anything else. */
    public List<Json> items() {
        return value instanceof List<?> list
                ? list.stream().map(item -> new Json(item)).toList()
                : List.of();
    }

    /** True for the truth value and for the text. */
    public boolean isTrue() {
        return "true".equals(value);
    }

    /** A text, number or truth value as text. */
    public Optional<String> text() {
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** A whole number, also one that is written as a text. */
    public Optional<Long> number() {
        return text().filter(digits -> digits.matches("-?\\d{1,18}")).map(Long::valueOf);
    }

    private static @Nullable Object read(JsonParser parser) throws IOException {
        var token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            var fields = new LinkedHashMap<String, @Nullable Object>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                parser.nextToken();
                fields.put(name, read(parser));
            }
            return fields;
        }
        if (token == JsonToken.START_ARRAY) {
            var items = new ArrayList<@Nullable Object>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(read(parser));
            }
            return items;
        }
        return token == JsonToken.VALUE_NULL ? null : parser.getText();
    }
}
