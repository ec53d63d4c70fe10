package dev.koda.checks.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits, with a bound, for what a real server does in its own time. */
final class Eventually {
    private static final Duration BOUND = Duration.ofSeconds(15);

    private Eventually() {}

    static void holds(Callable<Boolean> condition) {
        long end = System.nanoTime() + BOUND.toNanos();
        boolean holds = false;
        while (!holds && System.nanoTime() - end < 0) {
            holds = call(condition);
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        assertThat(holds).as("within " + BOUND).isTrue();
    }

    private static boolean call(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (Exception broken) {
            throw new AssertionError(broken);
        }
    }
}
