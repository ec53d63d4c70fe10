package dev.koda.checks.settings;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads one {@code .env} file. After a problem it goes on with the next line, so that one run finds them all. */
final class EnvParser {
    private static final char END = '\0';

    private final SourceText source;
    private final String text;
    private final Function<String, @Nullable String> environment;
    private final Map<String, EnvFile.Entry> entries = new LinkedHashMap<>();
    private final LinkedHashSet<String> unset = new LinkedHashSet<>();
    private final Interpolation interpolation;
    private int position;
    private int nameEnd;

    EnvParser(SourceText source, Function<String, @Nullable String> environment) {
        this.source = source;
        this.text = source.text();
        this.environment = environment;
        this.interpolation = new Interpolation(this::lookup, unset::add);
    }

    EnvFile parse() {
        while (skipToStatement()) {
            statement();
        }
        source.throwProblems();
        return new EnvFile(source.file(), entries, source.notices);
    }

    private @Nullable String lookup(String name) {
        var outer = environment.apply(name);
        if (outer != null) {
            return outer;
        }
        var entry = entries.get(name);
        return entry == null ? null : entry.value();
    }

    /** Goes to the next character that is neither blank nor in a comment; false at the end of the file. */
    private boolean skipToStatement() {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '#') {
                toLineEnd();
            } else if (c == '\n' || isBlank(c)) {
                position++;
            } else {
                return true;
            }
        }
        return false;
    }

    private void statement() {
        skipExport();
        int start = position;
        char end = skipName();
        var name = text.substring(start, nameEnd);
        if (end == END) {
            inherit(name, start);
        } else if (end != '=' && end != ':') {
            reject(position, "'" + printable(end) + "' cannot be in a name; expected NAME=value");
        } else if (name.isEmpty()) {
            reject(start, "no name before '" + end + "'; expected NAME=value");
        } else {
            position++;
            skipBlanks();
            value(name, start);
        }
    }

    private void skipExport() {
        int after = position + "export".length();
        if (text.startsWith("export", position) && (peek(after) == ' ' || peek(after) == '\t')) {
            position = after;
            skipBlanks();
        }
    }

    /** Goes to what ends the name: {@code =}, {@code :}, the end of the line (then {@value #END}), or what is wrong. */
    private char skipName() {
        nameEnd = position;
        for (; position < text.length(); position++) {
            char c = text.charAt(position);
            if (c == '\n') {
                return END;
            }
            boolean isInside = isNamePart(c) && nameEnd == position;
            if (isInside) {
                nameEnd++;
            } else if (!isBlank(c)) {
                return c == END ? '\uFFFD' : c;
            }
        }
        return END;
    }

    /** A name alone: the process environment gives the value, if it has one. */
    private void inherit(String name, int start) {
        var value = environment.apply(name);
        if (value != null) {
            put(name, value, start);
        }
    }

    private void value(String name, int start) {
        char quote = peek(position);
        int valueStart = position;
        if (quote != '\'' && quote != '"') {
            expand(name, start, valueStart, unquoted());
            return;
        }
        int close = closingQuote(quote);
        if (close < 0) {
            reject(valueStart, "the quote that begins the value of " + name + " is not closed");
            return;
        }
        var raw = text.substring(valueStart + 1, close);
        position = close + 1;
        if (!isRestOfLineEmpty()) {
            reject(position, "after the closing quote of " + name + " only a comment may follow");
        } else if (quote == '\'') {
            put(name, raw.replace("\\'", "'"), start);
        } else {
            expand(name, start, valueStart, Escapes.expand(raw));
        }
    }

    private String unquoted() {
        int start = position;
        toLineEnd();
        var value = text.substring(start, position);
        boolean isComment = value.startsWith("#") && start > 0 && isBlank(text.charAt(start - 1));
        int comment = isComment ? 0 : value.indexOf(" #");
        return (comment < 0 ? value : value.substring(0, comment)).strip();
    }

    private int closingQuote(char quote) {
        for (int i = position + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == quote) {
                return i;
            }
        }
        return -1;
    }

    private boolean isRestOfLineEmpty() {
        skipBlanks();
        if (peek(position) == '#') {
            toLineEnd();
        }
        return position == text.length() || text.charAt(position) == '\n';
    }

    /** In a secret, what looks like the name of a variable may be a piece of it. */
    private void expand(String name, int start, int valueStart, String template) {
        boolean isSecret = Secrecy.isSecret(name, template);
        try {
            put(name, interpolation.expand(template).text(), start);
        } catch (Interpolation.MalformedException e) {
            source.problem(valueStart, name + ": " + e.about(isSecret));
        }
        for (var variable : unset) {
            boolean isShown = !isSecret || Secrecy.isVariable(variable, template);
            source.unset(source.line(valueStart), name, variable, isShown);
        }
        unset.clear();
    }

    private void put(String name, String value, int start) {
        int line = source.line(start);
        var earlier = entries.remove(name);
        if (earlier != null && !earlier.value().equals(value)) {
            source.notice(
                    SettingsNotice.Kind.DUPLICATE,
                    line,
                    name + " is set again with another value, first in line " + earlier.line());
        }
        entries.put(name, new EnvFile.Entry(name, value, line, source.column(start)));
    }

    private void reject(int offset, String message) {
        source.problem(offset, message);
        toLineEnd();
    }

    private void toLineEnd() {
        int end = text.indexOf('\n', position);
        position = end < 0 ? text.length() : end;
    }

    private void skipBlanks() {
        while (position < text.length() && isBlank(text.charAt(position))) {
            position++;
        }
    }

    private char peek(int at) {
        return at < text.length() ? text.charAt(at) : END;
    }

    private static boolean isBlank(char c) {
        return c != '\n' && (Character.isWhitespace(c) || c == '\u00A0' || c == '\u0085');
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || "_.-[]".indexOf(c) >= 0;
    }

    private static String printable(char c) {
        return Character.isISOControl(c) || Character.isSurrogate(c)
                ? String.format("U+%04X", (int) c)
                : String.valueOf(c);
    }
}
