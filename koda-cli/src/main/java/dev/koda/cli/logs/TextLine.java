package dev.koda.cli.logs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a line that is no JSON: it stays as it is; level and fields are looked for in it. */
final class TextLine {
    private static final Pattern FIELD = Pattern.compile(
            "(?<![^\\s,;(\\[{])([A-Za-z_][\\w.-]{0,80}+)=(?:\"([^\"]*+)\"|'([^']*+)'|([^\\s\"',;)\\]}]*+))");

    private TextLine() {}

    static Parsed read(String text, boolean withFields) {
        return new Parsed(LevelGuess.of(text), text, withFields ? fields(text) : Map.of(), false);
    }

    /** What is written as {@code name=value}, the value perhaps in quotes. */
    private static Map<String, String> fields(String text) {
        var fields = new LinkedHashMap<String, String>();
        var matcher = FIELD.matcher(text);
        while (matcher.find()) {
            fields.putIfAbsent(matcher.group(1), value(matcher.group(2), matcher.group(3), matcher.group(4)));
        }
        return fields;
    }

    private static String value(@Nullable String doubly, @Nullable String singly, String bare) {
        if (doubly != null) {
            return doubly;
        }
        return singly == null ? bare : singly;
    }
}
