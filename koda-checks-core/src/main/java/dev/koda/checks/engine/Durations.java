package dev.koda.checks.engine;

import java.time.Duration;

/** Durations as the engine keeps and says them. */
final class Durations {
    private Durations() {}

    /** Whole microseconds: finer is noise, and what takes less than one shares one object. */
    static Duration micros(long nanos) {
        long micros = nanos / 1000;
        return micros <= 0 ? Duration.ZERO : Duration.ofNanos(micros * 1000);
    }

    /** {@code 250 ms}, {@code 2 s} or {@code 1.5 s}. */
    static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1000) {
            return millis + " ms";
        }
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis / 1000.0 + " s";
    }
}
