package dev.koda.checks.settings;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Lengths of time and sizes as people write them. */
final class Quantities {
    private static final Pattern DURATION =
            Pattern.compile("(?:(\\d{1,6})d)?(?:(\\d{1,7})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,12})ms)?");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,18})\\s*([a-z]*)");
    private static final Map<String, Long> FACTORS = Map.ofEntries(
            Map.entry("", 1L),
            Map.entry("b", 1L),
            Map.entry("k", 1L << 10),
            Map.entry("kb", 1000L),
            Map.entry("kib", 1L << 10),
            Map.entry("m", 1L << 20),
            Map.entry("mb", 1_000_000L),
            Map.entry("mib", 1L << 20),
            Map.entry("g", 1L << 30),
            Map.entry("gb", 1_000_000_000L),
            Map.entry("gib", 1L << 30),
            Map.entry("t", 1L << 40),
            Map.entry("tb", 1_000_000_000_000L),
            Map.entry("tib", 1L << 40));

    private Quantities() {}

    /** {@code 250ms}, {@code 90s}, {@code 1h30m}, {@code 7d} or {@code 0}; empty for anything else. */
    static Optional<Duration> duration(String text) {
        var compact = text.toLowerCase(Locale.ROOT);
        if (compact.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        var matcher = DURATION.matcher(compact);
        if (compact.isEmpty() || !matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofDays(number(matcher.group(1)))
                .plusHours(number(matcher.group(2)))
                .plusMinutes(number(matcher.group(3)))
                .plusSeconds(number(matcher.group(4)))
                .plusMillis(number(matcher.group(5))));
    }

    /** Koda's own numbers of seconds, such as {@code 5.0}; empty for anything else. */
    static Optional<Duration> seconds(String text) {
        if (!text.matches("\\d{1,9}(\\.\\d{1,9})?")) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000)));
    }

    /** {@code 1048576}, {@code 512MiB}, {@code 10GB} in bytes; a letter alone is a power of 1024; empty if too large. */
    static Optional<Long> size(String text) {
        var matcher = SIZE.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var factor = FACTORS.get(matcher.group(2));
        if (factor == null) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        return number > Long.MAX_VALUE / factor ? Optional.empty() : Optional.of(number * factor);
    }

    @SuppressWarnings("NullAway") // A group that did not take part is null.
    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
