package dev.koda.dashboard.verification;

import dev.koda.checks.TimeSource;
import dev.koda.checks.stack.Integration;
import dev.koda.dashboard.store.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies each integration on its interval for as long as this process holds a lease, a few at a time. Goes on where the
 * holder before it ended: what was verified a while ago is due when it would have been due. Thread-safe.
 */
final class Schedule {
    private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);

    /** How many run at one moment: they wait for others most of the time. */
    static final int AT_ONCE = 8;

    /** The first ones are spread over this, so that a start is no storm. */
    private static final Duration SPREAD = Duration.ofSeconds(30);

    private static final double JITTER = 0.1;
    private static final Duration SETBACK = Duration.ofSeconds(2);

    private final Verifier verifier;
    private final HeldResults results;
    private final TimeSource time;
    private final DoubleSupplier random;
    private final BooleanSupplier held;

    private final Set<Pending> timers = new HashSet<>();
    private final Queue<Integration> waiting = new ArrayDeque<>();
    private int running;
    private boolean isOver;

    /**
     * @param random between 0 and 1: where jitter comes from
     * @param held whether the lease cannot have run out
     */
    Schedule(
            Verifier verifier,
            Results results,
            TimeSource time,
            DoubleSupplier random,
            BooleanSupplier held,
            Lease lease,
            Results.Fence fence) {
        this.verifier = verifier;
        this.results = new HeldResults(results, time, lease, fence, this::end);
        this.time = time;
        this.random = random;
        this.held = held;
    }

    /**
     * Begins.
     *
     * @param last when each began its last verification, as far as there was one
     */
    synchronized void begin(List<Integration> integrations, Map<String, Instant> last) {
        for (var integration : integrations) {
            after(first(integration, last.get(integration.id().toString())), () -> due(integration));
        }
    }

    private Duration first(Integration integration, @Nullable Instant last) {
        var spread = SPREAD.compareTo(integration.every()) < 0 ? SPREAD : integration.every();
        var early = part(spread, random.getAsDouble());
        if (last == null || Verification.isAhead(last, time.now())) {
            return early;
        }
        var due = Duration.between(time.now(), last.plus(next(integration)));
        return due.isNegative() ? early : due;
    }

    private Duration next(Integration integration) {
        return integration.every().plus(part(integration.every(), JITTER * random.getAsDouble()));
    }

    private static Duration part(Duration whole, double part) {
        return Duration.ofNanos((long) (whole.toNanos() * part));
    }

    /** Ends: nothing is begun any more; what runs or is not stored yet is, if the lease is held all the same. */
    synchronized void end() {
        isOver = true;
        timers.forEach(Pending::cancel);
        timers.clear();
        waiting.clear();
    }

    /** A task that waits; told apart by identity. */
    private static final class Pending {
        private TimeSource.@Nullable Timer timer;

        void cancel() {
            if (timer != null) {
                timer.cancel();
            }
        }
    }

    private synchronized void after(Duration pause, Runnable task) {
        if (isOver) {
            return;
        }
        var pending = new Pending();
        timers.add(pending);
        pending.timer = time.schedule(pause, () -> {
            if (isStillWaiting(pending)) {
                task.run();
            }
        });
    }

    private synchronized boolean isStillWaiting(Pending pending) {
        return timers.remove(pending);
    }

    private void due(Integration integration) {
        // One that was stopped for a while wakes up here, before it hears that its lease ran out.
        boolean isHeld = held.getAsBoolean();
        synchronized (this) {
            if (isOver) {
                return;
            }
            if (isHeld && running >= AT_ONCE) {
                waiting.add(integration);
                return;
            }
            if (isHeld) {
                running++;
            }
        }
        if (isHeld) {
            run(integration);
        } else {
            after(SETBACK, () -> due(integration));
        }
    }

    private void run(Integration integration) {
        after(next(integration), () -> due(integration));
        verifier.verify(integration, Verification.Trigger.SCHEDULE).onComplete(done -> {
            ended();
            if (done.succeeded()) {
                results.store(done.result(), integration.every());
            } else {
                LOG.error("could not verify {}", integration, done.cause());
            }
        });
    }

    private void ended() {
        Integration next;
        synchronized (this) {
            running--;
            next = waiting.poll();
        }
        if (next != null) {
            due(next);
        }
    }
}
