package dev.koda.checks.meters.series;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The samples that are left. The last fifth is for sets whose open labels are {@code other} already: it keeps the closed
 * labels apart when the open ones have no room any more. Thread-safe.
 */
final class SeriesBudget {
    private static final double OWN_SHARE = 0.8;

    private final int most;
    private final AtomicInteger taken = new AtomicInteger();

    SeriesBudget(int most) {
        this.most = Math.max(0, most);
    }

    /** Takes room for samples with label values of their own, or with folded ones; false if there is none. */
    boolean take(int samples, boolean isFolded) {
        int limit = isFolded ? most : (int) (most * OWN_SHARE);
        int before;
        do {
            before = taken.get();
            if (before + samples > limit) {
                return false;
            }
        } while (!taken.compareAndSet(before, before + samples));
        return true;
    }

    void giveBack(int samples) {
        taken.addAndGet(-samples);
    }
}
