package dev.koda.cli.logs;

import dev.koda.cli.output.Ink;
import dev.koda.cli.output.Lines;
import dev.koda.cli.output.TextStyle;
import org.jspecify.annotations.Nullable;

/**
 * A line that is longer than a terminal is wide: broken at blanks, the rest of it under where its text begins, so that the
 * columns before it stay clean. Where there is no terminal, it is not broken.
 */
final class Columns {
    /** Less room than this is not worth it. */
    private static final int NARROWEST = 24;

    private final TextStyle style;
    private final int indent;
    private final int width;
    private final StringBuilder text = new StringBuilder(160);
    private int column;

    /**
     * @param indent where the text begins
     */
    Columns(TextStyle style, int indent) {
        this.style = style;
        this.indent = indent;
        boolean isBroken = style.terminal() && style.columns() - indent >= NARROWEST;
        this.width = isBroken ? style.columns() : Integer.MAX_VALUE;
    }

    /** Adds something that is never broken. */
    void fixed(String part, @Nullable Ink ink) {
        text.append(ink == null ? part : ink.paint(part, style));
        column += Lines.width(part);
    }

    /** Adds something that may be. */
    void flowing(String part, @Nullable Ink ink) {
        int room = width - column;
        if (width == Integer.MAX_VALUE || (part.length() <= room && Lines.width(part) <= room)) {
            fixed(part, ink);
            return;
        }
        int from = 0;
        while (from < part.length()) {
            int end = fitting(part, from, width - column);
            if (end == from && column > indent) {
                next();
                from = afterBlanks(part, from);
                continue;
            }
            boolean isLast = end == part.length();
            fixed(isLast ? part.substring(from) : part.substring(from, end).stripTrailing(), ink);
            from = end;
            if (!isLast) {
                next();
                from = afterBlanks(part, from);
            }
        }
    }

    /** Begins a word of about that width: after a blank, or below where it fits better. */
    void word(int columns) {
        if (column == indent) {
            return;
        }
        boolean isBetterBelow = columns > width - column - 1 && columns <= width - indent;
        if (isBetterBelow) {
            next();
        } else {
            fixed(" ", null);
        }
    }

    /** Begins another line below, indented. */
    void next() {
        text.append('\n').append(" ".repeat(indent));
        column = indent;
    }

    /** The place up to which it fits: after a blank if there is one, else in the middle of a word that no line holds. */
    private int fitting(String part, int from, int room) {
        int used = 0;
        int lastBlank = from;
        int at = from;
        while (at < part.length()) {
            int character = part.codePointAt(at);
            int size = Character.charCount(character);
            used += Lines.width(part.substring(at, at + size));
            if (used > room) {
                boolean isWordOfItsOwn = column == indent && lastBlank == from;
                return isWordOfItsOwn ? Math.max(at, from + size) : lastBlank;
            }
            at += size;
            lastBlank = character == ' ' ? at : lastBlank;
        }
        return at;
    }

    private static int afterBlanks(String part, int from) {
        int at = from;
        while (at < part.length() && part.charAt(at) == ' ') {
            at++;
        }
        return at;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
