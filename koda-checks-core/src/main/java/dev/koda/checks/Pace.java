package dev.koda.checks;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a check runs, how long it may take, how long its result is used, and how many results in a row count.
 *
 * @param timeout how long one evaluation may take
 * @param every the interval of scheduled evaluations, start to start
 * @param everyWhenFailing the interval from the first raw failure on
 * @param ttl how long {@code run()} reuses a result
 * @param staleFor how long after its ttl a result may still answer
 * @param failureThreshold how many raw failures in a row make a fail
 * @param successThreshold how many raw successes in a row end a fail
 */
record Pace(
        Duration timeout,
        Duration every,
        Duration everyWhenFailing,
        Duration ttl,
        Duration staleFor,
        int failureThreshold,
        int successThreshold) {
    private static final Duration LONGEST_WHEN_FAILING = Duration.ofSeconds(4);
    private static final Duration LONGEST_DOCTOR_TTL = Duration.ofSeconds(5);

    static Duration everyOr(@Nullable Duration chosen, Set<Suite> suites) {
        boolean isProbed = suites.contains(Suite.LIVENESS) || suites.contains(Suite.READINESS);
        return chosen != null ? chosen : Duration.ofSeconds(isProbed ? 10 : 60);
    }

    static Duration whenFailingOr(@Nullable Duration chosen, Duration every) {
        return chosen != null ? chosen : shorter(every, LONGEST_WHEN_FAILING);
    }

    static Duration ttlOr(@Nullable Duration chosen, Duration every, Set<Suite> suites) {
        if (chosen != null) {
            return chosen;
        }
        return suites.contains(Suite.DOCTOR) ? shorter(every, LONGEST_DOCTOR_TTL) : every;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    static Duration positive(Duration value, String name) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be positive, not " + value);
        }
        return value;
    }

    static int atLeastOne(int value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, not " + value);
        }
        return value;
    }
}
