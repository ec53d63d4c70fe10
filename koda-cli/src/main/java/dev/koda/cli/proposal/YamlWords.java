package dev.koda.cli.proposal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Values as YAML on one line, quoted where a parser of any version of YAML could read them otherwise. */
final class YamlWords {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9_./-]*|\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern PLAIN_SENTENCE = Pattern.compile("[A-Za-z][A-Za-z0-9 _./()-]*[A-Za-z0-9)]");
    /** Lengths of time and ranges of statuses. */
    private static final Pattern PLAIN_NUMBERS = Pattern.compile("\\d{1,6}(ms|s|m|h)|\\d{3}-\\d{3}");

    /** Of YAML 1.1 and 1.2, which mean a truth value or nothing. */
    private static final Set<String> TAKEN = Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null");

    private YamlWords() {}

    /** A text, a number, a list of them, or a map of texts to any of these. */
    static String of(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> of(entry.getKey()) + ": " + of(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(YamlWords::of).collect(Collectors.joining(", ", "[", "]"));
        }
        return value instanceof Number ? value.toString() : text(value.toString());
    }

    private static String text(String text) {
        boolean isPlain =
                PLAIN.matcher(text).matches() || PLAIN_NUMBERS.matcher(text).matches();
        return isPlain && !TAKEN.contains(text.toLowerCase(Locale.ROOT)) ? text : quoted(text);
    }

    /** A text that stands alone in its line, where blanks need no quotes. */
    static String sentence(String text) {
        return PLAIN_SENTENCE.matcher(text).matches() && text.indexOf(' ') > 0 ? text : text(text);
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || (c >= 0x7f && c <= 0xa0) || c == 0x2028 || c == 0x2029 || c >= 0xfeff) {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    /** A text that holds no variable, as koda.yaml writes it. */
    static String literal(String text) {
        return text.replace("$", "$$");
    }

    /** A text as a part of a comment: on one line, and nothing that steers a terminal. */
    static String comment(String text) {
        return text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
    }
}
