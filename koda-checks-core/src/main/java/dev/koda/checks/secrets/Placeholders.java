package dev.koda.checks.secrets;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Knows the values that stand where a secret should be. */
final class Placeholders {
    /** Long enough that a random text holds none of them by chance. */
    private static final List<String> INSIDE = List.of(
            "changeme",
            "change-me",
            "change_me",
            "replace-with",
            "replace_with",
            "replaceme",
            "replace-me",
            "replace_me",
            "placeholder",
            "example",
            "password",
            "passw0rd",
            "insecure",
            "not-secret",
            "notsecret",
            "supersecret",
            "super-secret");

    /**
     * Short words, which count only between other characters than letters and digits, and in a long value only if all of
     * it is words: a key of 32 random characters may well be called {@code koda-test-..}.
     */
    private static final Pattern WORD =
            Pattern.compile("(^|[^a-z0-9])(todo|tbd|fixme|dummy|sample|x{4,}|your|insert|secret|test)([^a-z0-9]|$)");

    private static final Pattern DIGIT = Pattern.compile("[0-9]");

    /** What a template left behind: {@code <secret>}, {@code ${SECRET}}, {@code {{ secret }}}. */
    private static final Pattern TEMPLATE =
            Pattern.compile("^<[^<>]*>$|^%[a-z_]+%$|\\$\\{[a-z_][a-z0-9_]*[}:]|\\{\\{[ a-z0-9_.]*}}");

    private static final Set<String> WHOLE = Set.of(
            "admin",
            "root",
            "koda",
            "postgres",
            "minio",
            "minioadmin",
            "guest",
            "default",
            "token",
            "key",
            "none",
            "null",
            "qwerty",
            "letmein",
            "welcome",
            "abc123",
            "changeit",
            "hunter2",
            "user",
            "pass");

    private static final String COUNTING = "12345678901234567890123456789012345678901234567890";

    private Placeholders() {}

    static boolean isPlaceholder(String value) {
        var text = value.strip().toLowerCase(Locale.ROOT);
        return WHOLE.contains(text)
                || INSIDE.stream().anyMatch(text::contains)
                || (mayBeWords(text) && WORD.matcher(text).find())
                || TEMPLATE.matcher(text).find()
                || (text.length() >= 3 && COUNTING.startsWith(text));
    }

    private static boolean mayBeWords(String text) {
        return text.length() < Strength.SHORTEST_KEY_BYTES
                || !DIGIT.matcher(text).find();
    }
}
