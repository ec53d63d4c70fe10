package dev.koda.checks.objectstore;

import java.time.Duration;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * How the checks use the store.
 *
 * @param host the name of this host, a part of the canary's key
 * @param vantage which program looks, such as {@code server} or {@code cli}; the other part
 * @param isRequired true if readiness fails when the bucket does
 * @param slow warns if the canary's round trip takes longer; default 1 s
 * @param stuck fails if it takes longer; default 5 s
 */
public record ObjectStoreOptions(String host, String vantage, boolean isRequired, Duration slow, Duration stuck) {
    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9.-]");
    private static final int LONGEST = 100;

    public ObjectStoreOptions {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(vantage, "vantage");
        if (slow.isNegative() || stuck.compareTo(slow) < 0) {
            throw new IllegalArgumentException("limits of the round trip must be 0 <= slow <= stuck");
        }
    }

    /** For a store that the process can do without. */
    public static ObjectStoreOptions of(String host, String vantage) {
        return new ObjectStoreOptions(host, vantage, false, Duration.ofSeconds(1), Duration.ofSeconds(5));
    }

    /** The same for a store that it cannot do without. */
    public ObjectStoreOptions required() {
        return new ObjectStoreOptions(host, vantage, true, slow, stuck);
    }

    /** The same with other limits of the canary's round trip. */
    public ObjectStoreOptions roundTrip(Duration warn, Duration fail) {
        return new ObjectStoreOptions(host, vantage, isRequired, warn, fail);
    }

    /** One key for each host and vantage point, so that a bucket does not fill with canaries. */
    String canaryKey() {
        return ".koda/doctor/" + safe(host) + "-" + safe(vantage);
    }

    private static String safe(String text) {
        var clean = UNSAFE.matcher(text).replaceAll("_");
        return clean.length() > LONGEST ? clean.substring(0, LONGEST) : clean;
    }
}
