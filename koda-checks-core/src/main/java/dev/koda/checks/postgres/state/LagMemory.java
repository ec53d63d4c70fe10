package dev.koda.checks.postgres.state;

import dev.koda.checks.TimeSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * How long standbys have lacked what the primary had when it was first seen: the primary's own {@code replay_lag} stands
 * still while a standby replays nothing. Thread-safe.
 */
final class LagMemory {
    private record Mark(double position, long atNanos) {}

    private final TimeSource time;
    private final Map<Long, Mark> marks = new HashMap<>();

    LagMemory(TimeSource time) {
        this.time = time;
    }

    /** Forgets all others. */
    synchronized void keep(Collection<Long> standbys) {
        marks.keySet().retainAll(standbys);
    }

    /** For how long at least the standby has been behind; 0 if it is seen for the first time. */
    synchronized double seconds(long standby, double position, double replayed) {
        long now = time.nanos();
        var mark = marks.get(standby);
        if (mark == null || replayed >= mark.position) {
            marks.put(standby, new Mark(position, now));
            return 0;
        }
        return (now - mark.atNanos) / 1e9;
    }
}
