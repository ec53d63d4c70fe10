package dev.koda.cli.logs;

import dev.koda.checks.TimeSource;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * The one lock of {@code koda logs}, and the only place where its threads wait: for a line, for room, for the end of a
 * program, or for a while to go by. When it is closed, nobody waits any more.
 */
final class Monitor {
    private final TimeSource time;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean isClosed;

    Monitor(TimeSource time) {
        this.time = time;
    }

    /** Does it while nobody else looks, and has everybody look again. */
    void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it holds, which is asked while nobody changes anything; false if there is no more waiting. */
    boolean await(BooleanSupplier condition) {
        lock.lock();
        try {
            while (!isClosed && !condition.getAsBoolean()) {
                changed.awaitUninterruptibly();
            }
            return !isClosed;
        } finally {
            lock.unlock();
        }
    }

    /** The same for at most that long; whether it holds then is for the caller to find out. */
    boolean await(BooleanSupplier condition, Duration limit) {
        var isOver = new boolean[1];
        var timer = time.schedule(limit, () -> change(() -> isOver[0] = true));
        boolean isOpen = await(() -> isOver[0] || condition.getAsBoolean());
        timer.cancel();
        return isOpen;
    }

    /** Lets that much time go by; false if there is no more waiting. */
    boolean pause(Duration length) {
        return await(() -> false, length);
    }

    boolean isClosed() {
        lock.lock();
        try {
            return isClosed;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        change(() -> isClosed = true);
    }
}
