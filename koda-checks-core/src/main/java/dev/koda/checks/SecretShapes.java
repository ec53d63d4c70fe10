package dev.koda.checks;

import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What looks like a secret. Each pattern takes time in proportion to the text: what is not bounded is consumed whether
 * or not it turns out to be a secret, so that no part of a long text is looked at again from the next place in it.
 */
final class SecretShapes {
    private record Shape(Pattern pattern, Function<MatchResult, String> replacement) {
        static Shape of(String regex, Function<MatchResult, String> replacement) {
            return new Shape(Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL), replacement);
        }
    }

    /** The name of a secret, what divides it from its value, and a quote of either around both. */
    private static final String NAME = "((?:password|passwd|secret|token|api[_-]?key|access[_-]?key)"
            + "(?:[_-]?(?:key|old|new|previous|[0-9]{1,4}))?s?\\\\{0,3}[\"']?[ \\t]*+[=:][ \\t]*+";

    private static final String NOT_MASKED = "(?!\\[REDACTED])";

    private static final List<Shape> ALL = List.of(
            Shape.of(
                    "-----BEGIN [A-Z ]*+(?<=PRIVATE KEY)-----.*?(-----END [A-Z ]*+(?<=PRIVATE KEY)-----|\\z)",
                    match -> Redactor.MASK),
            Shape.of("([a-z][a-z0-9+.-]{0,30}://)([^\\s/:@?#]*+)(:[^\\s@]*+)?+(@)?+", SecretShapes::withoutUserInfo),
            Shape.of("\\b(bearer|basic)\\s++[a-z0-9._~+/=-]{8,}+", match -> match.group(1) + " " + Redactor.MASK),
            Shape.of("\\b(?-i:AKIA|ASIA)(?-i:[A-Z0-9]{16})\\b", match -> Redactor.MASK),
            // The beginning of JSON in base64: a JWT, with whatever of it is there.
            Shape.of("\\b(?-i:eyJ)[a-z0-9_-]{6,}+(?:\\.[a-z0-9_-]*+){0,4}+", match -> Redactor.MASK),
            Shape.of(NAME + "\")" + NOT_MASKED + "(?:[^\"\\\\]|\\\\.)++", SecretShapes::withoutValue),
            Shape.of(NAME + "')" + NOT_MASKED + "(?:[^'\\\\]|\\\\.)++", SecretShapes::withoutValue),
            Shape.of(NAME + "\\\\{1,3}[\"'])" + NOT_MASKED + "[^\"'\\\\]++", SecretShapes::withoutValue),
            Shape.of(NAME + ")" + NOT_MASKED + "[^\\s,;&\"']++", SecretShapes::withoutValue));

    private SecretShapes() {}

    /** The text without them; the same object if there is none. */
    static String redact(String text) {
        var clean = text;
        for (var shape : ALL) {
            var matcher = shape.pattern.matcher(clean);
            if (matcher.find()) {
                var redacted = matcher.replaceAll(match -> Matcher.quoteReplacement(shape.replacement.apply(match)));
                clean = redacted.equals(clean) ? clean : redacted;
            }
        }
        return clean;
    }

    private static String withoutValue(MatchResult match) {
        return match.group(1) + Redactor.MASK;
    }

    /** A user's name alone is no secret, but for HTTP, where a token often stands in its place. */
    private static String withoutUserInfo(MatchResult match) {
        var scheme = match.group(1);
        var user = match.group(2);
        boolean isToken = scheme.regionMatches(true, 0, "http", 0, 4) && !user.isEmpty();
        if (match.group(4) == null || (match.group(3) == null && !isToken)) {
            return match.group();
        }
        return scheme + (match.group(3) == null ? "" : user + ":") + Redactor.MASK + "@";
    }
}
