package dev.koda.checks.engine;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Suite;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The place of one check in the engine: what runs now, what was last, and where it stands. */
final class Slot {
    final CheckSpec spec;
    /** Here once, and not in each execution. */
    final Wiring wiring;
    /** The position in declared order, which skipped checks share. */
    final int order;
    /** The execution that occupies the check: running, or timed out and not ended. */
    final AtomicReference<@Nullable Execution> running = new AtomicReference<>();

    final Standing standing;
    final long timeoutNanos;
    final long ttlNanos;
    final long usableNanos;
    volatile @Nullable Execution last;
    /** Written by one execution at a time; an old value costs a second look at a text and nothing else. */
    Texts.@Nullable Cleaned cleaned;

    volatile boolean isRemoved;
    /** When it is due, and whether its last evaluation stopped before it: kept here so that a new unit can go on. */
    volatile long dueNanos;

    volatile boolean wasNotRun;

    Slot(CheckSpec spec, int order, Wiring wiring) {
        this.spec = spec;
        this.wiring = wiring;
        this.order = order;
        timeoutNanos = spec.timeout().toNanos();
        ttlNanos = spec.ttl().toNanos();
        usableNanos = ttlNanos + spec.staleFor().toNanos();
        dueNanos = wiring.time().nanos();
        standing = new Standing(this, dueNanos, wiring.time().now());
    }

    /** A load balancer or an orchestrator waits for it, and not only a doctor. */
    boolean isProbed() {
        return spec.suites().contains(Suite.LIVENESS) || spec.suites().contains(Suite.READINESS);
    }

    CheckId id() {
        return spec.id();
    }
}
