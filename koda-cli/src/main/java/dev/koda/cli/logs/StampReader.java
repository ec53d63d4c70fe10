package dev.koda.cli.logs;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * Reads the time at the beginning of a line: RFC 3339, also with a blank in place of the T, with a comma before the
 * fraction, without a zone, and with slashes in the date as nginx and Go write it. For one thread.
 */
final class StampReader {
    /** No time. */
    static final long NONE = Long.MIN_VALUE;

    private static final long NANOS = 1_000_000_000;
    private static final int SECOND_OF_DAY = 86_400;
    private static final int LENGTH_TO_SECONDS = 19;
    private static final String SHAPE = "0000-00-00T00:00:00";

    private final ZoneId zone;
    private int at;
    private long nanos;

    /**
     * @param zone of a time that names none
     */
    StampReader(ZoneId zone) {
        this.zone = zone;
    }

    /** The nanoseconds since 1970 of a moment. */
    static long nanos(Instant moment) {
        return moment.getEpochSecond() * NANOS + moment.getNano();
    }

    /** The moment of these nanoseconds since 1970. */
    static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }

    /** True if there is one; {@link #nanos} and {@link #end} then tell about it. */
    boolean read(byte[] line, int from, int to) {
        if (to - from < LENGTH_TO_SECONDS || !hasShape(line, from)) {
            return false;
        }
        int month = number(line, from + 5, 2);
        int day = number(line, from + 8, 2);
        int hour = number(line, from + 11, 2);
        int minute = number(line, from + 14, 2);
        int second = number(line, from + 17, 2);
        if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) {
            return false;
        }
        long local =
                daysSince1970(number(line, from, 4), month, day) * SECOND_OF_DAY + hour * 3600L + minute * 60L + second;
        at = from + LENGTH_TO_SECONDS;
        long fraction = fraction(line, to);
        nanos = (local - offset(line, to, local)) * NANOS + fraction;
        return true;
    }

    /** In nanoseconds since 1970. */
    long nanos() {
        return nanos;
    }

    /** The place after it. */
    int end() {
        return at;
    }

    private static boolean hasShape(byte[] line, int from) {
        for (int i = 0; i < LENGTH_TO_SECONDS; i++) {
            byte is = line[from + i];
            char expected = SHAPE.charAt(i);
            boolean isRight = switch (expected) {
                case '0' -> isDigit(is);
                case '-' -> is == '-' || (is == '/' && line[from + 4] == '/' && line[from + 7] == '/');
                case 'T' -> is == 'T' || is == ' ';
                default -> is == expected;
            };
            if (!isRight) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static int number(byte[] line, int from, int digits) {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            value = value * 10 + line[from + i] - '0';
        }
        return value;
    }

    private long fraction(byte[] line, int to) {
        boolean isThere = at + 1 < to && (line[at] == '.' || line[at] == ',') && isDigit(line[at + 1]);
        if (!isThere) {
            return 0;
        }
        long value = 0;
        long unit = NANOS;
        for (at++; at < to && isDigit(line[at]); at++) {
            unit /= 10;
            value += (line[at] - '0') * unit;
        }
        return value;
    }

    /** In seconds east of Greenwich; the place moves behind it. */
    private long offset(byte[] line, int to, long local) {
        if (at < to && (line[at] == 'Z' || line[at] == 'z')) {
            at++;
            return 0;
        }
        boolean isOffset = at + 3 <= to && (line[at] == '+' || line[at] == '-') && areDigits(line, at + 1, 2);
        if (!isOffset) {
            var time = LocalDateTime.of(LocalDate.ofEpochDay(Math.floorDiv(local, SECOND_OF_DAY)), LocalTime.MIN)
                    .plusSeconds(Math.floorMod(local, SECOND_OF_DAY));
            return zone.getRules().getOffset(time).getTotalSeconds();
        }
        int sign = line[at] == '-' ? -1 : 1;
        int hours = number(line, at + 1, 2);
        int minutesAt = at + 3 < to && line[at + 3] == ':' ? at + 4 : at + 3;
        boolean hasMinutes = minutesAt + 2 <= to && areDigits(line, minutesAt, 2);
        at = hasMinutes ? minutesAt + 2 : at + 3;
        return sign * (hours * 3600L + (hasMinutes ? number(line, minutesAt, 2) * 60L : 0));
    }

    private static boolean areDigits(byte[] line, int from, int count) {
        for (int i = from; i < from + count; i++) {
            if (!isDigit(line[i])) {
                return false;
            }
        }
        return true;
    }

    /** Of the Gregorian calendar: years begin in March, so that the odd day is the last one; 400 of them are an era. */
    private static long daysSince1970(int year, int month, int day) {
        int shifted = month > 2 ? year : year - 1;
        long era = Math.floorDiv(shifted, 400);
        long yearOfEra = shifted - era * 400;
        long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468;
    }
}
