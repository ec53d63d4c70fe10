package dev.koda.dashboard.audit;

import org.jspecify.annotations.Nullable;

/** What may stand in a column of text that has an index, whatever somebody wrote into the body of an event. */
final class ColumnText {
    /** An entry of an index has some 2,700 bytes at most, and a character has up to three here. */
    private static final int LONGEST = 500;

    private static final char REPLACEMENT = '\uFFFD';

    private ColumnText() {}

    /** The beginning of a text, in which a replacement character stands for what no database keeps: NUL, and halves of pairs. */
    static @Nullable String of(@Nullable String text) {
        if (text == null) {
            return null;
        }
        var column = new StringBuilder();
        text.substring(0, Math.min(text.length(), LONGEST)).codePoints().forEach(point -> {
            boolean isHalf = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
            column.appendCodePoint(point == 0 || isHalf ? REPLACEMENT : point);
        });
        return column.toString();
    }
}
