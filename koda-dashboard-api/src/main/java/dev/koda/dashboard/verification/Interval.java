package dev.koda.dashboard.verification;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How long one status held.
 *
 * @param since the start of the first result of this status
 * @param until the start of the first result of another one, or when the last of this one vouches no more
 * @param reason of the first result, or null
 * @param runs how many results it rests on; 0 where nothing is known
 */
record Interval(
        Instant since,
        Instant until,
        Standing standing,
        @Nullable String reason,
        int runs) {
    Interval {
        Objects.requireNonNull(standing, "standing");
        if (until.isBefore(since)) {
            throw new IllegalArgumentException("an interval ends after it begins, not at " + until);
        }
    }

    /** How much of it lies between these moments. */
    Duration within(Instant from, Instant to) {
        var begin = since.isAfter(from) ? since : from;
        var end = until.isBefore(to) ? until : to;
        return end.isAfter(begin) ? Duration.between(begin, end) : Duration.ZERO;
    }

    /**
     * What was the case at every moment between two: the intervals, cut at the edges, and unknown wherever there is none.
     *
     * @param known in their order, without overlap
     */
    static List<Interval> covering(List<Interval> known, Instant from, Instant to) {
        var all = new ArrayList<Interval>();
        var end = from;
        for (var one : known) {
            if (one.within(from, to).isZero()) {
                continue;
            }
            var begin = one.since.isBefore(from) ? from : one.since;
            addUnknown(all, end, begin);
            end = one.until.isAfter(to) ? to : one.until;
            all.add(new Interval(begin, end, one.standing, one.reason, one.runs));
        }
        addUnknown(all, end, to);
        return all;
    }

    private static void addUnknown(List<Interval> all, Instant from, Instant to) {
        if (to.isAfter(from)) {
            all.add(new Interval(from, to, Standing.UNKNOWN, null, 0));
        }
    }
}
