package dev.koda.cli.logs;

import java.util.HashMap;
import java.util.Map;

/**
 * The last lines of one log, to know them again: a log that is opened anew begins a little before where it ended. Lines
 * that are equal in stamp and text are counted, so that each is taken once for each time it was written. For one thread.
 */
final class Seen {
    private static final int SIZE = 4096;
    /** Two streams of one program are stamped apart, so that a line may come a little after a later one. */
    private static final long OVERLAP_NANOS = 1_000_000_000;

    private final long[] stamps = new long[SIZE];
    private final long[] hashes = new long[SIZE];
    private final Map<Long, Integer> expected = new HashMap<>();
    private long count;
    private long earliest = Long.MAX_VALUE;
    private long latest = Long.MIN_VALUE;
    private long latestForgotten = Long.MIN_VALUE;
    private long replayedUntil = Long.MIN_VALUE;

    /** True if there has been no line yet. */
    boolean isEmpty() {
        return count == 0;
    }

    /** The log is opened again from the moment that this gives, which is inclusive; not if there has been no line. */
    long reopen() {
        // Every line since then is still known; only if thousands had one stamp would some come twice. What was before
        // the first one was not wanted.
        long since = Math.max(latest - OVERLAP_NANOS, Math.min(latest, latestForgotten + 1));
        since = Math.max(since, earliest);
        expected.clear();
        replayedUntil = latest;
        for (int i = 0; i < Math.min(count, SIZE); i++) {
            if (stamps[i] >= since) {
                expected.merge(mixed(stamps[i], hashes[i]), 1, Integer::sum);
            }
        }
        return since;
    }

    /** True if the line is new; false if it was here before the log was opened again. */
    boolean add(long stamp, byte[] text) {
        long hash = hash(text);
        if (stamp <= replayedUntil && isExpected(mixed(stamp, hash))) {
            return false;
        }
        int at = (int) (count++ % SIZE);
        if (count > SIZE) {
            latestForgotten = Math.max(latestForgotten, stamps[at]);
        }
        stamps[at] = stamp;
        hashes[at] = hash;
        earliest = Math.min(earliest, stamp);
        latest = Math.max(latest, stamp);
        return true;
    }

    private boolean isExpected(long key) {
        var times = expected.get(key);
        if (times == null) {
            return false;
        }
        if (times == 1) {
            expected.remove(key);
        } else {
            expected.put(key, times - 1);
        }
        return true;
    }

    private static long mixed(long stamp, long hash) {
        return stamp * 0x9E3779B97F4A7C15L ^ hash;
    }

    /** FNV-1a of 64 bits. */
    private static long hash(byte[] text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : text) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }
}
