package dev.koda.dashboard.verification;

import dev.koda.checks.TimeSource;
import dev.koda.dashboard.store.Lease;
import dev.koda.dashboard.store.StoreException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the results that were made under a lease. A store that does not answer for a moment loses nothing: it is asked until
 * the next result is due, also when the lease may be ours no more, because the fence says whether it still is. What is lost is
 * told. Thread-safe.
 */
final class HeldResults {
    private static final Logger LOG = LoggerFactory.getLogger(HeldResults.class);

    private static final Duration SETBACK = Duration.ofSeconds(2);

    private final Results results;
    private final TimeSource time;
    private final Lease lease;
    private final Results.Fence fence;
    private final Runnable onFenced;

    private int held;
    private boolean isFenced;

    /** @param onFenced what follows, once, when another has the lease */
    HeldResults(Results results, TimeSource time, Lease lease, Results.Fence fence, Runnable onFenced) {
        this.results = results;
        this.time = time;
        this.lease = lease;
        this.fence = fence;
        this.onFenced = onFenced;
    }

    /** @param due after how long the next one of its subject is */
    void store(Verification result, Duration due) {
        synchronized (this) {
            held++;
        }
        attempt(result, time.nanos() + due.toNanos());
    }

    private void attempt(Verification result, long untilNanos) {
        results.store(List.of(result), fence)
                .onSuccess(stored -> letGo())
                .onFailure(failure -> failed(result, untilNanos, failure));
    }

    private synchronized void letGo() {
        held--;
    }

    private void failed(Verification result, long untilNanos, Throwable failure) {
        if (failure instanceof StoreException known && known.kind() == StoreException.Kind.FENCED) {
            fenced();
        } else if (time.nanos() - untilNanos < 0) {
            time.schedule(SETBACK, () -> attempt(result, untilNanos));
        } else {
            letGo();
            lost(1, "of " + result.subject() + ": " + failure.getMessage());
        }
    }

    /** The first refusal is that of all that are held. */
    private void fenced() {
        int count;
        boolean isFirst;
        synchronized (this) {
            count = held;
            held = 0;
            isFirst = !isFenced;
            isFenced = true;
        }
        if (count > 0) {
            lost(count, "of epoch " + lease.epoch() + ": another server verifies by now");
        }
        if (isFirst) {
            onFenced.run();
        }
    }

    private void lost(int count, String why) {
        LOG.atWarn()
                .addKeyValue("event", "verification.lost")
                .addKeyValue("count", count)
                .addKeyValue("epoch", lease.epoch())
                .log("lost {} verification results {}", count, why);
    }
}
