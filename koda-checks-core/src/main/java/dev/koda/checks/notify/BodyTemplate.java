package dev.koda.checks.notify;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.koda.checks.Nearest;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The JSON that a webhook is sent. In a text of its own {@code {{message}}} and the other names of a notice stand for their
 * values, inside of JSON strings, where any value is safe. Immutable. Needs {@code jackson-core}.
 */
public final class BodyTemplate {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final Pattern NAME = Pattern.compile("\\{\\{\\s*([^{}]*?)\\s*}}");
    private static final int FARTHEST = 3;

    private final @Nullable String text;

    private BodyTemplate(@Nullable String text) {
        this.text = text;
    }

    /** All that there is to tell, as one object of strings; what there is not is left out. */
    public static BodyTemplate standard() {
        return new BodyTemplate(null);
    }

    /**
     * A text of one's own.
     *
     * @throws IllegalArgumentException if it is not JSON or names what a notice does not have, with a text that says so and
     *     holds nothing of the template but that name
     */
    public static BodyTemplate of(String text) {
        Objects.requireNonNull(text, "text");
        var samples = new HashMap<String, String>();
        Notice.FIELDS.forEach(field -> samples.put(field, "x"));
        NAME.matcher(text).results().map(found -> found.group(1)).forEach(BodyTemplate::requireKnown);
        requireJson(filled(text, samples));
        return new BodyTemplate(text);
    }

    String render(Map<String, String> fields) {
        return text == null ? object(fields) : filled(text, fields);
    }

    private static void requireKnown(String name) {
        if (!Notice.FIELDS.contains(name)) {
            var nearest = Nearest.of(name, Notice.FIELDS, FARTHEST);
            var known = nearest == null
                    ? "; there is " + String.join(", ", Notice.FIELDS)
                    : " (did you mean {{" + nearest + "}}?)";
            throw new IllegalArgumentException(
                    "body names '" + shortened(name) + "', which a notice does not have" + known);
        }
    }

    private static String shortened(String name) {
        return name.length() <= 40 ? name : name.substring(0, 40) + "...";
    }

    private static void requireJson(String sample) {
        try (var parser = FACTORY.createParser(sample)) {
            if (parser.nextToken() == null || !parser.currentToken().isStructStart()) {
                throw new IllegalArgumentException("body must be a JSON object, such as {\"text\": \"{{message}}\"}");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("body must be one JSON object, and there is more after it");
            }
        } catch (JsonProcessingException notJson) {
            var place = notJson.getLocation();
            throw new IllegalArgumentException("body is not JSON in its line " + place.getLineNr() + ", at character "
                    + place.getColumnNr() + "; a name such as {{message}} stands inside of quotes");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String filled(String text, Map<String, String> fields) {
        var encoder = JsonStringEncoder.getInstance();
        return NAME.matcher(text).replaceAll(found -> {
            var value = Objects.requireNonNull(fields.get(found.group(1)), "a known name");
            return Matcher.quoteReplacement(new String(encoder.quoteAsString(value)));
        });
    }

    private static String object(Map<String, String> fields) {
        var out = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            for (var field : fields.entrySet()) {
                if (!field.getValue().isEmpty()) {
                    json.writeStringField(field.getKey(), field.getValue());
                }
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to memory", e);
        }
        return out.toString();
    }
}
