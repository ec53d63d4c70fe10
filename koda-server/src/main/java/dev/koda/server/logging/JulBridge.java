package dev.koda.server.logging;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.slf4j.LoggerFactory;

/** Passes what the JDK and some libraries log through {@code java.util.logging} on to SLF4J. */
final class JulBridge extends Handler {
    private final SimpleFormatter formatter = new SimpleFormatter();

    JulBridge() {}

    /** Replaces the handlers of the root logger, which would print to stderr as they like. */
    static void install(LogManager manager) {
        manager.reset();
        var root = manager.getLogger("");
        root.setLevel(Level.INFO);
        root.addHandler(new JulBridge());
    }

    @Override
    public void publish(LogRecord entry) {
        var name = entry.getLoggerName() == null ? "java.util.logging" : entry.getLoggerName();
        var event = LoggerFactory.getLogger(name).atLevel(levelOf(entry.getLevel()));
        if (entry.getThrown() != null) {
            event = event.setCause(entry.getThrown());
        }
        event.log(formatter.formatMessage(entry));
    }

    private static org.slf4j.event.Level levelOf(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return org.slf4j.event.Level.ERROR;
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return org.slf4j.event.Level.WARN;
        }
        return level.intValue() >= Level.INFO.intValue() ? org.slf4j.event.Level.INFO : org.slf4j.event.Level.DEBUG;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
