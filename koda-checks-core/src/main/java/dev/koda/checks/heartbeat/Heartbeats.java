package dev.koda.checks.heartbeat;

import dev.koda.checks.Check;
import dev.koda.checks.CheckId;
import dev.koda.checks.TimeSource;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/**
 * Which heartbeats a server expects, and who keeps those that it hears. The checks are made before the store is there that
 * keeps them; until it is, they do not apply. Thread-safe, never blocks.
 */
public final class Heartbeats {
    private final Set<CheckId> expected = new ConcurrentSkipListSet<>();
    private volatile @Nullable Keeper keeper;

    private Heartbeats() {}

    /** Keeps what was heard. */
    @FunctionalInterface
    public interface Keeper {
        /** What is known of this one; fails if that cannot be said now. Never blocks. */
        CompletionStage<Heartbeat> of(CheckId id);
    }

    /** None is expected yet, and nobody keeps any. */
    public static Heartbeats none() {
        return new Heartbeats();
    }

    /** From now on they are kept there. */
    public void keptBy(Keeper who) {
        keeper = who;
    }

    /** Those that checks are made of. */
    public Set<CheckId> expected() {
        return Set.copyOf(expected);
    }

    /**
     * Expects one, and checks that it comes: fails if the last run failed or the next is overdue, warns while it may still
     * come.
     *
     * @param every how long after one the next is expected
     * @param grace how much later it may come
     */
    public Check expect(CheckId id, Duration every, Duration grace, TimeSource time) {
        expected.add(id);
        return new HeartbeatCheck(id, every, grace, () -> keeper, time);
    }
}
