package dev.koda.dashboard.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The body of a request, which is one JSON object. Whatever is wrong with it is a {@link Refusal} that says what was
 * expected, and repeats nothing of what came.
 */
public final class JsonBody {
    /** Longer than anything that is asked for. */
    static final int LONGEST = 65_536;

    /** What a client may send on when it is too much already, before it is cut off. */
    private static final int FORGOTTEN = 1 << 20;

    private static final String KEY = "koda.body";
    private static final String MEDIA_TYPE = "application/json";

    private final JsonObject values;

    private JsonBody(JsonObject values) {
        this.values = values;
    }

    /**
     * Begins to read at once, so it must be called before the event loop is left; {@link #of} then finds it.
     *
     * @return fails with a {@link Refusal} 413 if there is too much of it
     */
    static Future<Void> collect(RoutingContext context) {
        var request = context.request();
        if (request.isEnded()) {
            context.put(KEY, Buffer.buffer());
            return Future.succeededFuture();
        }
        Promise<Void> collected = Promise.promise();
        var body = Buffer.buffer();
        request.handler(part -> append(request, body, part, collected))
                .endHandler(end -> {
                    context.put(KEY, body);
                    collected.tryComplete();
                })
                .exceptionHandler(broken -> collected.tryFail(Refusal.of(400, "the body did not arrive as a whole")));
        return collected.future();
    }

    private static void append(HttpServerRequest request, Buffer body, Buffer part, Promise<Void> collected) {
        if (body.length() + part.length() <= LONGEST) {
            body.appendBuffer(part);
            return;
        }
        // Some more is read and forgotten: an answer is lost if the connection is closed while the client still writes.
        var left = new AtomicInteger(FORGOTTEN);
        request.handler(forgotten -> {
            if (left.addAndGet(-forgotten.length()) < 0) {
                request.connection().close();
            }
        });
        request.endHandler(end -> {});
        collected.tryFail(Refusal.of(413, "the body is larger than " + LONGEST + " bytes"));
    }

    /**
     * The body of a request that is not a GET.
     *
     * @throws Refusal 400 if it is not one JSON object in UTF-8, 415 if it says that it is something else
     */
    public static JsonBody of(RoutingContext context) {
        Buffer body = context.get(KEY);
        var type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null
                || !type.toLowerCase(Locale.ROOT).split(";", 2)[0].strip().equals(MEDIA_TYPE)) {
            throw Refusal.of(415, "this needs a body with Content-Type: " + MEDIA_TYPE);
        }
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body == null ? new byte[0] : body.getBytes()));
            return new JsonBody(new JsonObject(text.toString()));
        } catch (CharacterCodingException | DecodeException | ClassCastException notOne) {
            throw Refusal.of(400, "the body is not one JSON object in UTF-8");
        }
    }

    /**
     * The same, if it has no other fields: a typo must not change what is asked without a word.
     *
     * @throws Refusal 400 that says which fields are known
     */
    public JsonBody only(String... names) {
        if (!List.of(names).containsAll(values.fieldNames())) {
            throw Refusal.of(400, "unknown field in the body; known are " + String.join(", ", names));
        }
        return this;
    }

    /** True if it has the field, whatever is in it. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /**
     * A text that must be there.
     *
     * @throws Refusal 400 if it is not there, not a text, or blank
     */
    public String text(String name) {
        return optional(name).orElseThrow(() -> Refusal.of(400, "the body needs a text in the field " + name));
    }

    /**
     * A text that may be there.
     *
     * @throws Refusal 400 if it is there and is not a text, or blank
     */
    public Optional<String> optional(String name) {
        var value = values.getValue(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text && !text.isBlank()) {
            return Optional.of(text);
        }
        throw Refusal.of(400, "the field " + name + " of the body is not a text with something in it");
    }

    /** The whole, for fields of other types. */
    public JsonObject values() {
        return values;
    }
}
