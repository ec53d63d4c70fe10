package dev.koda.dashboard.audit;

import dev.koda.checks.Redactor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes secrets out of what an event tells: values of keys that name one, and what the redactor knows or recognises in
 * any text. Says which fields it changed.
 */
final class CleanDetails {
    private static final int DEPTH = 8;
    private static final int LONGEST = 8_192;
    private static final String TOO_DEEP = "…";
    private static final Pattern SECRET_KEY = Pattern.compile(
            "(?i).*(authorization|token|secret|passw(or)?d|cookie|api[ _-]?key|access[ _-]?key|credential|dsn|totp).*");
    /** Names of things that only sound secret. */
    private static final Pattern PUBLIC_KEY = Pattern.compile("(?i)(token|credential)s?_(id|name|count|fingerprint)");

    private final Redactor redactor;

    CleanDetails(Redactor redactor) {
        this.redactor = redactor;
    }

    /**
     * What is left.
     *
     * @param redactions paths of the fields that were changed: names with dots, and numbers for items of lists
     */
    record Clean(JsonObject values, JsonArray redactions) {}

    Clean clean(Map<String, ?> values) {
        var redactions = new JsonArray();
        return new Clean(object(values, "", DEPTH, redactions), redactions);
    }

    /** One text. */
    String text(String value) {
        var clean = redactor.redact(value);
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "…";
    }

    private JsonObject object(Map<?, ?> values, String path, int depth, JsonArray redactions) {
        var clean = new JsonObject();
        values.forEach((key, value) -> {
            var name = text(String.valueOf(key));
            clean.put(name, field(name, value, path.isEmpty() ? name : path + "." + name, depth, redactions));
        });
        return clean;
    }

    private @Nullable Object field(String name, @Nullable Object value, String path, int depth, JsonArray redactions) {
        boolean isSecret =
                SECRET_KEY.matcher(name).matches() && !PUBLIC_KEY.matcher(name).matches();
        if (isSecret && value != null && !"".equals(value)) {
            redactions.add(path);
            return Redactor.MASK;
        }
        return value(value, path, depth, redactions);
    }

    private @Nullable Object value(@Nullable Object value, String path, int depth, JsonArray redactions) {
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        if (value instanceof JsonObject json) {
            return value(json.getMap(), path, depth, redactions);
        }
        if (value instanceof JsonArray json) {
            return value(json.getList(), path, depth, redactions);
        }
        if (depth == 0 && (value instanceof Map<?, ?> || value instanceof List<?>)) {
            // As a text, it would show the values of keys that name a secret.
            redactions.add(path);
            return TOO_DEEP;
        }
        if (value instanceof Map<?, ?> map) {
            return object(map, path, depth - 1, redactions);
        }
        if (value instanceof List<?> items) {
            return items(items, path, depth - 1, redactions);
        }
        var text = String.valueOf(value);
        var clean = text(text);
        if (!clean.equals(text)) {
            redactions.add(path);
        }
        return clean;
    }

    private JsonArray items(List<?> items, String path, int depth, JsonArray redactions) {
        var clean = new JsonArray();
        for (int i = 0; i < items.size(); i++) {
            clean.add(value(items.get(i), path + "." + i, depth, redactions));
        }
        return clean;
    }
}
