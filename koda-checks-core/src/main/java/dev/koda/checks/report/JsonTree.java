package dev.koda.checks.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON object as Java's own maps and lists, for documents that are read whole. A key that is missing or of another kind
 * than asked for is an {@link IllegalArgumentException} that names it and no value.
 */
final class JsonTree {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final Map<?, ?> fields;

    private JsonTree(Map<?, ?> fields) {
        this.fields = fields;
    }

    /**
     * Reads one object, UTF-8.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static JsonTree read(byte[] json) {
        try (var parser = FACTORY.createParser(json)) {
            parser.nextToken();
            if (value(parser) instanceof Map<?, ?> fields && parser.nextToken() == null) {
                return new JsonTree(fields);
            }
        } catch (IOException notJson) {
            throw new IllegalArgumentException("it is not JSON");
        }
        throw new IllegalArgumentException("it is not one JSON object");
    }

    /** Jackson limits how deep a document may be, so this ends. */
    private static Object value(JsonParser parser) throws IOException {
        var token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            var fields = new LinkedHashMap<String, Object>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                parser.nextToken();
                fields.put(name, value(parser));
            }
            return fields;
        }
        if (token == JsonToken.START_ARRAY) {
            var values = new ArrayList<Object>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                values.add(value(parser));
            }
            return values;
        }
        return scalar(parser, token);
    }

    private static Object scalar(JsonParser parser, JsonToken token) throws IOException {
        if (token == null || token == JsonToken.VALUE_NULL) {
            return Optional.empty();
        }
        return switch (token) {
            case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            default -> parser.getText();
        };
    }

    /** The keys, in their order. */
    List<String> names() {
        return fields.keySet().stream().map(String::valueOf).toList();
    }

    String text(String name) {
        return find(name, String.class).orElseThrow(() -> missing(name, "a text"));
    }

    Optional<String> findText(String name) {
        return find(name, String.class);
    }

    boolean flag(String name) {
        return find(name, Boolean.class).orElseThrow(() -> missing(name, "true or false"));
    }

    Number number(String name) {
        return findNumber(name).orElseThrow(() -> missing(name, "a number"));
    }

    Optional<Number> findNumber(String name) {
        return find(name, Number.class);
    }

    JsonTree object(String name) {
        return find(name, Map.class).map(JsonTree::new).orElseThrow(() -> missing(name, "an object"));
    }

    Optional<JsonTree> findObject(String name) {
        return find(name, Map.class).map(JsonTree::new);
    }

    /** The objects of an array; none if there is no such key. */
    List<JsonTree> objects(String name) {
        var objects = new ArrayList<JsonTree>();
        for (Object element : find(name, List.class).orElse(List.of())) {
            if (!(element instanceof Map<?, ?> object)) {
                throw missing(name, "an array of objects");
            }
            objects.add(new JsonTree(object));
        }
        return objects;
    }

    private <T> Optional<T> find(String name, Class<T> kind) {
        var value = fields.get(name);
        return kind.isInstance(value) ? Optional.of(kind.cast(value)) : Optional.empty();
    }

    private static IllegalArgumentException missing(String name, String kind) {
        return new IllegalArgumentException("its '" + name + "' is not " + kind);
    }
}
