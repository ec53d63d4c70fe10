package dev.koda.cli.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LevelTest {
    /** Lines as real programs write them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "2026-11-23 10:14:24 [info     ] lease renewed holder=app-1|INFO",
                "2026-11-23 10:14:24 [warning  ] slow query|WARN",
                "INFO:     127.0.0.1:53412 - \"GET /health HTTP/1.1\" 200 OK|INFO",
                "WARNING:root:deprecated|WARN",
                "[2026-11-23 10:14:24,120: ERROR/MainProcess] Task failed|ERROR",
                "2026-11-23 10:14:24.000 UTC [1] LOG:  database system is ready|INFO",
                "2026-11-23 10:14:24.000 UTC [77] FATAL:  password authentication failed|FATAL",
                "10:14:24.120 [main] WARN  com.example.Orders - slow|WARN",
                "E1123 10:14:24.123456 master_server.go:12 lost the leader|ERROR",
                "I1123 10:14:24.123456     1 volume.go:3 ready|INFO",
                "2026/11/23 10:14:24 [error] 12#12: *1 connect() failed|ERROR",
                "time=2026-11-23T10:14:24Z level=warn msg=\"slow\"|WARN",
                "ts=1 caller=main.go:3 level=error msg=x|ERROR",
                "error: unknown option|ERROR",
                "Error: connect ECONNREFUSED|ERROR",
                "<warn> dns: failed|WARN",
                "` \u2a2f Error: boom`|ERROR"
            })
    void isFoundAtTheBeginningOfALine(String text, Level expected) {
        assertThat(LevelGuess.of(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "the error was found",
                "GET /error 200 in 3ms",
                "Information about warnings",
                "info without a mark",
                "E11 is no date",
                "level of water",
                "10:14:24 connected to DEBUG",
                "ERRORS are many"
            })
    void aWordOfTheTextIsNoLevel(String text) {
        assertThat(LevelGuess.of(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "0, FATAL",
        "2, FATAL",
        "3, ERROR",
        "4, WARN",
        "5, INFO",
        "6, INFO",
        "7, DEBUG",
        "10, TRACE",
        "20, DEBUG",
        "30, INFO",
        "35, INFO",
        "40, WARN",
        "50, ERROR",
        "60, FATAL"
    })
    void numbersAreThoseOfSyslogAndPino(long number, Level expected) {
        assertThat(Level.of(number)).isEqualTo(expected);
    }

    @Test
    void otherNumbersAndWordsAreNone() {
        assertThat(Level.of(-1)).isNull();
        assertThat(Level.of(8)).isNull();
        assertThat(Level.of(70)).isNull();
        assertThat(Level.of("loud")).isNull();
        assertThat(Level.of("Critical")).isEqualTo(Level.FATAL);
    }

    /** The names of structlog, tracing, pino, logback, Elastic's schema and Python. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"event\":\"started\",\"level\":\"warning\",\"a\":1}|WARN|started|{a=1}",
                "{\"level\":\"ERROR\",\"fields\":{\"message\":\"m\",\"n\":2}}|ERROR|m|{fields.n=2}",
                "{\"level\":40,\"msg\":\"m\"}|WARN|m|{}",
                "{\"log.level\":\"debug\",\"message\":\"m\",\"x\":null}|DEBUG|m|{x=null}",
                "{\"levelname\":\"CRITICAL\",\"message\":\"m\",\"l\":[1,{\"a\":[2]}]}|FATAL|m|{l=[1, {a=[2]}]}",
                "{\"log\":{\"level\":\"info\"},\"msg\":\"m\"}|INFO|m|{}",
                "{\"severity\":\"odd\",\"msg\":\"m\"}||m|{severity=odd}"
            })
    void jsonTellsByItsFields(String text, Level level, String message, String fields) {
        var parsed = Objects.requireNonNull(JsonLine.read(text));

        assertThat(parsed.level()).isEqualTo(level);
        assertThat(parsed.message()).isEqualTo(message);
        assertThat(parsed.fields()).hasToString(fields);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"a\":1} more", "{a}", "[1]", "text", "{\"a\":\"cut"})
    void whatIsNoObjectIsText(String text) {
        assertThat(JsonLine.read(text)).isNull();
    }
}
