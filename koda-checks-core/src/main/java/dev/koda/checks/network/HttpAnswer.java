package dev.koda.checks.network;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.JsonPointerBasedFilter;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
import dev.koda.checks.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ObjIntConsumer;

/**
 * What came back.
 *
 * @param target what was asked for
 * @param status of the last answer, after redirects
 * @param headers by name, without regard to case; the values of one name are joined by commas
 * @param body at most {@link HttpFetch#MAX_BODY_BYTES} bytes of it, or what the target says, as UTF-8; foreign text, so never a whole message
 * @param redirect where it leads on, if it is a redirect that was not followed
 * @param date when it was made by the clock of who made it, to a second, if that says so
 * @param took from the request to the end of the body, over all redirects
 */
public record HttpAnswer(
        HttpTarget target,
        int status,
        Map<String, String> headers,
        String body,
        Optional<URI> redirect,
        Optional<Instant> date,
        Duration took) {
    private static final JsonFactory JSON = new JsonFactory();

    /**
     * The texts of a top-level field of a JSON object: one for a string, number or boolean, several for an array of
     * those; empty if there is no such field or the body is no JSON.
     */
    public List<String> values(String field) {
        try (var parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return List.of();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isWanted = field.equals(parser.currentName());
                parser.nextToken();
                if (isWanted) {
                    return scalars(parser);
                }
                parser.skipChildren();
            }
            return List.of();
        } catch (IOException notJson) {
            return List.of();
        }
    }

    /**
     * The text of the value that a JSON pointer (RFC 6901) leads to: a string, number, boolean or {@code null}; empty if
     * it leads nowhere or to an object or array, or the body is no JSON up to there.
     */
    public Optional<String> valueAt(JsonPointer pointer) {
        var filter = new JsonPointerBasedFilter(pointer);
        try (var whole = JSON.createParser(body);
                var parser = new FilteringParserDelegate(whole, filter, Inclusion.ONLY_INCLUDE_ALL, false)) {
            var token = parser.nextToken();
            return token != null && token.isScalarValue() ? Optional.of(parser.getText()) : Optional.empty();
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    /** The same with the pointer as text, such as {@code /verification/verified}. */
    public Optional<String> valueAt(String pointer) {
        return valueAt(JsonPointer.compile(pointer));
    }

    /**
     * The objects of a top-level array, each with the texts of its own strings, numbers, booleans and {@code null}; those
     * of an object in it have a name such as {@code probe/ok}. Empty if there is no such array or the body ends before it
     * does.
     */
    public List<Map<String, String>> objects(String field) {
        try (var parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return List.of();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isWanted = field.equals(parser.currentName());
                var token = parser.nextToken();
                if (isWanted) {
                    return token == JsonToken.START_ARRAY ? objects(parser) : List.of();
                }
                parser.skipChildren();
            }
            return List.of();
        } catch (IOException notJson) {
            return List.of();
        }
    }

    private static List<Map<String, String>> objects(JsonParser parser) throws IOException {
        var found = new ArrayList<Map<String, String>>();
        for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == JsonToken.START_OBJECT) {
                found.add(object(parser));
            } else if (token == null) {
                return List.of();
            } else {
                parser.skipChildren();
            }
        }
        return List.copyOf(found);
    }

    /**
     * Hands over every object of the JSON, inner ones first, with the texts of its own strings, numbers and booleans and
     * with its depth: 1 for the outermost.
     *
     * @return false if the body is no JSON, or ends before it does
     */
    public boolean eachObject(ObjIntConsumer<Map<String, String>> consumer) {
        var open = new ArrayDeque<Map<String, String>>();
        int seen = 0;
        try (var parser = JSON.createParser(body)) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                seen++;
                if (token == JsonToken.START_OBJECT) {
                    open.push(new LinkedHashMap<>());
                } else if (token == JsonToken.END_OBJECT) {
                    int depth = open.size();
                    consumer.accept(Collections.unmodifiableMap(open.pop()), depth);
                } else if (token.isScalarValue() && !open.isEmpty() && parser.currentName() != null) {
                    open.element().put(parser.currentName(), parser.getText());
                }
            }
            return seen > 0;
        } catch (IOException notJson) {
            return false;
        }
    }

    private static Map<String, String> object(JsonParser parser) throws IOException {
        var fields = new LinkedHashMap<String, String>();
        collect(parser, "", fields);
        return Collections.unmodifiableMap(fields);
    }

    /** Jackson limits how deep a document may be, so this ends. */
    private static void collect(JsonParser parser, String prefix, Map<String, String> fields) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = prefix + parser.currentName();
            var token = parser.nextToken();
            if (token == JsonToken.START_OBJECT) {
                collect(parser, name + "/", fields);
            } else if (token.isScalarValue()) {
                fields.put(name, parser.getText());
            } else {
                parser.skipChildren();
            }
        }
    }

    private static List<String> scalars(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            return parser.currentToken().isScalarValue() ? List.of(parser.getText()) : List.of();
        }
        var texts = new ArrayList<String>();
        for (var token = parser.nextToken();
                token != null && token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            if (token.isScalarValue()) {
                texts.add(parser.getText());
            }
            parser.skipChildren();
        }
        return List.copyOf(texts);
    }

    /** True if the body is longer than what was read of it. */
    public boolean isCut() {
        return body.getBytes(StandardCharsets.UTF_8).length >= target.mostBytes();
    }

    /** A warning for 429 of Koda's control plane: nothing is known, and nothing is broken. */
    public Outcome rateLimited() {
        return Outcome.warn(target + " answers 429: too many requests from this address, so the answer is not known")
                .reason("rate_limited")
                .hint("poll less often from this address, or raise CONTROL_PLANE_RATE_LIMIT");
    }

    /** A fail for a status that was not expected. */
    public Outcome unexpectedStatus(String expected, String hint) {
        return Outcome.fail(target + " answers " + status + ", expected " + expected)
                .reason("http_status")
                .hint(hint)
                .observed("status", status, "status");
    }
}
