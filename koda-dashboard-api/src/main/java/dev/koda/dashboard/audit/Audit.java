package dev.koda.dashboard.audit;

import dev.koda.checks.Redactor;
import dev.koda.checks.TimeSource;
import dev.koda.dashboard.store.Leases;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The audit part of a server: the one trail that every other part gives its events to. Thread-safe. */
public final class Audit {
    private final AuditTrail trail;
    private final @Nullable StoredTrail stored;

    private Audit(AuditTrail trail, @Nullable StoredTrail stored) {
        this.trail = trail;
        this.stored = stored;
    }

    /** Events go to the log alone, and what may not happen unrecorded does not happen. */
    public static Audit logged(TimeSource time) {
        return new Audit(new LoggedTrail(EventStamp.of(time, Redactor.byShape(), "")), null);
    }

    /**
     * Events go to the log and to the store, or wait on the disk for it.
     *
     * @param directory of this server alone, in which they wait; made when it is needed
     * @param node the name of this host
     */
    public static Audit stored(
            Vertx vertx, TimeSource time, OperationsStore store, Path directory, String node, Redactor redactor) {
        var trail = StoredTrail.open(EventStamp.of(time, redactor, node), new Inbox(store), directory, vertx, time);
        return new Audit(trail, trail);
    }

    /** Where events go. */
    public AuditTrail trail() {
        return trail;
    }

    /** Begins what one of several servers does at a time; the schema must be there. */
    public void begin(String holder, Leases leases) {}

    /** Gives back what {@link #begin} has taken; never fails. */
    public Future<Void> drain() {
        return Future.succeededFuture();
    }

    /** Waits until what was recorded is stored or on the disk; never fails. */
    public Future<Void> stop() {
        return stored == null ? Future.succeededFuture() : stored.close();
    }
}
