package dev.koda.dashboard.audit;

import java.util.List;

/**
 * What a verification of the log says.
 *
 * @param from the first number that there is; 0 if there is no event
 * @param to the last one
 * @param events how many were read
 * @param checkpoints how many checkpoints were held against them
 * @param faults what is wrong, in words; empty if nothing is; the first hundred
 */
public record Verified(long from, long to, long events, int checkpoints, List<String> faults) {
    public Verified {
        faults = List.copyOf(faults);
    }

    /** True if nothing was changed, as far as can be told. */
    public boolean isIntact() {
        return faults.isEmpty();
    }
}
