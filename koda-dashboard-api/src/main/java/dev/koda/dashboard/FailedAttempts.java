package dev.koda.dashboard;

import dev.koda.checks.TimeSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts refused credentials by client address, so that a flood of them costs an answer and no log line. For one event
 * loop.
 *
 * <p>The right token is never locked out: tokens are long enough that the rate of guessing does not matter
 * ({@code secrets.strength} says so), while a lock would let anybody behind the same address shut the operator out in an
 * outage.
 */
final class FailedAttempts {
    /** Attempts of one address that are answered 401 in a window; the next ones are answered 429. */
    static final int LIMIT = 20;

    static final Duration WINDOW = Duration.ofMinutes(1);

    /** More addresses than this are not remembered: the oldest go first. */
    private static final int ADDRESSES = 1_000;

    private final TimeSource time;
    private final Map<String, Window> windows = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
            return size() > ADDRESSES;
        }
    };

    private static final class Window {
        private final long startedNanos;
        private int count;

        private Window(long startedNanos) {
            this.startedNanos = startedNanos;
        }
    }

    FailedAttempts(TimeSource time) {
        this.time = time;
    }

    /** Notes one more and says how many this address had in its window, this one included. */
    int add(String address) {
        long now = time.nanos();
        var window = windows.get(address);
        if (window == null || now - window.startedNanos >= WINDOW.toNanos()) {
            windows.remove(address);
            window = new Window(now);
            windows.put(address, window);
        }
        return ++window.count;
    }
}
