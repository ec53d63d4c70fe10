package dev.koda.dashboard.audit;

import dev.koda.checks.TimeSource;
import dev.koda.dashboard.audit.AuditEventType.Delivery;
import dev.koda.dashboard.http.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trail of a process: writes each event to the log at once and to the store in batches. While the store does not
 * answer, strict events are refused and the others go to the disk, from where they are stored again later; what finds no
 * room there is counted, and the count is an event itself. Thread-safe.
 */
final class StoredTrail implements AuditTrail {
    private static final Logger LOG = LoggerFactory.getLogger(StoredTrail.class);
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final int BATCH = 500;

    private final EventStamp stamp;
    private final @Nullable Inbox inbox;
    private final Spool spool;
    /** One thread: the spool is for one at a time. */
    private final WorkerExecutor disk;

    private final TimeSource time;

    /** What waits for the batch that is under way. */
    private final List<Entry> waiting = new ArrayList<>();

    private boolean isBusy;
    private boolean isReplaying;
    private long suppressed;
    private TimeSource.@Nullable Timer timer;

    private record Entry(StampedEvent event, boolean isStrict, Promise<Void> promise) {}

    /**
     * A trail.
     *
     * @param inbox null where no store is configured: everything that may goes to the disk
     */
    private StoredTrail(EventStamp stamp, @Nullable Inbox inbox, Spool spool, WorkerExecutor disk, TimeSource time) {
        this.stamp = stamp;
        this.inbox = inbox;
        this.spool = spool;
        this.disk = disk;
        this.time = time;
    }

    /** Begins with what an earlier process has left on the disk. Blocks for a look at the directory. */
    static StoredTrail open(EventStamp stamp, @Nullable Inbox inbox, Path directory, Vertx vertx, TimeSource time)
            throws IOException {
        var trail = new StoredTrail(
                stamp,
                inbox,
                new Spool(directory, Spool.LARGEST),
                vertx.createSharedWorkerExecutor("koda-audit-spool", 1),
                time);
        trail.replayLater();
        return trail;
    }

    @Override
    public Future<Void> record(AuditEvent event) {
        var stamped = stamp.stamp(event);
        EventLog.write(stamped);
        var entry = new Entry(stamped, event.type().delivery() == Delivery.STRICT, Promise.promise());
        synchronized (this) {
            waiting.add(entry);
        }
        flush();
        return entry.promise().future();
    }

    private void flush() {
        List<Entry> batch;
        synchronized (this) {
            if (isBusy || waiting.isEmpty()) {
                return;
            }
            isBusy = true;
            var head = waiting.subList(0, Math.min(BATCH, waiting.size()));
            batch = List.copyOf(head);
            head.clear();
        }
        store(batch).onComplete(done -> {
            synchronized (this) {
                isBusy = false;
            }
            flush();
        });
    }

    private Future<Void> store(List<Entry> batch) {
        var events = batch.stream().map(Entry::event).toList();
        var stored = inbox == null ? Future.<Void>failedFuture("no store") : inbox.put(events);
        return stored.onSuccess(done -> batch.forEach(entry -> entry.promise().tryComplete()))
                .recover(failure -> keep(batch));
    }

    /** An insert that was not answered may have happened: what is spooled is stored as repeated later. */
    private Future<Void> keep(List<Entry> batch) {
        batch.stream()
                .filter(Entry::isStrict)
                .forEach(entry -> entry.promise()
                        .tryFail(Refusal.of(
                                503, "audit_unavailable", "this is not done, because it cannot be recorded")));
        var kept = batch.stream().filter(entry -> !entry.isStrict()).toList();
        return disk.<Integer>executeBlocking(
                        () -> spool.append(kept.stream().map(Entry::event).toList()))
                .otherwise(failure -> {
                    LOG.error("the audit spool cannot be written", failure);
                    return 0;
                })
                .map(count -> {
                    suppress(kept.size() - count);
                    kept.forEach(entry -> entry.promise().tryComplete());
                    replayLater();
                    return null;
                });
    }

    private synchronized void suppress(int count) {
        suppressed += count;
    }

    private synchronized void replayLater() {
        if (inbox != null && timer == null && !isReplaying) {
            timer = time.schedule(RETRY, this::replay);
        }
    }

    private void replay() {
        synchronized (this) {
            timer = null;
            isReplaying = true;
        }
        disk.executeBlocking(spool::oldest)
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture(false)
                        : again(found.get()).map(done -> true))
                .onComplete(more -> {
                    synchronized (this) {
                        isReplaying = false;
                    }
                    if (more.succeeded() && !more.result()) {
                        tellSuppressed();
                    } else if (more.succeeded()) {
                        replay();
                    } else {
                        replayLater();
                    }
                });
    }

    private Future<Void> again(Spool.Segment segment) {
        var to = inbox;
        if (to == null) {
            return Future.failedFuture("no store");
        }
        var stored = segment.events().isEmpty() ? Future.<Void>succeededFuture() : to.putAgain(segment.events());
        return stored.compose(done -> disk.<Void>executeBlocking(() -> {
            spool.remove(segment);
            return null;
        }));
    }

    private void tellSuppressed() {
        long count;
        synchronized (this) {
            count = suppressed;
            suppressed = 0;
        }
        if (count > 0) {
            record(AuditEvent.of(AuditEventType.EVENTS_SUPPRESSED)
                    .because("spool_full")
                    .with("count", count));
        }
    }
}
