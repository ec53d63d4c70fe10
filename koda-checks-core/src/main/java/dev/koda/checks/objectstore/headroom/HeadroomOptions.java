package dev.koda.checks.objectstore.headroom;

import java.util.List;

/**
 * What the checks of headroom hold against what they see.
 *
 * @param warnPercent warns if less is free; default 15
 * @param failPercent fails if less is free; default 5
 * @param volumeBytes how large a volume of SeaweedFS gets, its {@code -volumeSizeLimitMB}; 0 if that is not known
 * @param after what must not have failed before they run, such as {@code object-store.bucket}
 */
public record HeadroomOptions(double warnPercent, double failPercent, long volumeBytes, List<String> after) {
    public HeadroomOptions {
        if (failPercent < 0 || warnPercent < failPercent || warnPercent > 100) {
            throw new IllegalArgumentException("limits of the headroom must be 0 <= fail <= warn <= 100");
        }
        if (volumeBytes < 0) {
            throw new IllegalArgumentException("volumeBytes must not be negative");
        }
        after = List.copyOf(after);
    }

    /** 15 and 5 percent, as for a disk; the size of a volume is not known; after nothing. */
    public static HeadroomOptions defaults() {
        return new HeadroomOptions(15, 5, 0, List.of());
    }

    /** The same with other limits, in percent that are free. */
    public HeadroomOptions free(double warn, double fail) {
        return new HeadroomOptions(warn, fail, volumeBytes, after);
    }

    /** The same with the size of a volume of SeaweedFS. */
    public HeadroomOptions volumes(long bytes) {
        return new HeadroomOptions(warnPercent, failPercent, bytes, after);
    }

    /** The same after other checks. */
    public HeadroomOptions after(String... ids) {
        return new HeadroomOptions(warnPercent, failPercent, volumeBytes, List.of(ids));
    }
}
