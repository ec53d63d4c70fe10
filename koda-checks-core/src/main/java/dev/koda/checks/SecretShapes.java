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
    /**
     * @param bits of {@link #WORDS}: for each bit one of its words is in every text of this shape
     */
    private record Shape(long bits, Pattern pattern, Function<MatchResult, String> replacement) {
        static Shape of(long bits, String regex, Function<MatchResult, String> replacement) {
            return new Shape(bits, Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL), replacement);
        }
    }

    private static final long KEY = 1;
    private static final long URL = 1 << 1;
    private static final long SCHEME = 1 << 2;
    private static final long AMAZON = 1 << 3;
    private static final long JWT = 1 << 4;
    /** The name of a secret counts only with a value. */
    static final long NAMED = 1 << 5;

    private static final long AT = 1 << 6;

    private static final long OPERATOR = 1 << 7;

    /** The first bit that means nothing here. */
    static final long NEXT_BIT = 1 << 8;

    /** What a text must have one of to hold what looks like a secret: far quicker to look for than the patterns are. */
    static final List<WordScan.Word> WORDS = List.of(
            new WordScan.Word("-----begin ", KEY),
            new WordScan.Word("://", URL),
            new WordScan.Word("@", AT),
            new WordScan.Word("bearer", SCHEME),
            new WordScan.Word("basic", SCHEME),
            new WordScan.Word("akia", AMAZON),
            new WordScan.Word("asia", AMAZON),
            new WordScan.Word("eyj", JWT),
            new WordScan.Word("koda_op_", OPERATOR),
            new WordScan.Word("koda_hb_", OPERATOR),
            new WordScan.Word("password", NAMED),
            new WordScan.Word("passwd", NAMED),
            new WordScan.Word("secret", NAMED),
            new WordScan.Word("token", NAMED),
            new WordScan.Word("apikey", NAMED),
            new WordScan.Word("api_key", NAMED),
            new WordScan.Word("api-key", NAMED),
            new WordScan.Word("accesskey", NAMED),
            new WordScan.Word("access_key", NAMED),
            new WordScan.Word("access-key", NAMED));

    /** The name of a secret, what divides it from its value, and a quote of either around both. */
    private static final String NAME = "((?:password|passwd|secret|token|api[_-]?key|access[_-]?key)"
            + "(?:[_-]?(?:key|old|new|previous|[0-9]{1,4}))?s?\\\\{0,3}[\"']?[ \\t]*+[=:][ \\t]*+";

    private static final String NOT_MASKED = "(?!\\[REDACTED])";

    private static final List<Shape> ALL = List.of(
            Shape.of(
                    KEY,
                    "-----BEGIN [A-Z ]*+(?<=PRIVATE KEY)-----.*?(-----END [A-Z ]*+(?<=PRIVATE KEY)-----|\\z)",
                    match -> Redactor.MASK),
            Shape.of(
                    URL | AT,
                    "([a-z][a-z0-9+.-]{0,30}://)([^\\s/:@?#]*+)(:[^\\s@]*+)?+(@)?+",
                    SecretShapes::withoutUserInfo),
            Shape.of(
                    SCHEME,
                    "\\b(bearer|basic)\\s++[a-z0-9._~+/=-]{8,}+",
                    match -> match.group(1) + " " + Redactor.MASK),
            Shape.of(AMAZON, "\\b(?-i:AKIA|ASIA)(?-i:[A-Z0-9]{16})\\b", match -> Redactor.MASK),
            // The token of an operator of ours, or of a heartbeat.
            Shape.of(OPERATOR, "\\bkoda_(?:op|hb)_[a-z0-9_-]{16,}+", match -> Redactor.MASK),
            // The beginning of JSON in base64: a JWT, with whatever of it is there.
            Shape.of(JWT, "\\b(?-i:eyJ)[a-z0-9_-]{6,}+(?:\\.[a-z0-9_-]*+){0,4}+", match -> Redactor.MASK),
            Shape.of(NAMED, NAME + "\")" + NOT_MASKED + "(?:[^\"\\\\]|\\\\.)++", SecretShapes::withoutValue),
            Shape.of(NAMED, NAME + "')" + NOT_MASKED + "(?:[^'\\\\]|\\\\.)++", SecretShapes::withoutValue),
            Shape.of(NAMED, NAME + "\\\\{1,3}[\"'])" + NOT_MASKED + "[^\"'\\\\]++", SecretShapes::withoutValue),
            Shape.of(NAMED, NAME + ")" + NOT_MASKED + "[^\\s,;&\"']++", SecretShapes::withoutValue));

    /** What may stand between the name of a secret and the end of it, for {@link #NAME}. */
    private static final List<String> ENDS = List.of("key", "old", "new", "previous");

    private static final int MOST_DIGITS = 4;
    private static final int MOST_BACKSLASHES = 3;

    private SecretShapes() {}

    /** Whether the word of a name that ends here is followed by what {@link #NAME} asks for. */
    static boolean isAssigned(String text, int end) {
        if (isDivider(text, end)) {
            return true;
        }
        int at = end + (isOneOf("_-", text, end) ? 1 : 0);
        for (var word : ENDS) {
            if (text.regionMatches(true, at, word, 0, word.length())) {
                return isDivider(text, at + word.length());
            }
        }
        int digits = at;
        while (digits < at + MOST_DIGITS && isOneOf("0123456789", text, digits)) {
            digits++;
        }
        return digits > at && isDivider(text, digits);
    }

    private static boolean isDivider(String text, int from) {
        int at = from + (isOneOf("sS", text, from) ? 1 : 0);
        for (int i = 0; i < MOST_BACKSLASHES && isOneOf("\\", text, at); i++) {
            at++;
        }
        at += isOneOf("\"'", text, at) ? 1 : 0;
        while (isOneOf(" \t", text, at)) {
            at++;
        }
        return isOneOf("=:", text, at);
    }

    private static boolean isOneOf(String characters, String text, int at) {
        return at < text.length() && characters.indexOf(text.charAt(at)) >= 0;
    }

    /**
     * The text without them; the same object if there is none.
     *
     * @param words the bits of those {@link #WORDS} that may occur in the text
     */
    static String redact(String text, long words) {
        var clean = text;
        for (var shape : ALL) {
            if ((shape.bits & words) != shape.bits) {
                continue;
            }
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
