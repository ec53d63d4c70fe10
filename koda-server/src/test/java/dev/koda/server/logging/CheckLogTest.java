package dev.koda.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.koda.checks.CheckId;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class CheckLogTest {
    private static final CheckId ID = CheckId.of("postgres.auth");

    private final Logger logger = (Logger) LoggerFactory.getLogger(CheckLog.class);
    private final ListAppender<ILoggingEvent> heard = new ListAppender<>();
    private final CheckLog log = new CheckLog();

    @BeforeEach
    void listen() {
        heard.start();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(heard);
    }

    @AfterEach
    void forget() {
        logger.detachAppender(heard);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    private List<String> messages() {
        return heard.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static Throwable refused(String text) {
        return new IllegalStateException(text);
    }

    @Test
    void logsChangesAndNoRuns() {
        log.onStart(ID);
        log.onEnd(ID, Status.FAIL, null, 1);
        log.onChange(ID, null, Status.PASS);
        log.onChange(ID, Status.PASS, Status.FAIL);
        log.onChange(ID, Status.FAIL, Status.PASS);

        assertThat(messages()).containsExactly("postgres.auth is fail, was pass", "postgres.auth is pass, was fail");
        assertThat(heard.list.get(0).getLevel()).isEqualTo(Level.WARN);
        assertThat(heard.list.get(1).getLevel()).isEqualTo(Level.INFO);
    }

    @Test
    void logsAThrowableOnceUntilTheCheckHasWorked() {
        for (int i = 0; i < 5; i++) {
            log.onThrow(ID, refused("attempt " + i));
            log.onEnd(ID, Status.FAIL, Reason.ERROR, 1);
        }
        log.onEnd(ID, Status.PASS, null, 1);
        log.onThrow(ID, refused("again"));

        assertThat(heard.list).hasSize(2).allSatisfy(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.ERROR);
            assertThat(event.getThrowableProxy()).isNotNull();
        });
    }

    @Test
    void logsAnotherThrowableOfTheSameCheck() {
        log.onThrow(ID, refused("first"));
        log.onThrow(ID, new UnsupportedOperationException("second"));

        assertThat(heard.list).hasSize(2);
    }
}
