package dev.koda.cli.logs;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The time of a line of an access log in the Common Log Format, as nginx and Apache write it after address and user:
 * {@code 192.0.2.7 - anna [28/Nov/2026:14:01:02 +0000] "GET / HTTP/1.1" 200 12}.
 */
final class AccessLogStamp {
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final String SHAPE = "[00/Aaa/0000:00:00:00 +0000]";
    /** Address, identity and user are short; further on a bracket belongs to the message. */
    private static final int SEARCHED = 256;

    private AccessLogStamp() {}

    /** The same time as {@link StampReader} reads it; null if the line has none. */
    static byte @Nullable [] of(byte[] line, int from, int to) {
        int end = Math.min(to - SHAPE.length(), from + SEARCHED);
        for (int at = from; at <= end; at++) {
            if (line[at] == '[') {
                return hasShape(line, at)
                        ? converted(new String(line, at, SHAPE.length(), StandardCharsets.US_ASCII))
                        : null;
            }
        }
        return null;
    }

    private static boolean hasShape(byte[] line, int from) {
        for (int i = 0; i < SHAPE.length(); i++) {
            char is = (char) line[from + i];
            boolean isRight = switch (SHAPE.charAt(i)) {
                case '0' -> is >= '0' && is <= '9';
                case 'A' -> is >= 'A' && is <= 'Z';
                case 'a' -> is >= 'a' && is <= 'z';
                case '+' -> is == '+' || is == '-';
                default -> is == SHAPE.charAt(i);
            };
            if (!isRight) {
                return false;
            }
        }
        return true;
    }

    private static byte @Nullable [] converted(String text) {
        int month = MONTHS.indexOf(text.substring(4, 7));
        if (month < 0 || month % 3 != 0) {
            return null;
        }
        int number = month / 3 + 1;
        var converted = text.substring(8, 12)
                + (number < 10 ? "-0" : "-")
                + number
                + '-'
                + text.substring(1, 3)
                + 'T'
                + text.substring(13, 21)
                + text.substring(22, 27);
        return converted.getBytes(StandardCharsets.US_ASCII);
    }
}
