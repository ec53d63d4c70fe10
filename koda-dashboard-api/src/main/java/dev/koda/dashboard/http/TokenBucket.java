package dev.koda.dashboard.http;

import java.time.Duration;

/** Tokens that come back with time, of which each use takes one. For one thread at a time. */
public final class TokenBucket {
    private static final double SECOND = 1e9;

    private final int perSecond;
    private final int burst;
    private double tokens;
    private long atNanos;

    private TokenBucket(int perSecond, int burst, long nowNanos) {
        this.perSecond = perSecond;
        this.burst = burst;
        tokens = burst;
        atNanos = nowNanos;
    }

    /**
     * A full one.
     *
     * @param perSecond how many come back in a second, at least 1
     * @param burst how many it holds
     * @param nowNanos by the same clock as in {@link #take}
     */
    public static TokenBucket full(int perSecond, int burst, long nowNanos) {
        return new TokenBucket(perSecond, burst, nowNanos);
    }

    /** Takes one; zero if there was one, else the time until there is. */
    public Duration take(long nowNanos) {
        tokens = Math.min(burst, tokens + (nowNanos - atNanos) * perSecond / SECOND);
        atNanos = nowNanos;
        if (tokens >= 1) {
            tokens--;
            return Duration.ZERO;
        }
        return Duration.ofNanos((long) Math.ceil((1 - tokens) * SECOND / perSecond));
    }
}
