package dev.koda.cli.logs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a line that is a JSON object, with the names that logging libraries have for level, message and time. */
final class JsonLine {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final Set<String> LEVELS =
            Set.of("level", "lvl", "severity", "levelname", "log.level", "log_level", "levelno");
    /** The first one that is there is the message. */
    private static final List<String> MESSAGES = List.of("message", "msg", "event", "fields.message");

    private final Map<String, String> fields = new LinkedHashMap<>();
    private @Nullable Level level;

    private JsonLine() {}

    /** Null if it is no JSON object. */
    static @Nullable Parsed read(String text) {
        if (!text.startsWith("{")) {
            return null;
        }
        try (var parser = FACTORY.createParser(text)) {
            parser.nextToken();
            var line = new JsonLine();
            line.object(parser, "");
            return parser.nextToken() == null ? line.parsed() : null;
        } catch (IOException notJson) {
            return null;
        }
    }

    private void object(JsonParser parser, String path) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = path + parser.currentName();
            var value = parser.nextToken();
            if (value == JsonToken.START_OBJECT) {
                object(parser, name + ".");
            } else if (value == JsonToken.START_ARRAY) {
                fields.put(name, array(parser));
            } else {
                scalar(name, value, parser);
            }
        }
    }

    private void scalar(String name, JsonToken value, JsonParser parser) throws IOException {
        var text = parser.getText();
        if (level == null && LEVELS.contains(name)) {
            level = value == JsonToken.VALUE_NUMBER_INT ? Level.of(parser.getLongValue()) : Level.of(text.strip());
            if (level != null) {
                return;
            }
        }
        fields.put(name, text);
    }

    /** Jackson limits how deep it may go. */
    private static String array(JsonParser parser) throws IOException {
        var elements = new ArrayList<String>();
        for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == JsonToken.START_ARRAY) {
                elements.add(array(parser));
            } else if (token == JsonToken.START_OBJECT) {
                var inner = new JsonLine();
                inner.object(parser, "");
                elements.add(inner.fields.toString());
            } else {
                elements.add(parser.getText());
            }
        }
        return elements.toString();
    }

    private Parsed parsed() {
        var message = "";
        for (var name : MESSAGES) {
            var found = fields.get(name);
            if (found != null) {
                message = found;
                fields.remove(name);
                break;
            }
        }
        return new Parsed(level, message, fields, true);
    }
}
