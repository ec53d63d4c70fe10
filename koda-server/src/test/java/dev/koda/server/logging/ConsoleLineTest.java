package dev.koda.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import dev.koda.checks.Redactor;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

class ConsoleLineTest {
    private static final String SECRET = "hunter2-hunter2-hunter2";

    private final ConsoleLine line = new ConsoleLine(Redactor.of(() -> Set.of(SECRET)));
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.koda.Some");

    private LoggingEvent event(String message, Object... arguments) {
        var event = new LoggingEvent("caller", logger, Level.WARN, message, null, arguments);
        event.setInstant(Instant.parse("2026-11-28T12:34:56.789Z"));
        return event;
    }

    private String write(LoggingEvent event) {
        return new String(line.write(event), StandardCharsets.UTF_8);
    }

    @Test
    void hasColumnsAndValues() {
        var event = event("listening on {}", 8090);
        event.addKeyValuePair(new KeyValuePair("event", "server.listening"));
        event.addKeyValuePair(new KeyValuePair("took", 12));
        event.addKeyValuePair(new KeyValuePair("note", "two words"));

        assertThat(write(event))
                .isEqualTo("12:34:56.789 WARN  Some: listening on 8090 event=server.listening took=12 note=\"two"
                        + " words\"\n");
    }

    @Test
    void takesSecretsOutOfEverything() {
        var event = event("password {}", SECRET);
        event.addKeyValuePair(new KeyValuePair("tree", Map.of("deep", SECRET, "apiKey", "not known as a secret")));
        event.setThrowableProxy(new ThrowableProxy(new IllegalStateException("cause " + SECRET)));

        assertThat(write(event))
                .doesNotContain("hunter2", "not known")
                .contains(Redactor.MASK)
                .contains("\n    java.lang.IllegalStateException: cause ");
    }

    @Test
    void nothingEndsTheLineOrSteersTheTerminal() {
        var event = event("one\ntwo \u001b[31m red \u202e {}", "three\r\nfour");
        event.addKeyValuePair(new KeyValuePair("a\nb", "c\u0007\u2028d"));

        assertThat(write(event).lines()).hasSize(1);
        assertThat(write(event)).doesNotContain("\u001b", "\u202e", "\u0007", "\u2028");
    }
}
