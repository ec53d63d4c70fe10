package dev.koda.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.koda.checks.Redactor;
import dev.koda.checks.Service;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class JulBridgeTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.koda.jul");
    private final ListAppender<ILoggingEvent> heard = new ListAppender<>();

    @BeforeEach
    void listen() {
        heard.start();
        logger.setAdditive(false);
        logger.addAppender(heard);
    }

    @AfterEach
    void forget() {
        logger.detachAppender(heard);
        logger.setAdditive(true);
    }

    @Test
    void passesOnWhatHasAThrowableAndNoMessage() {
        var entry = new LogRecord(Level.SEVERE, null);
        entry.setLoggerName(logger.getName());
        entry.setThrown(new IllegalStateException("broken"));

        new JulBridge().publish(entry);

        assertThat(heard.list).hasSize(1);
        var line = new JsonLine(Redactor.byShape(), new Service("koda", null, null), "host-1").write(heard.list.get(0));
        assertThat(new String(line, StandardCharsets.UTF_8))
                .contains("\"level\":\"error\"", "\"message\":\"\"", "broken");
    }
}
