package dev.koda.dashboard.verification;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * How long something worked, did not, and how long nobody knows. The three make up the whole time that was asked for.
 *
 * @param unknown counts neither as up nor as down
 */
record Uptime(Duration up, Duration down, Duration unknown) {
    Uptime {
        Objects.requireNonNull(up, "up");
        Objects.requireNonNull(down, "down");
        Objects.requireNonNull(unknown, "unknown");
    }

    /** Between two moments, from intervals that do not overlap. */
    static Uptime of(List<Interval> intervals, Instant from, Instant to) {
        var up = Duration.ZERO;
        var down = Duration.ZERO;
        for (var interval : intervals) {
            var part = interval.within(from, to);
            if (interval.standing().isUp()) {
                up = up.plus(part);
            } else if (interval.standing() == Standing.FAIL) {
                down = down.plus(part);
            }
        }
        return known(up, down, Duration.between(from, to));
    }

    /** Of a whole time, of which the rest is unknown. */
    static Uptime known(Duration up, Duration down, Duration whole) {
        return new Uptime(up, down, whole.minus(up).minus(down));
    }

    /** The part of the known time in which it worked, 0 to 1; empty if nothing is known. */
    OptionalDouble ratio() {
        double known = up.plus(down).toNanos();
        return known == 0 ? OptionalDouble.empty() : OptionalDouble.of(up.toNanos() / known);
    }
}
