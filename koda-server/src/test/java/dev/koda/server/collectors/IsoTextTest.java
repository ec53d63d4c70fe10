package dev.koda.server.collectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTextTest {
    @TempDir
    static Path directory;

    private static KodaPostgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = KodaPostgres.in(directory);
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-28T10:00:00Z, 2026-11-28T10:00:00Z",
        "2026-11-28T10:00:00.123456+00:00, 2026-11-28T10:00:00.123456Z",
        "2026-11-28T10:00:00+02:00, 2026-11-28T08:00:00Z",
        "2026-11-28 10:00:00-0530, 2026-11-28T15:30:00Z",
        "2026-11-28T10:00:00, 2026-11-28T10:00:00Z",
        "2026-11-28 10:00, 2026-11-28T10:00:00Z",
        "2024-02-29T00:00:00, 2024-02-29T00:00:00Z",
        "2026-11-28T10:00:00.1, 2026-11-28T10:00:00.100Z",
        "2026-11-28T10:00:00+14, 2026-11-27T20:00:00Z"
    })
    void aTimeIsReadWithAndWithoutAnOffset(String text, Instant expected) throws SQLException {
        assertThat(read(text, "UTC")).isEqualTo(expected);
        assertThat(read(text, "America/New_York")).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "soon",
                "now",
                "infinity",
                "2026-02-30T10:00:00Z",
                "2026-02-29T10:00:00",
                "2026-04-31T00:00:00",
                "2026-13-01T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "0000-01-01T00:00:00Z",
                "2026-11-28",
                "2026-11-28T24:00:00Z",
                "2026-11-28T10:00:60Z",
                "2026-11-28T10:00:00+15:00",
                "2026-11-28T10:00:00Zulu",
                "1764324000",
                "null",
                "2026-11-28T10:00:00Z\n",
                "'; DROP TABLE tasks; --",
                "２０２６-11-28T10:00:00Z"
            })
    void whatIsNoTimeIsNullAndFailsNothing(String text) throws SQLException {
        assertThat(read(text, "UTC")).isNull();
    }

    @Test
    void noTextFailsTheStatement() throws SQLException {
        var random = new Random(4711);
        var letters = "0123456789-:TZ +.";
        for (int i = 0; i < 300; i++) {
            var text = new StringBuilder("2026-0" + random.nextInt(10) + "-" + random.nextInt(4) + random.nextInt(10)
                    + "T1" + random.nextInt(10) + ":00:00Z");
            for (int change = random.nextInt(3); change > 0; change--) {
                text.setCharAt(random.nextInt(text.length()), letters.charAt(random.nextInt(letters.length())));
            }
            read(text.toString(), "UTC");
        }
        assertThat(read("2026-11-28T10:00:00Z", "UTC")).isNotNull();
    }

    private static @Nullable Instant read(String text, String zone) throws SQLException {
        var sql = "SELECT " + IsoText.time("v.value") + " FROM (SELECT ?::text AS value) v";
        try (var connection = postgres.connect();
                var settings = connection.createStatement();
                var statement = connection.prepareStatement(sql)) {
            settings.execute("SET TIME ZONE '" + zone + "'");
            statement.setString(1, text);
            try (var rows = statement.executeQuery()) {
                rows.next();
                var read = rows.getObject(1, OffsetDateTime.class);
                return read == null ? null : read.toInstant();
            }
        }
    }
}
