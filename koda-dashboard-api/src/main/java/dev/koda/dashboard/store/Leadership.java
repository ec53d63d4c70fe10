package dev.koda.dashboard.store;

import dev.koda.checks.TimeSource;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Strives for a lease: takes it when it is free, keeps it while the store answers, and gives it up in time when it does
 * not. Thread-safe; a duty is begun and ended by one thread at a time, and always in turns.
 */
public final class Leadership implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    /** A process that has died is followed by another after as long. */
    public static final Duration LENGTH = Duration.ofSeconds(10);

    /** How often it is kept or asked for: two attempts may fail before it is lost. */
    private static final Duration INTERVAL = LENGTH.dividedBy(4);

    /** What the holder does, and nobody else. */
    public interface Duty {
        /** The lease is ours from now on. Must not block. */
        void begin(Lease lease);

        /** It is ours no more, or may not be: nothing new is to be begun. Must not block. */
        void end();

        /** Another process holds it; said each time that the store says so. Must not block. */
        default void heldByAnother() {}
    }

    private final String name;
    private final String holder;
    private final Leases leases;
    private final TimeSource time;
    private final Duty duty;

    private @Nullable Lease lease;
    private long heldSince;
    private TimeSource.@Nullable Timer timer;
    private boolean isClosed;

    private Leadership(String name, String holder, Leases leases, TimeSource time, Duty duty) {
        this.name = Objects.requireNonNull(name, "name");
        this.holder = Objects.requireNonNull(holder, "holder");
        this.leases = Objects.requireNonNull(leases, "leases");
        this.time = Objects.requireNonNull(time, "time");
        this.duty = Objects.requireNonNull(duty, "duty");
    }

    /**
     * Begins to strive, at once.
     *
     * @param holder the name of this start of this process, unlike that of any other
     */
    public static Leadership start(String name, String holder, Leases leases, TimeSource time, Duty duty) {
        var leadership = new Leadership(name, holder, leases, time, duty);
        leadership.ask();
        return leadership;
    }

    /** The lease, if it is held and cannot have run out meanwhile. */
    public synchronized Optional<Lease> lease() {
        return isOver() ? Optional.empty() : Optional.ofNullable(lease);
    }

    private boolean isOver() {
        return time.nanos() - heldSince >= LENGTH.toNanos();
    }

    private void ask() {
        // The length counts from before the question: the database's begins later.
        long asked = time.nanos();
        leases.take(name, holder, LENGTH).onComplete(answer -> answered(asked, answer));
    }

    private synchronized void answered(long asked, AsyncResult<Optional<Lease>> answer) {
        if (isClosed) {
            return;
        }
        if (answer.succeeded()) {
            hold(asked, answer.result().orElse(null));
        } else if (lease != null
                && time.nanos() - heldSince >= LENGTH.minus(INTERVAL).toNanos()) {
            LOG.atWarn()
                    .addKeyValue("event", "lease.lost")
                    .addKeyValue("lease", name)
                    .log("lost the lease {}: the operations store does not answer", name);
            drop();
        }
        timer = time.schedule(INTERVAL, this::ask);
    }

    private void hold(long asked, @Nullable Lease now) {
        if (now == null || !now.equals(lease)) {
            drop();
        }
        heldSince = asked;
        if (now != null && lease == null) {
            lease = now;
            LOG.atInfo()
                    .addKeyValue("event", "lease.held")
                    .addKeyValue("lease", name)
                    .addKeyValue("epoch", now.epoch())
                    .log("holds the lease {} since epoch {}", name, now.epoch());
            duty.begin(now);
        } else if (now == null) {
            duty.heldByAnother();
        }
    }

    private void drop() {
        if (lease != null) {
            lease = null;
            duty.end();
        }
    }

    /** Ends the duty and gives the lease back, so that another process follows at once. */
    public Future<Void> stop() {
        Lease held;
        synchronized (this) {
            held = lease;
            isClosed = true;
            if (timer != null) {
                timer.cancel();
            }
            drop();
        }
        return held == null ? Future.succeededFuture() : leases.release(held).otherwiseEmpty();
    }

    /** The same, without a word when it is done. */
    @Override
    public void close() {
        stop();
    }
}
