package dev.koda.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogThreadTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final LoggerContext context = new LoggerContext();
    private final CountDownLatch isRead = new CountDownLatch(1);
    private final List<String> written = new CopyOnWriteArrayList<>();
    private final LogThread thread = new LogThread(context, new StuckPipe());
    private final Logger logger = context.getLogger("some");

    /** Takes nothing until somebody reads. */
    private final class StuckPipe extends AppenderBase<ILoggingEvent> {
        private StuckPipe() {
            start();
        }

        @Override
        protected void append(ILoggingEvent event) {
            try {
                isRead.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            written.add(event.getFormattedMessage());
        }
    }

    @BeforeEach
    void attach() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        thread.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(thread);
    }

    @AfterEach
    void end() {
        isRead.countDown();
        context.stop();
    }

    private void flush() throws Exception {
        thread.flush().toCompletableFuture().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void whoLogsNeverWaitsForWhoReads() throws Exception {
        int events = 10_000;
        CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < events; i++) {
                        logger.info("line {}", i);
                    }
                })
                .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(written).isEmpty();

        isRead.countDown();
        flush();

        int kept = LogThread.MOST_WAITING;
        assertThat(written).contains("line 0", "line " + (kept - 1)).doesNotContain("line " + kept);
        assertThat(written).contains(events - kept + " log lines were lost: nobody read them");
        assertThat(written).hasSize(kept + 1);
    }

    @Test
    void writesInOrderAndAllBeforeAFlushEnds() throws Exception {
        isRead.countDown();
        for (int i = 0; i < 1_000; i++) {
            logger.info("line {}", i);
        }

        flush();

        assertThat(written).hasSize(1_000).startsWith("line 0", "line 1").endsWith("line 999");
    }

    @Test
    void anArgumentIsReadWhenItIsLogged() throws Exception {
        var changing = new StringBuilder("before");
        logger.info("it was {}", changing);
        changing.append(" and after");

        isRead.countDown();
        flush();

        assertThat(written).containsExactly("it was before");
    }
}
