package dev.koda.dashboard.audit;

import dev.koda.checks.TimeSource;
import dev.koda.dashboard.store.StoreException;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Where the events of this process go: while it seals itself, straight into the log, which is one write instead of two and
 * a deletion; else into the inbox, for whoever seals. What could not be sealed goes to the inbox too. Thread-safe.
 */
final class Intake {
    /** Sealing takes milliseconds; who waits for longer is better off with the inbox, on which nobody else has a lock. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** After a failure, so that not every batch waits in vain. */
    static final Duration DETOUR = Duration.ofSeconds(10);

    private final Inbox inbox;
    private final TimeSource time;
    private volatile @Nullable Sealer sealer;
    private volatile @Nullable Long detourNanos;

    Intake(Inbox inbox, TimeSource time) {
        this.inbox = inbox;
        this.time = time;
    }

    /** From now on, what arrives while this sealer holds its lease is sealed at once. */
    void sealWith(Sealer own) {
        sealer = own;
    }

    /** Stores events that nobody has stored before. */
    Future<Void> put(List<StampedEvent> events) {
        var own = sealer;
        if (own == null || !own.isSealing() || isOnDetour()) {
            return inbox.put(events);
        }
        // Who has given up under the lease's lock appends nothing, and who has not is waited for by whoever seals next:
        // he finds the event in the log. So it is sealed once, whatever became of the answer.
        var isGivenUp = new AtomicBoolean();
        return own.seal(events, isGivenUp::get)
                .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure -> {
                    isGivenUp.set(true);
                    return isUndone(failure) ? inbox.put(events) : detour(events);
                });
    }

    /** Stores events of which some may be stored already: each is sealed once. */
    Future<Void> putAgain(List<StampedEvent> events) {
        return inbox.putAgain(events);
    }

    private Future<Void> detour(List<StampedEvent> events) {
        detourNanos = time.nanos();
        return inbox.putAgain(events);
    }

    private boolean isOnDetour() {
        var since = detourNanos;
        return since != null && time.nanos() - since < DETOUR.toNanos();
    }

    /** Of all other failures it is not known whether the events are in the log. */
    private static boolean isUndone(Throwable failure) {
        return failure instanceof StoreException known
                && (known.kind() == StoreException.Kind.FENCED || known.kind() == StoreException.Kind.REFUSED);
    }
}
