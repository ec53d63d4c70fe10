package dev.koda.cli.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StampReaderTest {
    private final StampReader reader = new StampReader(ZoneId.of("Europe/Berlin"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-11-23T10:14:24.120000001Z x|2026-11-23T10:14:24.120000001Z|30",
                "2026-11-23T10:14:24Z|2026-11-23T10:14:24Z|20",
                "2024-02-29T23:59:60z|2024-03-01T00:00:00Z|20",
                "2026-11-23T10:14:24+02:30 x|2026-11-23T07:44:24Z|25",
                "2026-11-23T10:14:24.5-0100|2026-11-23T11:14:24.500Z|26",
                "2026-11-23T10:14:24+01|2026-11-23T09:14:24Z|22",
                "2026-11-23 10:14:24,120 INFO|2026-11-23T09:14:24.120Z|23",
                "2026/11/23 10:14:24 [error]|2026-11-23T09:14:24Z|19",
                "2026-07-23 10:14:24|2026-07-23T08:14:24Z|19",
                "1969-12-31T23:59:59.9Z|1969-12-31T23:59:59.900Z|22"
            })
    void readsWhatLogsBeginWith(String text, String expected, int end) {
        var bytes = ('>' + text).getBytes(StandardCharsets.UTF_8);

        assertThat(reader.read(bytes, 1, bytes.length)).isTrue();
        assertThat(StampReader.instant(reader.nanos())).isEqualTo(Instant.parse(expected));
        assertThat(StampReader.nanos(Instant.parse(expected))).isEqualTo(reader.nanos());
        assertThat(reader.end()).isEqualTo(1 + end);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-23",
                "2026-11-23T10:14:2",
                "2026-13-23T10:14:24Z",
                "2026-00-23T10:14:24Z",
                "2026-11-23T24:14:24Z",
                "2026/11-23 10:14:24",
                "2026-11/23 10:14:24",
                "x026-11-23T10:14:24Z"
            })
    void nothingElseIsATime(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThat(reader.read(bytes, 0, bytes.length)).isFalse();
    }

    @Test
    void knowsEveryDayOfTheCalendar() {
        var utc = new StampReader(ZoneOffset.UTC);
        for (var day = LocalDate.of(1999, 12, 1); day.isBefore(LocalDate.of(2101, 4, 1)); day = day.plusDays(1)) {
            var bytes = (day + "T12:00:00Z").getBytes(StandardCharsets.UTF_8);
            assertThat(utc.read(bytes, 0, bytes.length)).isTrue();
            assertThat(StampReader.instant(utc.nanos()))
                    .isEqualTo(day.atTime(12, 0).toInstant(ZoneOffset.UTC));
        }
    }
}
