package dev.koda.server.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.util.function.Function;

/** Gives Logback the bytes of an event, the end of its line included. */
final class LineEncoder extends EncoderBase<ILoggingEvent> {
    private static final byte[] NOTHING = {};

    private final Function<ILoggingEvent, byte[]> line;

    LineEncoder(Function<ILoggingEvent, byte[]> line) {
        this.line = line;
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        return line.apply(event);
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }
}
