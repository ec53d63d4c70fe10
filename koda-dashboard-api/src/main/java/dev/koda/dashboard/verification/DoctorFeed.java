package dev.koda.dashboard.verification;

import dev.koda.checks.CheckId;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.TimeSource;
import dev.koda.checks.engine.CheckListener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Hears what the checks of the doctor find and holds it until it is stored: at most {@value #MOST} results, of which the
 * oldest go first, and are counted. Thread-safe, never blocks.
 */
public final class DoctorFeed implements CheckListener {
    static final int MOST = 10_000;

    private final TimeSource time;
    private final Queue<Heard> held = new ArrayDeque<>();
    private Set<CheckId> watched = Set.of();
    private long dropped;

    private DoctorFeed(TimeSource time) {
        this.time = time;
    }

    /** One that hears nothing until it is told what to listen for. */
    public static DoctorFeed of(TimeSource time) {
        return new DoctorFeed(Objects.requireNonNull(time, "time"));
    }

    /**
     * One result.
     *
     * @param result its id, the same however often it is to be stored
     */
    record Heard(
            UUID result,
            CheckId id,
            Instant startedAt,
            Status status,
            @Nullable String reason,
            Duration took) {}

    /** Listens for these from now on. */
    synchronized void watch(Set<CheckId> ids) {
        watched = Set.copyOf(ids);
    }

    @Override
    public void onEnd(CheckId id, @Nullable Status status, @Nullable Reason reason, long tookNanos) {
        if (status == null) {
            return;
        }
        var took = Duration.ofNanos(tookNanos);
        var heard = new Heard(
                UUID.randomUUID(), id, time.now().minus(took), status, reason == null ? null : reason.code(), took);
        synchronized (this) {
            if (watched.contains(id)) {
                hold(heard);
            }
        }
    }

    private void hold(Heard heard) {
        if (held.size() >= MOST) {
            held.remove();
            dropped++;
        }
        held.add(heard);
    }

    /** Up to so many, the oldest first; they are held until {@link #stored}. */
    synchronized List<Heard> oldest(int count) {
        return held.stream().limit(count).toList();
    }

    /** These need not be held any more. */
    synchronized void stored(List<Heard> some) {
        var done = new ArrayList<>(some);
        while (!done.isEmpty() && !held.isEmpty() && done.remove(held.peek())) {
            held.remove();
        }
    }

    /** How many were never stored, because the store did not answer for too long. */
    synchronized long dropped() {
        return dropped;
    }
}
