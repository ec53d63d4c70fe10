package dev.koda.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Text as a terminal takes it: nothing that steers it, broken at words, measured in the columns it fills. */
public final class Lines {
    private static final char REPLACEMENT = '?';
    /** The blank between a number and its unit, which belong on one line. */
    private static final Pattern BEFORE_UNIT =
            Pattern.compile("(?<=[0-9]) (?=(?:%|[num]?s|min|h|d|[KMGT]?i?B|bits?|bytes)(?![A-Za-z0-9]))");

    private static final char NO_BREAK = '\u00a0';

    private Lines() {}

    /** The text with a question mark for each control and each mark that turns the direction of text around. */
    public static String safe(String text, TextStyle style) {
        var clean = new StringBuilder(text.length());
        text.codePoints()
                .forEach(character -> clean.appendCodePoint(isShowable(character, style) ? character : REPLACEMENT));
        return clean.toString();
    }

    private static boolean isShowable(int character, TextStyle style) {
        if (!style.unicode() && character > 0x7e) {
            return false;
        }
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    /** The columns that the text fills: two for a wide character, none for a combining one. */
    public static int width(String text) {
        return isAscii(text)
                ? text.length()
                : text.codePoints().map(Lines::width).sum();
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static int width(int character) {
        int type = Character.getType(character);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return isWide(character) ? 2 : 1;
    }

    /** The wide blocks of Unicode's East Asian Width (UAX 11): CJK, Hangul, full-width forms, emoji. */
    private static boolean isWide(int character) {
        return (character >= 0x1100 && character <= 0x115f)
                || (character >= 0x2e80 && character <= 0xa4cf)
                || (character >= 0xac00 && character <= 0xd7a3)
                || (character >= 0xf900 && character <= 0xfaff)
                || (character >= 0xfe30 && character <= 0xfe6f)
                || (character >= 0xff00 && character <= 0xff60)
                || (character >= 0xffe0 && character <= 0xffe6)
                || (character >= 0x1f300 && character <= 0x1faff)
                || (character >= 0x20000 && character <= 0x3fffd);
    }

    /** The text and as many blanks as it lacks to fill the columns. */
    public static String padded(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - width(text)));
    }

    /**
     * Lines of at most that many columns, broken at blanks, but not between a number and its unit; a word that is longer
     * than a line is cut.
     */
    static List<String> wrapped(String text, int columns) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : BEFORE_UNIT
                .matcher(text.strip())
                .replaceAll(String.valueOf(NO_BREAK))
                .split("\\s+", -1)) {
            var rest = word;
            if (!line.isEmpty() && width(line.toString()) + 1 + width(rest) > columns) {
                lines.add(line.toString());
                line.setLength(0);
            }
            while (width(rest) > columns) {
                int end = fitting(rest, columns);
                lines.add(rest.substring(0, end));
                rest = rest.substring(end);
            }
            line.append(line.isEmpty() ? "" : " ").append(rest);
        }
        lines.add(line.toString());
        lines.replaceAll(broken -> broken.replace(NO_BREAK, ' '));
        return lines;
    }

    private static int fitting(String text, int columns) {
        int used = 0;
        int index = 0;
        while (index < text.length()) {
            int character = text.codePointAt(index);
            used += width(character);
            if (used > columns) {
                break;
            }
            index += Character.charCount(character);
        }
        return Math.max(index, Character.charCount(text.codePointAt(0)));
    }
}
