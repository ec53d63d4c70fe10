package dev.koda.checks.report;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import org.jspecify.annotations.Nullable;

/**
 * Escapes what JSON allows but readers trip over: DEL and the C1 controls (which a terminal may obey), the line
 * separators that JavaScript once took for line ends, and the marks that turn the direction of text around.
 */
final class SafeEscapes extends CharacterEscapes {
    static final SafeEscapes INSTANCE = new SafeEscapes();

    private static final long serialVersionUID = 1L;
    private static final char DELETE = 0x7f;
    private static final char LAST_CONTROL = 0x9f;

    private final int[] ascii = standardAsciiEscapesForJSON();

    private SafeEscapes() {
        ascii[DELETE] = ESCAPE_STANDARD;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
        return ascii.clone();
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int character) {
        return isUnsafe(character) ? new SerializedString(String.format("\\u%04X", character)) : null;
    }

    private static boolean isUnsafe(int character) {
        return (character > DELETE && character <= LAST_CONTROL)
                || character == 0x061c
                || (character >= 0x200e && character <= 0x200f)
                || (character >= 0x2028 && character <= 0x202e)
                || (character >= 0x2066 && character <= 0x2069)
                || character == 0xfeff;
    }

    /** The text with U+FFFD for each half of a surrogate pair that stands alone; the same object if there is none. */
    static String wellFormed(String text) {
        int length = text.length();
        int from = 0;
        while (from < length && !isLone(text, from)) {
            from += Character.charCount(text.codePointAt(from));
        }
        if (from >= length) {
            return text;
        }
        var clean = new StringBuilder(length).append(text, 0, from);
        for (int i = from; i < length; ) {
            int character = text.codePointAt(i);
            clean.appendCodePoint(isLone(text, i) ? 0xfffd : character);
            i += Character.charCount(character);
        }
        return clean.toString();
    }

    private static boolean isLone(String text, int index) {
        int character = text.codePointAt(index);
        return character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    }
}
