package dev.koda.dashboard.limits;

/**
 * How often one client may ask: a bucket of tokens, of which each request takes one.
 *
 * @param perSecond how many tokens come back in a second; 0 if there is no limit
 * @param burst how many there are at the most, which is how many requests may come at once
 */
public record RateLimits(int perSecond, int burst) {
    public RateLimits {
        if (perSecond < 0) {
            throw new IllegalArgumentException("perSecond must be 0 or more, not " + perSecond);
        }
        if (burst < 1) {
            throw new IllegalArgumentException("burst must be at least 1, not " + burst);
        }
    }

    /** 20 a second and 200 at once: more than a page with all its charts asks, and less than a loop without a pause. */
    public static RateLimits usual() {
        return new RateLimits(20, 200);
    }

    /** Everybody may ask as often as they like. */
    public static RateLimits none() {
        return new RateLimits(0, 1);
    }
}
