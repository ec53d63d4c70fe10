package dev.koda.checks.backup;

import java.time.Duration;
import java.util.Locale;

/** Ages and sizes as people read them. */
final class Figures {
    private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB"};
    private static final double HOUR_MILLIS = 3_600_000;
    private static final double DAY_MILLIS = 24 * HOUR_MILLIS;

    private Figures() {}

    /** Rounded up to a tenth, so that what is above a limit also reads so. */
    static double hours(Duration age) {
        return roundedUp(age.toMillis() / HOUR_MILLIS);
    }

    /** Rounded up to a tenth, too. */
    static double days(Duration age) {
        return roundedUp(age.toMillis() / DAY_MILLIS);
    }

    static double exactHours(Duration age) {
        return age.toMillis() / HOUR_MILLIS;
    }

    static double exactDays(Duration age) {
        return age.toMillis() / DAY_MILLIS;
    }

    /** {@code 24} or {@code 25.3}. */
    static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : String.format(Locale.ROOT, "%.1f", number);
    }

    static String size(long bytes) {
        double rest = bytes;
        int unit = 0;
        while (rest >= 1024 && unit < UNITS.length - 1) {
            rest /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " bytes" : String.format(Locale.ROOT, "%.1f %s", rest, UNITS[unit]);
    }

    private static double roundedUp(double number) {
        return Math.ceil(number * 10) / 10.0;
    }
}
