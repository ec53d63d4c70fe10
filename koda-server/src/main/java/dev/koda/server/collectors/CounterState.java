package dev.koda.server.collectors;

import java.time.Duration;

/**
 * How far a counter has come. Numbers of rows are drawn before their transactions commit, so a row may appear below one
 * that was seen already. Therefore rows are counted for good only when every transaction that drew a number as low as
 * theirs has ended; those above are counted anew each time, and shown all the same. Immutable.
 *
 * @param countedTo the rows up to this number are in {@code totals} for good
 * @param markedTo the last number there was at {@code markedMillis}; the same as {@code countedTo} if none waits
 * @param markedMillis by the clock of the database
 * @param totals what the rows up to {@code countedTo} come to
 */
record CounterState(long countedTo, long markedTo, long markedMillis, Amounts totals) {
    /** Longer than any transaction of Koda takes: its inserts are single statements with a time-out of seconds. */
    static final Duration LATEST = Duration.ofMinutes(2);

    /** So many numbers are read at once. */
    static final long SPAN = 10_000;

    /** Of a counter that begins to count now: what was before nobody has watched. */
    static CounterState startingAt(long head, long nowMillis) {
        return new CounterState(head, head, nowMillis, Amounts.none());
    }

    /** The table ends at this number now. */
    CounterState seen(long head, long nowMillis) {
        if (head < countedTo) {
            // It was emptied, or comes from a backup: what follows is new again.
            return new CounterState(head, head, nowMillis, totals);
        }
        return markedTo == countedTo && head > markedTo ? new CounterState(countedTo, head, nowMillis, totals) : this;
    }

    /** Up to which number rows can be counted for good in one step now; {@code countedTo} if none can. */
    long closedTo(long nowMillis) {
        boolean isClosed = nowMillis - markedMillis >= LATEST.toMillis();
        return isClosed ? Math.min(markedTo, countedTo + SPAN) : countedTo;
    }

    /** The rows up to there are counted, and have come to these totals. */
    CounterState counted(long to, Amounts now) {
        return new CounterState(to, markedTo, markedMillis, now);
    }

    /**
     * Up to which number rows are shown without being counted for good. Where more wait than can be read at once these
     * are the first of them, so that what is shown never falls.
     */
    long shownTo(long head) {
        return Math.min(head, countedTo + SPAN);
    }
}
