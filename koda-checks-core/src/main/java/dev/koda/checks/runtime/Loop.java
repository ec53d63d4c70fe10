package dev.koda.checks.runtime;

import dev.koda.checks.TimeSource;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/** One background loop. Thread-safe; a beat costs one volatile write. */
public final class Loop implements AutoCloseable {
    /** One late turn is jitter, two may be a long one; after three the loop hangs. */
    static final int SILENT_INTERVALS = 3;

    private static final Pattern NAME = Pattern.compile("[\\p{Print}]{1,60}");

    private final Loops owner;
    private final String name;
    private final Duration every;
    private final TimeSource time;
    private volatile long lastBeatNanos;

    Loop(Loops owner, String name, Duration every, TimeSource time) {
        this.owner = owner;
        this.name = Objects.requireNonNull(name, "name");
        this.every = Objects.requireNonNull(every, "every");
        this.time = time;
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("the name of a loop must be 1 to 60 printable characters");
        }
        if (every.isNegative() || every.isZero()) {
            throw new IllegalArgumentException("a loop's interval must be positive, not " + every);
        }
        beat();
    }

    /** Says that the loop turns. */
    public void beat() {
        lastBeatNanos = time.nanos();
    }

    /** What it was registered as. */
    public String name() {
        return name;
    }

    /** How often it means to beat. */
    public Duration every() {
        return every;
    }

    /** How long ago the last beat was. */
    public Duration silence() {
        return Duration.ofNanos(time.nanos() - lastBeatNanos);
    }

    boolean isSilent() {
        return silence().compareTo(every.multipliedBy(SILENT_INTERVALS)) > 0;
    }

    /** The loop has ended on purpose: it is forgotten, and its name is free again. */
    @Override
    public void close() {
        owner.remove(this);
    }
}
