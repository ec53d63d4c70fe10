package dev.koda.cli;

import dev.koda.checks.settings.SettingType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/** Moments as people type them. */
final class Moments {
    private Moments() {}

    /**
     * Reads {@code 15m} (ago), RFC 3339, a local date and time with a T or a blank between them, a date, or a time of
     * today.
     *
     * @throws IllegalArgumentException if it is none of these
     */
    static Instant parse(String text, Instant now) {
        var ago = SettingType.DURATION.parse(text);
        if (ago.isPresent()) {
            return now.minus(ago.get());
        }
        var zone = ZoneId.systemDefault();
        var compact = text.strip().replace(' ', 'T');
        try {
            if (compact.indexOf('T') < 0) {
                return compact.indexOf(':') < 0
                        ? LocalDate.parse(compact).atStartOfDay(zone).toInstant()
                        : LocalTime.parse(compact)
                                .atDate(LocalDate.ofInstant(now, zone))
                                .atZone(zone)
                                .toInstant();
            }
            boolean hasOffset = compact.matches(".*(?:[Zz]|[+-]\\d\\d:?\\d\\d)");
            return hasOffset
                    ? OffsetDateTime.parse(compact).toInstant()
                    : LocalDateTime.parse(compact).atZone(zone).toInstant();
        } catch (DateTimeException noTime) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no time such as 15m, 2026-11-23T10:00:00Z, '2026-11-23 10:00' or 10:00");
        }
    }
}
