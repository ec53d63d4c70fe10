package dev.koda.cli.logs;

import org.jspecify.annotations.Nullable;

/**
 * Guesses the level of a line that is no JSON by the first words of it: {@code [warn ]}, {@code WARN}, {@code warning:},
 * {@code level=warn}, {@code W1123}. What only looks like a time, a number, a name in brackets or a field may stand before
 * it; a word of the text itself ends the search.
 */
final class LevelGuess {
    private static final int WORDS = 8;
    private static final int CHARACTERS = 160;
    private static final int ZONE_LETTERS = 4;
    private static final int GLOG_LENGTH = 5;

    private LevelGuess() {}

    static @Nullable Level of(String text) {
        int end = Math.min(text.length(), CHARACTERS);
        if (text.startsWith(" \u2a2f ")) {
            return Level.ERROR; // Next.js: an X
        }
        if (text.startsWith(" \u26a0 ")) {
            return Level.WARN; // Next.js: a triangle
        }
        int at = 0;
        for (int word = 0; word < WORDS && at < end; word++) {
            int from = at;
            while (from < end && text.charAt(from) <= ' ') {
                from++;
            }
            at = from;
            while (at < end && text.charAt(at) > ' ') {
                at++;
            }
            var level = ofWord(text, from, at);
            if (level != null || isText(text, from, at)) {
                return level;
            }
        }
        return null;
    }

    private static @Nullable Level ofWord(String text, int from, int to) {
        int equals = text.indexOf('=', from);
        if (equals > from && equals < to) {
            return ofField(text, from, equals, to);
        }
        int begin = from;
        while (begin < to && isBracket(text.charAt(begin))) {
            begin++;
        }
        int end = begin;
        while (end < to && isLetter(text.charAt(end))) {
            end++;
        }
        if (end == begin) {
            return null;
        }
        char next = end < text.length() ? text.charAt(end) : ' ';
        if (next >= '0' && next <= '9') {
            return end == begin + 1 && to - begin >= GLOG_LENGTH ? ofGlog(text, begin, to) : null;
        }
        boolean isMarked = begin > from || next == ':' || isUpper(text, begin, end);
        boolean isWhole = next <= ' ' || ":])>|/,".indexOf(next) >= 0;
        return isMarked && isWhole ? Level.of(text.substring(begin, end)) : null;
    }

    private static @Nullable Level ofField(String text, int from, int equals, int to) {
        var name = text.substring(from, equals);
        boolean isLevel = name.equals("level") || name.equals("lvl") || name.equals("severity");
        return isLevel ? Level.of(text.substring(equals + 1, to).replace("\"", "")) : null;
    }

    /** A letter, month and day: {@code E1123}. */
    private static @Nullable Level ofGlog(String text, int begin, int to) {
        for (int i = begin + 1; i < begin + GLOG_LENGTH; i++) {
            if (i >= to || text.charAt(i) < '0' || text.charAt(i) > '9') {
                return null;
            }
        }
        return switch (text.charAt(begin)) {
            case 'I' -> Level.INFO;
            case 'W' -> Level.WARN;
            case 'E' -> Level.ERROR;
            case 'F' -> Level.FATAL;
            default -> null;
        };
    }

    /** Neither a time, a number, a name in brackets, a field, nor the name of a time zone. */
    private static boolean isText(String text, int from, int to) {
        boolean isZone = to - from <= ZONE_LETTERS && isUpper(text, from, to);
        int equals = text.indexOf('=', from);
        boolean isField = equals > from && equals < to;
        return from < to && isLetter(text.charAt(from)) && !isZone && !isField;
    }

    private static boolean isBracket(char character) {
        return "[(<|".indexOf(character) >= 0;
    }

    private static boolean isLetter(char character) {
        return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
    }

    private static boolean isUpper(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < 'A' || text.charAt(i) > 'Z') {
                return false;
            }
        }
        return true;
    }
}
