package dev.koda.cli.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextStampsTest {
    private final TextStamps stamps = new TextStamps(ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "192.0.2.7 - - [28/Nov/2026:14:01:02 +0000] \"GET / HTTP/1.1\" 200 12|2026-11-28T14:01:02Z",
                "2001:db8::7 - anna [05/Jan/2026:00:30:00 -0530] \"GET /\"|2026-01-05T06:00:00Z",
                "2026/11/28 14:01:03 [error] 12#12: *1 connect() failed|2026-11-28T14:01:03Z",
                "[2026-11-28 14:01:04] INFO ready|2026-11-28T14:01:04Z",
                "{\"ts\":\"2026-11-28T14:01:05Z\"}|2026-11-28T14:01:05Z"
            })
    void readsTheTimeOfALine(String line, String expected) {
        assertThat(StampReader.instant(of(line))).isEqualTo(Instant.parse(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[",
                "a [28/Nov/2026:14:01:02 +000",
                "a [28/Nob/2026:14:01:02 +0000] x",
                "a [28/Ova/2026:14:01:02 +0000] x",
                "a [28/Nov/2026:25:01:02 +0000] x",
                "retry [3] at [28/Nov/2026:14:01:02 +0000]"
            })
    void tellsNoTimeWhereThereIsNone(String line) {
        assertThat(of(line)).isEqualTo(StampReader.NONE);
    }

    private long of(String line) {
        var bytes = line.getBytes(StandardCharsets.UTF_8);
        return stamps.of(bytes, 0, bytes.length);
    }
}
