package dev.koda.server.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes events on a thread of its own, so that nobody who logs waits for whoever reads the log: an event loop with a
 * stuck pipe behind it would answer no probe. When too many wait, further ones are lost, and a line says how many.
 *
 * <p>Logback's own AsyncAppender neither counts what it loses nor writes what waits without ending.
 */
final class LogThread extends UnsynchronizedAppenderBase<ILoggingEvent> {
    static final String NAME = "koda-log";

    /** Some megabytes at the most, and a burst of a second. */
    static final int MOST_WAITING = 4_096;

    private final Appender<ILoggingEvent> writer;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong lost = new AtomicLong();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(LogThread::daemon);

    LogThread(LoggerContext context, Appender<ILoggingEvent> writer) {
        this.writer = writer;
        setContext(context);
        setName(NAME);
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, NAME);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            lost.incrementAndGet();
            return;
        }
        // What an event refers to may have changed when it is written.
        event.prepareForDeferredProcessing();
        thread.execute(() -> write(event));
    }

    private void write(ILoggingEvent event) {
        writer.doAppend(event);
        waiting.decrementAndGet();
        long count = lost.getAndSet(0);
        if (count > 0 && getContext() instanceof LoggerContext context) {
            var logger = context.getLogger(LogThread.class);
            writer.doAppend(new LoggingEvent(
                    Logger.FQCN, logger, Level.WARN, "{} log lines were lost: nobody read them", null, new Object[] {
                        count
                    }));
        }
    }

    /** Completes when all is written that was logged before; never, if nobody reads it. */
    CompletionStage<Void> flush() {
        return CompletableFuture.runAsync(() -> {}, thread);
    }

    /** What waits is still written. */
    @Override
    public void stop() {
        super.stop();
        thread.shutdown();
    }
}
