package dev.koda.cli.logs;

import org.jspecify.annotations.Nullable;

/** One line of a log, as it was written. Immutable, but for the bytes, which nobody changes. */
final class LogLine {
    private static final int OVERHEAD = 80;

    private final int source;
    private final long stamp;
    private final byte[] text;
    private final boolean isCut;
    private final @Nullable Level level;
    private final boolean isLive;
    private final long arrival;

    LogLine(int source, long stamp, byte[] text, boolean isCut, @Nullable Level level, boolean isLive, long arrival) {
        this.source = source;
        this.stamp = stamp;
        this.text = text;
        this.isCut = isCut;
        this.level = level;
        this.isLive = isLive;
        this.arrival = arrival;
    }

    /** The place of its log among all. */
    int source() {
        return source;
    }

    /** When it was logged, in nanoseconds since 1970; {@link StampReader#NONE} where nothing says so. */
    long stamp() {
        return stamp;
    }

    /** Without what stood around it: the stamp of a collector, the end of the line. */
    byte[] text() {
        return text;
    }

    /** True if it was longer than is kept. */
    boolean isCut() {
        return isCut;
    }

    /** What the collector knows of it; null for what the text says. */
    @Nullable
    Level level() {
        return level;
    }

    /** False for what was there when we came. */
    boolean isLive() {
        return isLive;
    }

    /** When it came, by the monotonic clock. */
    long arrival() {
        return arrival;
    }

    /** About the memory that it takes. */
    int weight() {
        return text.length + OVERHEAD;
    }
}
