package dev.koda.dashboard.store;

import dev.koda.checks.TimeSource;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a {@link Leadership.Duty}: one after another for as long as its lease is held, and none after its end.
 * Thread-safe; never blocks.
 */
public final class DutySteps {
    private final TimeSource time;
    private @Nullable Lease lease;
    private TimeSource.@Nullable Timer timer;

    private DutySteps(TimeSource time) {
        this.time = Objects.requireNonNull(time, "time");
    }

    /** Of a duty that has not begun. */
    public static DutySteps of(TimeSource time) {
        return new DutySteps(time);
    }

    /** The lease is held from now on. */
    public synchronized void begin(Lease held) {
        lease = held;
    }

    /** The lease is held no more: the step that waits is given up. */
    public synchronized void end() {
        lease = null;
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** True between the begin with this lease and the end. */
    public synchronized boolean isHeld(Lease held) {
        return held.equals(lease);
    }

    /** True if some lease is held. */
    public synchronized boolean hasBegun() {
        return lease != null;
    }

    /** Takes the next step after the pause; does nothing if this lease is not held any more. */
    public synchronized void after(Duration pause, Lease held, Consumer<Lease> step) {
        if (held.equals(lease)) {
            timer = time.schedule(pause, () -> step.accept(held));
        }
    }
}
