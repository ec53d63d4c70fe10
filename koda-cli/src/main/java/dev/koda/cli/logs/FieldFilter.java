package dev.koda.cli.logs;

import java.util.regex.Pattern;

/**
 * One {@code --field NAME=VALUE}.
 *
 * @param name the path of the field
 * @param value what it must be, as a whole
 */
public record FieldFilter(String name, Pattern value) {
    /**
     * Reads one; {@code *} in the value stands for anything.
     *
     * @throws IllegalArgumentException if there is no name or no {@code =}
     */
    public static FieldFilter parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("'" + text + "' is not NAME=VALUE");
        }
        var value = text.substring(equals + 1);
        var regex = "\\Q" + value.replace("\\E", "\\E\\\\E\\Q").replace("*", "\\E.*\\Q") + "\\E";
        return new FieldFilter(text.substring(0, equals), Pattern.compile(regex, Pattern.DOTALL));
    }
}
