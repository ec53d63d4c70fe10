package dev.koda.cli.logs;

import dev.koda.checks.Redactor;
import java.util.HashSet;
import java.util.Set;

/** Takes secrets out of the lines of all logs; what the {@link Redactor} finds in one text, and what lines hide from it. */
final class SecretGuard {
    private static final String KEY_BEGIN = "-----BEGIN ";
    private static final String KEY_END = "-----END ";
    private static final String KEY = "PRIVATE KEY";
    /** Of a key of 16,384 bits in lines of 64 characters. */
    private static final int MOST_KEY_LINES = 250;

    private static final int SHORTEST_LINE = 8;

    private final Redactor redactor;
    private final JsonRedaction json;
    private final int[] keyLines;

    /**
     * @param secrets the literal values
     * @param sources how many logs there are
     */
    SecretGuard(Set<String> secrets, int sources) {
        var all = withLines(secrets);
        this.redactor = Redactor.of(() -> all);
        this.json = new JsonRedaction(redactor);
        this.keyLines = new int[sources];
    }

    /** A secret of several lines goes through a log line by line. */
    private static Set<String> withLines(Set<String> secrets) {
        var all = new HashSet<>(secrets);
        secrets.forEach(secret -> secret.lines()
                .map(String::strip)
                .filter(line -> line.length() >= SHORTEST_LINE)
                .forEach(all::add));
        return Set.copyOf(all);
    }

    /** The line without secrets; the same object if it has none. To be asked of every line of a log, in its order. */
    String clean(int source, String text) {
        if (keyLines[source] > 0) {
            keyLines[source] = text.contains(KEY_END) ? 0 : keyLines[source] - 1;
            return Redactor.MASK;
        }
        // Colours between a name and its value would hide that they belong together.
        var plain = Ansi.without(text);
        var clean = redactor.redact(plain);
        boolean isSame = clean.equals(plain);
        if (!isSame && plain.contains(KEY) && plain.contains(KEY_BEGIN) && !plain.contains(KEY_END)) {
            keyLines[source] = MOST_KEY_LINES;
        }
        boolean isEscaped = plain.indexOf('\\') >= 0;
        if (plain.startsWith("{") && (!isSame || isEscaped)) {
            var cleanJson = json.redact(plain);
            if (cleanJson != null) {
                return cleanJson.equals(plain) ? text : cleanJson;
            }
        }
        return isSame ? text : clean;
    }
}
