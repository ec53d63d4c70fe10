package dev.koda.cli.logs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the logs is wanted.
 *
 * @param since nothing before; null for everything
 * @param until nothing at or after; null for everything
 * @param tail the last lines of each log before we came; negative for all
 */
public record Range(@Nullable Instant since, @Nullable Instant until, int tail) {
    /** True if a line of that stamp is wanted; one without a stamp is. */
    boolean holds(long stamp) {
        return stamp == StampReader.NONE
                || ((since == null || stamp >= StampReader.nanos(since))
                        && (until == null || stamp < StampReader.nanos(until)));
    }
}
