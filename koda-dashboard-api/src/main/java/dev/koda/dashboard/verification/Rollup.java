package dev.koda.dashboard.verification;

import java.time.Duration;
import java.time.Instant;

/**
 * What the results of a span of time come to. Two of them add up, in any order.
 *
 * @param longest the longest latency; zero if there is none
 */
record Rollup(int passes, int warns, int fails, int unknowns, Duration longest, LatencyHistogram latencies) {
    static final Rollup EMPTY = new Rollup(0, 0, 0, 0, Duration.ZERO, LatencyHistogram.EMPTY);

    /** Of one result. */
    static Rollup of(Verification one) {
        var standing = one.standing();
        var latency = standing == Standing.UNKNOWN ? null : one.latency();
        return new Rollup(
                standing == Standing.PASS ? 1 : 0,
                standing == Standing.WARN ? 1 : 0,
                standing == Standing.FAIL ? 1 : 0,
                standing == Standing.UNKNOWN ? 1 : 0,
                latency == null ? Duration.ZERO : latency,
                latency == null ? LatencyHistogram.EMPTY : LatencyHistogram.of(latency));
    }

    Rollup plus(Rollup other) {
        return new Rollup(
                passes + other.passes,
                warns + other.warns,
                fails + other.fails,
                unknowns + other.unknowns,
                longest.compareTo(other.longest) >= 0 ? longest : other.longest,
                latencies.plus(other.latencies));
    }

    int runs() {
        return passes + warns + fails + unknowns;
    }

    /** The beginning of the span that a moment is in; spans are counted from 1970. */
    static Instant bucket(Instant at, Duration width) {
        long seconds = at.getEpochSecond();
        return Instant.ofEpochSecond(seconds - Math.floorMod(seconds, width.toSeconds()));
    }
}
