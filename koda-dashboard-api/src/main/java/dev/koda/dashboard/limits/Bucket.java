package dev.koda.dashboard.limits;

import java.time.Duration;

/** The tokens of one client. For one thread at a time. */
final class Bucket {
    private static final double SECOND = 1e9;

    private final RateLimits limits;
    private double tokens;
    private long atNanos;

    /** A full one. */
    Bucket(RateLimits limits, long nowNanos) {
        this.limits = limits;
        tokens = limits.burst();
        atNanos = nowNanos;
    }

    /** Takes one; zero if there was one, else the time until there is. */
    Duration take(long nowNanos) {
        tokens = Math.min(limits.burst(), tokens + (nowNanos - atNanos) * limits.perSecond() / SECOND);
        atNanos = nowNanos;
        if (tokens >= 1) {
            tokens--;
            return Duration.ZERO;
        }
        return Duration.ofNanos((long) Math.ceil((1 - tokens) * SECOND / limits.perSecond()));
    }
}
