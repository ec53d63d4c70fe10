package dev.koda.checks.disk;

import java.time.Duration;

/**
 * The limits of the disk checks; {@link #defaults} is what they are unless told otherwise.
 *
 * @param space warns and fails below this share of the volume, available to us
 * @param enoughBytes on a volume so big that the fail share is more than this, this is the limit of fail
 * @param fewBytes warns below this on a volume of any size
 * @param tooFewBytes fails below this on a volume of any size
 * @param inodes warns and fails below this share of the volume's inodes
 * @param slowWrite warns if the canary takes longer
 * @param stuckWrite fails if the canary takes longer
 */
public record DiskOptions(
        Shares space,
        long enoughBytes,
        long fewBytes,
        long tooFewBytes,
        Shares inodes,
        Duration slowWrite,
        Duration stuckWrite) {
    private static final long GIB = 1L << 30;

    /**
     * Two lower limits.
     *
     * @param warnPercent warns below
     * @param failPercent fails below, not more than {@code warnPercent}
     */
    public record Shares(double warnPercent, double failPercent) {
        public Shares {
            if (!(0 <= failPercent && failPercent <= warnPercent && warnPercent <= 100)) {
                throw new IllegalArgumentException("limits must be 0 <= fail <= warn <= 100 percent, not fail "
                        + failPercent + " and warn " + warnPercent);
            }
        }
    }

    public DiskOptions {
        if (tooFewBytes < 0 || fewBytes < tooFewBytes || enoughBytes < tooFewBytes) {
            throw new IllegalArgumentException("byte limits must be 0 <= tooFewBytes <= fewBytes and enoughBytes");
        }
        if (slowWrite.isNegative() || stuckWrite.compareTo(slowWrite) < 0) {
            throw new IllegalArgumentException("write limits must be 0 <= slowWrite <= stuckWrite");
        }
    }

    /**
     * 15 and 5 % of the space (the kubelet collects garbage at 15 %, node-mixin pages at 5 %), 50 GiB, 5 GiB, 1 GiB; 10
     * and 3 % of the inodes (node-mixin pages at 3 %); 250 ms and 2 s for a write.
     */
    public static DiskOptions defaults() {
        return new DiskOptions(
                new Shares(15, 5),
                50 * GIB,
                5 * GIB,
                GIB,
                new Shares(10, 3),
                Duration.ofMillis(250),
                Duration.ofSeconds(2));
    }

    /** The same with other shares of space. */
    public DiskOptions space(double warnPercent, double failPercent) {
        var shares = new Shares(warnPercent, failPercent);
        return new DiskOptions(shares, enoughBytes, fewBytes, tooFewBytes, inodes, slowWrite, stuckWrite);
    }

    /** The same with other floors. */
    public DiskOptions floors(long warnBytes, long failBytes) {
        return new DiskOptions(space, enoughBytes, warnBytes, failBytes, inodes, slowWrite, stuckWrite);
    }

    /** The same with other shares of inodes. */
    public DiskOptions inodes(double warnPercent, double failPercent) {
        var shares = new Shares(warnPercent, failPercent);
        return new DiskOptions(space, enoughBytes, fewBytes, tooFewBytes, shares, slowWrite, stuckWrite);
    }

    /** The same with other limits of a write. */
    public DiskOptions write(Duration slow, Duration stuck) {
        return new DiskOptions(space, enoughBytes, fewBytes, tooFewBytes, inodes, slow, stuck);
    }
}
