package dev.koda.dashboard.audit;

import dev.koda.checks.TimeSource;
import dev.koda.dashboard.store.DutySteps;
import dev.koda.dashboard.store.Leadership;
import dev.koda.dashboard.store.Lease;
import dev.koda.dashboard.store.StoreException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals what arrives for as long as this process holds the lease: batch after batch while there is any, and a look every
 * few milliseconds while there is none. What fails is tried again; a fence ends the duty. Thread-safe.
 */
final class Sealer implements Leadership.Duty {
    private static final Logger LOG = LoggerFactory.getLogger(Sealer.class);

    /** What an idle sealer adds to the latency of an event at most. */
    static final Duration PAUSE = Duration.ofMillis(50);

    /** After a failure, so that a store that is down is not asked twenty times a second. */
    private static final Duration SETBACK = Duration.ofSeconds(1);

    private static final Duration TENDING = Duration.ofSeconds(60);

    private final Sealing sealing;
    private final Checkpoints checkpoints;
    private final Partitions partitions;
    private final TimeSource time;
    private final DutySteps steps;

    private long tendedNanos;
    /** The lease under which there is a partition; null before that. */
    private volatile @Nullable Lease ready;

    private @Nullable Promise<Void> finishing;

    Sealer(Sealing sealing, Checkpoints checkpoints, Partitions partitions, TimeSource time) {
        this.sealing = sealing;
        this.checkpoints = checkpoints;
        this.partitions = partitions;
        this.time = time;
        steps = DutySteps.of(time);
    }

    @Override
    public void begin(Lease held) {
        steps.begin(held);
        prepare(held);
    }

    /** Nothing is sealed before there is a partition for it. */
    private void prepare(Lease held) {
        if (!steps.isHeld(held)) {
            return;
        }
        checkpoints
                .resume()
                .compose(ready -> sealing.head())
                .compose(head -> partitions.tend(held, head.seq()))
                .onComplete(prepared -> {
                    if (prepared.succeeded()) {
                        tended();
                        ready(held);
                        turn(held);
                    } else {
                        failed(prepared.cause());
                        steps.after(SETBACK, held, this::prepare);
                    }
                });
    }

    @Override
    public synchronized void end() {
        steps.end();
        ready = null;
        if (finishing != null) {
            finishing.tryComplete();
        }
    }

    private synchronized void ready(Lease held) {
        ready = steps.isHeld(held) ? held : null;
    }

    /** True while this process is the one that seals. */
    boolean isSealing() {
        return ready != null;
    }

    /**
     * Seals new events at once, past the inbox; fails as {@code FENCED} if this process does not seal now.
     *
     * @param isGivenUp asked when nobody else can seal: if true, nothing is sealed, and the future fails
     */
    Future<Void> seal(List<StampedEvent> events, BooleanSupplier isGivenUp) {
        var held = ready;
        return held == null
                ? Future.failedFuture(StoreException.fenced("audit-sealer"))
                : sealing.seal(held, events, isGivenUp);
    }

    /** Seals once more and signs what is sealed, and then nothing any more; completes when that is done, or has failed. */
    Future<Void> finish() {
        Promise<Void> done = Promise.promise();
        synchronized (this) {
            if (!steps.hasBegun()) {
                return Future.succeededFuture();
            }
            finishing = done;
        }
        return done.future();
    }

    private void turn(Lease held) {
        if (!steps.isHeld(held)) {
            return;
        }
        sealing.seal(held)
                .compose(batch -> after(held, batch).map(done -> batch.taken() == Sealing.BATCH))
                .onComplete(isMore -> {
                    if (isMore.failed()) {
                        failed(isMore.cause());
                    }
                    if (isFinished(isMore.failed() || !isMore.result())) {
                        end();
                    }
                    steps.after(isMore.failed() ? SETBACK : isMore.result() ? Duration.ZERO : PAUSE, held, this::turn);
                });
    }

    private Future<Void> after(Lease held, Sealing.Sealed batch) {
        long head = batch.head().seq();
        return sign(batch.head())
                .compose(noted -> isTimeToTend()
                        ? partitions
                                .tend(held, head)
                                .compose(done -> sealing.forget())
                                .onSuccess(done -> tended())
                        : Future.succeededFuture());
    }

    /** Nothing waits for it, except the end. */
    private synchronized Future<Void> sign(Sealing.Head head) {
        if (finishing != null) {
            return checkpoints.sign(head);
        }
        checkpoints.note(head).onFailure(this::failed);
        return Future.succeededFuture();
    }

    private synchronized boolean isFinished(boolean isDone) {
        return isDone && finishing != null;
    }

    private synchronized boolean isTimeToTend() {
        return time.nanos() - tendedNanos >= TENDING.toNanos();
    }

    private synchronized void tended() {
        tendedNanos = time.nanos();
    }

    private void failed(Throwable failure) {
        if (failure instanceof StoreException known) {
            LOG.atWarn()
                    .addKeyValue("event", "audit.seal_failed")
                    .addKeyValue("kind", known.kind().toString())
                    .log("could not seal: {}", known.getMessage());
            if (known.kind() == StoreException.Kind.FENCED) {
                end();
            }
        } else {
            LOG.error("could not seal", failure);
        }
    }
}
