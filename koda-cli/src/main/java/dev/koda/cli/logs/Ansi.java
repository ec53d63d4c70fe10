package dev.koda.cli.logs;

/** Escape sequences of terminals, by the grammar of ECMA-48. */
final class Ansi {
    private static final char ESCAPE = '\u001b';

    private Ansi() {}

    /** The text without colours and whatever else steers a terminal by a sequence; the same object if there is none. */
    static String without(String text) {
        int at = text.indexOf(ESCAPE);
        if (at < 0) {
            return text;
        }
        var clean = new StringBuilder(text.length());
        int from = 0;
        while (at >= 0) {
            clean.append(text, from, at);
            from = end(text, at);
            at = text.indexOf(ESCAPE, from);
        }
        return clean.append(text, from, text.length()).toString();
    }

    /** The place after the sequence that begins here; a sequence without an end is its beginning alone. */
    private static int end(String text, int at) {
        int next = at + 1;
        if (next == text.length()) {
            return next;
        }
        char kind = text.charAt(next);
        if (kind == '[') {
            return endOfControl(text, next + 1);
        }
        if ("]PX^_".indexOf(kind) >= 0) {
            return endOfString(text, next + 1);
        }
        return kind >= ' ' && kind <= '~' ? next + 1 : next;
    }

    private static int endOfControl(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= ' ' && text.charAt(at) <= '?') {
            at++;
        }
        return at < text.length() && text.charAt(at) >= '@' && text.charAt(at) <= '~' ? at + 1 : at;
    }

    /** Titles, links and the like, up to the string terminator or a bell. */
    private static int endOfString(String text, int from) {
        for (int at = from; at < text.length(); at++) {
            if (text.charAt(at) == '\u0007') {
                return at + 1;
            }
            if (text.charAt(at) == ESCAPE) {
                return at + 1 < text.length() && text.charAt(at + 1) == '\\' ? at + 2 : at;
            }
        }
        return from;
    }
}
