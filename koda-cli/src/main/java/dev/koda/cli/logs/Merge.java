package dev.koda.cli.logs;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order of the lines: by their stamps; of equal ones the earlier log goes first, and lines of one log stay as they
 * are. What was there when we came is in exact order, because each log is waited for. What comes later is waited for as
 * long as {@link #WINDOW}; a line that comes later still is late. For one thread.
 */
final class Merge {
    /** A line waits for earlier ones of other logs that long, since it came. */
    static final Duration WINDOW = Duration.ofMillis(250);

    private final List<Lane> lanes = new ArrayList<>();
    private long lastStamp = Long.MIN_VALUE;
    private long waitNanos;
    private boolean isLate;

    /** The lines of one log that wait for their turn. */
    static final class Lane {
        /** True while the log may still have lines from before we came. */
        boolean isHistory = true;
        /** True if its reader waits for us. */
        boolean isFull;
        /** True if there is more of it in the intake. */
        boolean hasMore;
        /** True if no more come. */
        boolean isOver;

        private ArrayDeque<LogLine> lines = new ArrayDeque<>();
        private long lastStamp = Long.MIN_VALUE;

        boolean isEmpty() {
            return lines.isEmpty();
        }

        /** Takes these; the ones it had, which are none, come back as a place for others. */
        ArrayDeque<LogLine> swap(ArrayDeque<LogLine> others) {
            var empty = lines;
            lines = others;
            return empty;
        }
    }

    /** Of that many logs. */
    Merge(int sources) {
        for (int i = 0; i < sources; i++) {
            lanes.add(new Lane());
        }
    }

    List<Lane> lanes() {
        return lanes;
    }

    /** True if a log has nothing here and something in the intake. */
    boolean isHungry() {
        for (var lane : lanes) {
            if (lane.hasMore && lane.lines.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** True if no line is left and none comes. */
    boolean isOver() {
        for (var lane : lanes) {
            if (!lane.lines.isEmpty() || !lane.isOver) {
                return false;
            }
        }
        return true;
    }

    /**
     * The line whose turn it is, if it is certain or has waited long enough.
     *
     * @param now the monotonic clock
     * @return null if it has to wait: {@link #waitNanos} tells how long
     */
    @Nullable
    LogLine next(long now) {
        var lane = earliest();
        if (lane == null || mustWait(lane, now)) {
            return null;
        }
        var line = lane.lines.remove();
        lane.lastStamp = Math.max(lane.lastStamp, line.stamp());
        isLate = line.isLive() && line.stamp() < lastStamp;
        lastStamp = Math.max(lastStamp, line.stamp());
        return line;
    }

    /** True if the last line came when a later one had already gone. */
    boolean isLate() {
        return isLate;
    }

    /** After how long it is the turn of a line even if nothing happens; {@link Long#MAX_VALUE} for never. */
    long waitNanos() {
        return waitNanos;
    }

    private @Nullable Lane earliest() {
        Lane best = null;
        long least = 0;
        for (var lane : lanes) {
            var head = lane.lines.peek();
            if (head != null && (best == null || head.stamp() < least)) {
                best = lane;
                least = head.stamp();
            }
        }
        waitNanos = Long.MAX_VALUE;
        return best;
    }

    private boolean mustWait(Lane best, long now) {
        long stamp = best.lines.element().stamp();
        boolean isCertain = true;
        boolean isFull = false;
        long longest = 0;
        for (var lane : lanes) {
            var head = lane.lines.peek();
            if (head != null) {
                longest = Math.max(longest, now - head.arrival());
                isFull |= lane.isFull;
            } else if (!lane.isOver) {
                if (lane.isHistory) {
                    return true;
                }
                isCertain &= lane.lastStamp >= stamp;
            }
        }
        waitNanos = WINDOW.toNanos() - longest;
        return !isCertain && !isFull && waitNanos > 0;
    }
}
