package dev.koda.it;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Bounded waits for something that another process does and tells nobody about. */
final class Within {
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private Within() {}

    /**
     * Looks again and again until the condition holds.
     *
     * @return how long that took
     * @throws AssertionError with the words of {@code what} if it does not hold in time
     */
    static Duration limit(Duration limit, String what, BooleanSupplier condition) {
        long begin = System.nanoTime();
        while (true) {
            if (condition.getAsBoolean()) {
                return Duration.ofNanos(System.nanoTime() - begin);
            }
            if (System.nanoTime() - begin > limit.toNanos()) {
                throw new AssertionError("not within " + limit.toMillis() + " ms: " + what);
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    /**
     * Asks again and again until an answer is accepted.
     *
     * @return the first answer that is
     * @throws AssertionError with the last answer if none is in time
     */
    static <T> T answer(Duration limit, String what, Supplier<T> ask, Predicate<T> accepts) {
        long begin = System.nanoTime();
        while (true) {
            var answer = ask.get();
            if (accepts.test(answer)) {
                return answer;
            }
            if (System.nanoTime() - begin > limit.toNanos()) {
                throw new AssertionError("not within " + limit.toMillis() + " ms: " + what + "; last: " + answer);
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
    }
}
