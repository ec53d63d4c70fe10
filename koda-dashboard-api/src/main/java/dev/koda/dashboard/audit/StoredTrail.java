package dev.koda.dashboard.audit;

import dev.koda.checks.TimeSource;
import dev.koda.dashboard.audit.AuditEventType.Delivery;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
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

    static final Duration RETRY = Duration.ofSeconds(2);

    private static final int BATCH = Sealing.BATCH;

    private final EventStamp stamp;
    private final Intake intake;
    private final Spool spool;
    /** One thread: the spool is for one at a time. */
    private final WorkerExecutor disk;

    private final TimeSource time;
    private final SuppressedEvents suppressed = new SuppressedEvents();

    /** What waits for the batch that is under way. */
    private final List<Entry> waiting = new ArrayList<>();

    private boolean isBusy;
    /** The last that was heard of the store is that it does not answer: what may wait does not wait for it. */
    private boolean isDown;

    private boolean isReplaying;
    private boolean isClosed;
    private TimeSource.@Nullable Timer timer;
    private final Promise<Void> idle = Promise.promise();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong spooled = new AtomicLong();

    private record Entry(StampedEvent event, boolean isStrict, Promise<Void> promise) {}

    StoredTrail(EventStamp stamp, Intake intake, Spool spool, WorkerExecutor disk, TimeSource time) {
        this.stamp = stamp;
        this.intake = intake;
        this.spool = spool;
        this.disk = disk;
        this.time = time;
    }

    /** Begins with what an earlier process has left on the disk. */
    static StoredTrail open(EventStamp stamp, Intake intake, OwnDirectory own, Vertx vertx, TimeSource time) {
        var disk = vertx.createSharedWorkerExecutor("koda-audit-spool", 1);
        var trail = new StoredTrail(stamp, intake, new Spool(own, Spool.LARGEST), disk, time);
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

    @Override
    public Future<Runnable> recordIn(SqlConnection transaction, AuditEvent event) {
        var stamped = stamp.stamp(event);
        return Inbox.put(transaction, List.of(stamped), false).map(stored -> () -> EventLog.write(stamped));
    }

    private void flush() {
        List<Entry> batch;
        boolean isForDisk;
        synchronized (this) {
            if (isBusy || waiting.isEmpty()) {
                return;
            }
            isBusy = true;
            isForDisk = isDown && waiting.stream().noneMatch(Entry::isStrict);
            var head = waiting.subList(0, Math.min(BATCH, waiting.size()));
            batch = List.copyOf(head);
            head.clear();
        }
        (isForDisk ? keep(batch) : store(batch)).onComplete(done -> {
            synchronized (this) {
                isBusy = false;
                if (isClosed && waiting.isEmpty()) {
                    idle.tryComplete();
                }
            }
            flush();
        });
    }

    private Future<Void> store(List<Entry> batch) {
        return intake.put(batch.stream().map(Entry::event).toList())
                .onSuccess(done -> batch.forEach(entry -> entry.promise().tryComplete()))
                .recover(failure -> {
                    failures.incrementAndGet();
                    return keep(batch);
                });
    }

    /** An insert that was not answered may have happened: what is spooled is stored as repeated later. */
    private Future<Void> keep(List<Entry> batch) {
        synchronized (this) {
            isDown = true;
        }
        batch.stream().filter(Entry::isStrict).forEach(entry -> entry.promise().tryFail(LoggedTrail.unavailable()));
        var kept = batch.stream().filter(entry -> !entry.isStrict()).toList();
        return disk.<Integer>executeBlocking(
                        () -> spool.append(kept.stream().map(Entry::event).toList()))
                .otherwise(failure -> {
                    LOG.error("the audit spool cannot be written", failure);
                    return 0;
                })
                .map(count -> {
                    spooled.addAndGet(count);
                    kept.subList(count, kept.size())
                            .forEach(lost -> suppressed.add(lost.event().occurredAt()));
                    kept.forEach(entry -> entry.promise().tryComplete());
                    replayLater();
                    return null;
                });
    }

    /** Looks on the disk for what waits, in a while. */
    synchronized void replayLater() {
        if (timer == null && !isReplaying && !isClosed) {
            timer = time.schedule(RETRY, this::replay);
        }
    }

    private void replay() {
        synchronized (this) {
            timer = null;
            if (isClosed) {
                return;
            }
            isReplaying = true;
        }
        disk.executeBlocking(spool::oldest)
                .compose(found -> found.isPresent()
                        ? again(found.get()).map(done -> true)
                        : tellSuppressed().map(done -> false))
                .onComplete(more -> {
                    synchronized (this) {
                        isReplaying = false;
                        isDown = isDown && more.failed();
                    }
                    if (more.failed()) {
                        replayLater();
                    } else if (more.result()) {
                        replay();
                    }
                });
    }

    private Future<Void> again(Spool.Segment segment) {
        var stored = segment.events().isEmpty() ? Future.<Void>succeededFuture() : intake.putAgain(segment.events());
        return stored.compose(done -> disk.<Void>executeBlocking(() -> {
            spool.remove(segment);
            spooled.updateAndGet(before -> Math.max(0, before - segment.events().size()));
            return null;
        }));
    }

    /** It goes to the store alone: on the disk there was no room before. */
    private Future<Void> tellSuppressed() {
        var counted = suppressed.take();
        if (counted.isEmpty()) {
            return Future.succeededFuture();
        }
        var stamped = stamp.stamp(counted.get().event());
        EventLog.write(stamped);
        return intake.put(List.of(stamped)).onFailure(still -> suppressed.putBack(counted.get()));
    }

    /** Attempts to write into the store that failed, since this process began. */
    long failures() {
        return failures.get();
    }

    /** Events of this process that wait on the disk. */
    long spooled() {
        return spooled.get();
    }

    /** Completes when what was recorded before is stored or on the disk, and replays nothing any more; never fails. */
    Future<Void> close() {
        synchronized (this) {
            isClosed = true;
            if (timer != null) {
                timer.cancel();
                timer = null;
            }
            if (!isBusy && waiting.isEmpty()) {
                idle.tryComplete();
            }
        }
        return idle.future().eventually(disk::close);
    }
}
