package dev.koda.server.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import dev.koda.checks.Redactor;
import dev.koda.checks.Service;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.logging.LogManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the logs of this JVM lines without secrets, of JSON unless people shall read them: those of SLF4J, of {@code java.util.logging}, and uncaught throwables. */
public final class JsonLogging {
    /** The embedded services tell each step of their start. */
    private static final List<String> CHATTY = List.of("io.zonky", "org.gaul");

    private JsonLogging() {}

    /**
     * Replaces whatever Logback was configured with. Call it once, from the main class, before anything logs. Lines are
     * written by a thread of their own, and lost when thousands wait: to log never blocks.
     *
     * @param out where the lines go; stays open
     * @param redactor takes the secrets out of every text of an event
     * @param service named in every line
     * @throws IllegalStateException if SLF4J is not bound to Logback
     */
    public static void install(OutputStream out, Redactor redactor, Service service) {
        install(out, redactor, service, LogFormat.JSON);
    }

    /** The same in another format. */
    public static void install(OutputStream out, Redactor redactor, Service service, LogFormat format) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            throw new IllegalStateException("the server logs through Logback, but SLF4J is bound to "
                    + LoggerFactory.getILoggerFactory().getClass().getName());
        }
        context.reset();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        CHATTY.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
        Function<ILoggingEvent, byte[]> line = switch (format) {
            case JSON -> new JsonLine(redactor, service, HostName.ofThisMachine())::write;
            case CONSOLE -> new ConsoleLine(redactor)::write;
        };
        var lines = new LogThread(context, appender(context, out, line));
        lines.start();
        root.addAppender(lines);
        JulBridge.install(LogManager.getLogManager());
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> LoggerFactory.getLogger(JsonLogging.class)
                .error("thread {} ended with an uncaught throwable", thread.getName(), thrown));
    }

    /**
     * Asks for the lines that wait: who ends the process waits for them, with a limit, or loses the last of them.
     *
     * @return completes when all is written that was logged before; never, if nobody reads it; at once if {@link
     *     #install} was not called
     */
    public static CompletionStage<Void> flush() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context
                && context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(LogThread.NAME) instanceof LogThread lines) {
            return lines.flush();
        }
        return CompletableFuture.completedFuture(null);
    }

    private static OutputStreamAppender<ILoggingEvent> appender(
            LoggerContext context, OutputStream out, Function<ILoggingEvent, byte[]> line) {
        var encoder = new LineEncoder(line);
        encoder.setContext(context);
        encoder.start();
        var appender = new OutputStreamAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setName("json");
        appender.setEncoder(encoder);
        appender.setOutputStream(new Unclosed(out));
        appender.start();
        return appender;
    }
}
