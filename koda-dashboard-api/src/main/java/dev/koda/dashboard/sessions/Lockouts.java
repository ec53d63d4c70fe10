package dev.koda.dashboard.sessions;

import dev.koda.checks.TimeSource;
import dev.koda.dashboard.audit.AuditEvent;
import dev.koda.dashboard.audit.AuditEventType;
import dev.koda.dashboard.audit.AuditTrail;
import dev.koda.dashboard.http.Sender;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts wrong credentials by the address of the client, and by address and name: too many of them, and for a while the
 * next ones are answered 429, cost no event, and are counted in the one that ends the lockout. Thread-safe.
 *
 * <p>A right credential is never locked out, and is looked at in a lockout too: tokens are long enough that the rate of
 * guessing does not matter, while a lock would let anybody behind the same address shut the operator out in an outage.
 */
final class Lockouts implements AutoCloseable {
    /** So many wrong credentials of one address within {@link #WINDOW} are answered 401, the next ones 429. */
    static final int OF_ADDRESS = 20;

    /** The same of one name at one address. */
    static final int OF_NAME = 5;

    static final Duration WINDOW = Duration.ofMinutes(5);
    static final Duration FIRST = Duration.ofMinutes(1);
    static final Duration LONGEST = Duration.ofMinutes(15);

    /** Who keeps quiet for as long begins anew. */
    private static final Duration FORGIVEN = Duration.ofHours(1);

    /** More are not remembered: the oldest go first. */
    private static final int KEYS = 2_000;

    private final AuditTrail trail;
    private final TimeSource time;
    private final Map<Key, Bucket> buckets = new LinkedHashMap<>();
    private boolean isClosed;

    private record Key(String address, @Nullable String name) {
        int limit() {
            return name == null ? OF_ADDRESS : OF_NAME;
        }
    }

    private static final class Bucket {
        private long since;
        private int count;
        private Duration length = Duration.ZERO;
        private long lockedAt;
        private boolean isLocked;
        private long refused;
    }

    Lockouts(AuditTrail trail, TimeSource time) {
        this.trail = trail;
        this.time = time;
    }

    /**
     * Notes a wrong credential.
     *
     * @param name that was given with it; null if there was none
     * @return how long the client is locked out still; empty if it is not, so that this one is to be told and recorded
     */
    synchronized Optional<Duration> fail(Sender sender, @Nullable String name) {
        var client = sender.network();
        var all = new Key(client, null);
        var keys = name == null ? new Key[] {all} : new Key[] {all, new Key(client, name)};
        for (var key : keys) {
            var bucket = buckets.get(key);
            if (bucket != null && bucket.isLocked) {
                bucket.refused++;
                return Optional.of(bucket.length.minusNanos(time.nanos() - bucket.lockedAt));
            }
        }
        for (var key : keys) {
            count(key);
        }
        return Optional.empty();
    }

    private void count(Key key) {
        long now = time.nanos();
        var bucket = buckets.computeIfAbsent(key, unknown -> new Bucket());
        if (bucket.count == 0 || now - bucket.since >= WINDOW.toNanos()) {
            if (now - bucket.lockedAt >= FORGIVEN.toNanos()) {
                bucket.length = Duration.ZERO;
            }
            bucket.since = now;
            bucket.count = 0;
        }
        if (++bucket.count >= key.limit()) {
            lock(key, bucket);
        }
        forgetOldest();
    }

    private void lock(Key key, Bucket bucket) {
        bucket.length = bucket.length.isZero() ? FIRST : shorter(bucket.length.multipliedBy(2), LONGEST);
        bucket.lockedAt = time.nanos();
        bucket.isLocked = true;
        bucket.refused = 0;
        int count = bucket.count;
        bucket.count = 0;
        trail.record(event(AuditEventType.LOCKOUT_STARTED, key)
                .with("failures", count)
                .with("seconds", bucket.length.toSeconds()));
        time.schedule(bucket.length, () -> unlock(key, bucket));
    }

    private synchronized void unlock(Key key, Bucket bucket) {
        if (bucket.isLocked && !isClosed) {
            bucket.isLocked = false;
            trail.record(event(AuditEventType.LOCKOUT_ENDED, key).with("refused", bucket.refused));
        }
    }

    /** How many are locked out now. */
    synchronized int active() {
        return (int) buckets.values().stream().filter(bucket -> bucket.isLocked).count();
    }

    private void forgetOldest() {
        if (buckets.size() > KEYS) {
            var oldest = buckets.entrySet().iterator().next();
            unlock(oldest.getKey(), oldest.getValue());
            buckets.remove(oldest.getKey());
        }
    }

    private static AuditEvent event(AuditEventType type, Key key) {
        return AuditEvent.of(type).from(key.address()).to(key.name()).because("wrong_credentials");
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** What is locked ends without a word. */
    @Override
    public synchronized void close() {
        isClosed = true;
    }
}
