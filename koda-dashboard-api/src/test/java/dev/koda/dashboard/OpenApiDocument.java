package dev.koda.dashboard;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The document that is served, and what it says about answers. */
final class OpenApiDocument {
    private static final JsonSchemaOptions OPTIONS = new JsonSchemaOptions()
            .setDraft(Draft.DRAFT202012)
            .setBaseUri("https://koda.dev/")
            .setOutputFormat(OutputFormat.Basic);

    private final String text;
    private final JsonObject document;
    /** By id. */
    private final Map<String, JsonObject> operations = new TreeMap<>();
    /** With no room for fields that the document does not know, though clients are to ignore those. */
    private final JsonObject components;

    private OpenApiDocument(String text) {
        this.text = text;
        document = new JsonObject(text);
        components = new JsonObject()
                .put("schemas", strict(json().getJsonObject("components").getJsonObject("schemas")));
        var paths = document.getJsonObject("paths");
        for (var path : paths.fieldNames()) {
            for (var method : paths.getJsonObject(path).fieldNames()) {
                var operation = paths.getJsonObject(path).getJsonObject(method);
                var line = method + " " + path + " " + operation.getString("x-koda-role");
                operations.put(
                        operation.getString("operationId"), operation.copy().put("line", line));
            }
        }
    }

    static OpenApiDocument read() {
        try (var file = OpenApiDocument.class.getResourceAsStream("openapi.json")) {
            return new OpenApiDocument(new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of the parameters that an operation takes in its query string. */
    List<String> queryParameters(String id) {
        return Objects.requireNonNull(operations.get(id)).getJsonArray("parameters", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .map(one ->
                        one.containsKey("$ref") ? (JsonObject) Objects.requireNonNull(at(one.getString("$ref"))) : one)
                .filter(one -> "query".equals(one.getString("in")))
                .map(one -> one.getString("name"))
                .toList();
    }

    String text() {
        return text;
    }

    /** A copy of it. */
    JsonObject json() {
        return document.copy();
    }

    /** Ids with method, path and role of each. */
    SortedSet<String> operations() {
        var lines = new TreeSet<String>();
        operations.forEach((id, operation) -> lines.add(id + " " + operation.getString("line")));
        return lines;
    }

    /** What is at a place, such as {@code #/components/schemas/Problem}; null if nothing is. */
    @Nullable
    Object at(String reference) {
        return reference.startsWith("#/")
                ? JsonPointer.from(reference.substring(1)).queryJson(document)
                : null;
    }

    /** All references anywhere in it. */
    SortedSet<String> references() {
        var found = new TreeSet<String>();
        collect(document, found);
        return found;
    }

    private static void collect(@Nullable Object value, Collection<String> found) {
        if (value instanceof JsonObject object) {
            if (object.getValue("$ref") instanceof String reference) {
                found.add(reference);
            }
            object.forEach(entry -> collect(entry.getValue(), found));
        } else if (value instanceof JsonArray array) {
            array.forEach(item -> collect(item, found));
        }
    }

    /** What the document does not say about an answer; empty if it is as it says. */
    List<String> faults(String id, int status, String mediaType, String body) {
        var operation = operations.get(id);
        var response =
                operation == null ? null : operation.getJsonObject("responses").getJsonObject(Integer.toString(status));
        if (response != null && response.getString("$ref") != null) {
            response = (JsonObject) at(response.getString("$ref"));
        }
        if (response == null) {
            return List.of("no response " + status + ": " + body);
        }
        var content = response.getJsonObject("content");
        if (content == null) {
            return body.isEmpty() ? List.of() : List.of("a body, and none is described: " + body);
        }
        var media = content.getJsonObject(mediaType);
        return media == null ? List.of("no media type '" + mediaType + "' for " + status) : bodyFaults(media, body);
    }

    private List<String> bodyFaults(JsonObject media, String body) {
        if (media.containsKey("x-koda-line")) {
            return body.lines()
                    .flatMap(line -> schemaFaults(media.getJsonObject("x-koda-line"), line))
                    .toList();
        }
        return schemaFaults(media.getJsonObject("schema"), body).toList();
    }

    /** The same for the data of an event of a stream. */
    List<String> eventFaults(String id, String event, String data) {
        var media = (JsonObject) Objects.requireNonNull(
                JsonPointer.from("/responses/200/content/text~1event-stream").queryJson(operations.get(id)));
        var schema = media.getJsonObject("x-koda-events").getJsonObject(event);
        return schema == null
                ? List.of("no event " + event)
                : schemaFaults(schema, data).toList();
    }

    private Stream<String> schemaFaults(JsonObject schema, String text) {
        try {
            var whole = strict(schema.copy()).put("components", components.copy());
            var result = Validator.create(JsonSchema.of(whole), OPTIONS).validate(Json.decodeValue(text));
            return Boolean.TRUE.equals(result.getValid()) ? Stream.of() : Stream.of(result + " in " + text);
        } catch (DecodeException notJson) {
            return Stream.of("no JSON: " + text);
        }
    }

    private static JsonObject strict(JsonObject schema) {
        tighten(schema);
        return schema;
    }

    private static void tighten(@Nullable Object value) {
        if (value instanceof JsonArray array) {
            array.forEach(OpenApiDocument::tighten);
        } else if (value instanceof JsonObject object) {
            boolean isOpen = "object".equals(object.getValue("type"))
                    && object.containsKey("properties")
                    && !object.containsKey("additionalProperties");
            if (isOpen) {
                object.put("additionalProperties", false);
            }
            object.forEach(entry -> tighten(entry.getValue()));
        }
    }
}
