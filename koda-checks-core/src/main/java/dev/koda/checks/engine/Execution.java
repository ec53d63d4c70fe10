package dev.koda.checks.engine;

import dev.koda.checks.CheckContext;
import dev.koda.checks.CheckId;
import dev.koda.checks.CheckResult;
import dev.koda.checks.Outcome;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of one check and what came of it. Settled once, by the first of: the check's answer, its time-out, its
 * cancellation. A check that answers at once needs no timer, no waiters and no second object.
 */
final class Execution implements CheckContext {
    private static final VarHandle CLAIMED;
    private static final VarHandle PENDING;

    static {
        try {
            CLAIMED = MethodHandles.lookup().findVarHandle(Execution.class, "claimed", int.class);
            PENDING = MethodHandles.lookup().findVarHandle(Execution.class, "pending", Pending.class);
        } catch (ReflectiveOperationException missing) {
            throw new ExceptionInInitializerError(missing);
        }
    }

    private static final int ANSWERED = 1;
    private static final int STOPPED = 2;

    final Slot slot;
    final long startedNanos;
    private final Instant startedAt;
    /** Null once the execution ended: a cached result must not hold the evaluation that made it. */
    private @Nullable Evaluation evaluation;

    private long endedNanos;
    private @Nullable CheckResult result;

    private volatile int claimed;

    private volatile @Nullable Pending pending;
    /** Written last: whoever sees it sees all. */
    private volatile @Nullable Outcome outcome;

    private Execution(Slot slot, @Nullable Evaluation evaluation, long nanos, Instant startedAt) {
        this.slot = slot;
        this.evaluation = evaluation;
        this.startedNanos = nanos;
        this.startedAt = startedAt;
    }

    /** Joins the execution that occupies the check, or starts one; never two at a time. */
    static Execution joinOrStart(Slot slot, Evaluation evaluation, long nowNanos) {
        Execution fresh = null;
        while (true) {
            var current = slot.running.get();
            if (current != null) {
                return current.joined(evaluation, nowNanos);
            }
            if (fresh == null) {
                fresh = new Execution(slot, evaluation, nowNanos, evaluation.instantOf(nowNanos));
            }
            if (slot.running.compareAndSet(null, fresh)) {
                fresh.start();
                return fresh;
            }
        }
    }

    /** An answer that no execution gave: not run, or late. It leaves no trace in the check. */
    static Execution answered(Slot slot, Outcome outcome, long nanos, Instant at, @Nullable CheckId root) {
        var answer = new Execution(slot, null, nanos, at);
        answer.claimed = ANSWERED;
        answer.endedNanos = nanos;
        answer.publish(outcome, root);
        return answer;
    }

    /** An answer taken elsewhere: counts as the check's last one. */
    static Execution recorded(Slot slot, Outcome outcome, long nanos, Instant at) {
        var answer = answered(slot, outcome, nanos, at, null);
        slot.last = answer;
        return answer;
    }

    private Execution joined(Evaluation evaluation, long nowNanos) {
        if (!isDone()) {
            pending().arm(this);
            return this;
        }
        if (claimed == ANSWERED) {
            return this;
        }
        var occupied = Failures.stillRunning(Duration.ofNanos(Math.max(0, nowNanos - startedNanos)));
        return answered(slot, occupied, nowNanos, evaluation.instantOf(nowNanos), null);
    }

    private void start() {
        slot.wiring.listeners().onStart(slot.id());
        try {
            await(slot.spec.check().run(this));
        } catch (Throwable thrown) {
            endThrown(thrown);
        }
    }

    @SuppressWarnings("ConstantValue") // a hostile check returns null whatever its type says
    private void await(CompletionStage<Outcome> stage) {
        if (stage == null) {
            end(Failures.noStage());
        } else if (stage.getClass() == CompletableFuture.class
                && stage.toCompletableFuture().isDone()) {
            // Only this very class: its subclass behind completedStage refuses to say whether it is done.
            endNow(stage.toCompletableFuture());
        } else {
            pending().arm(this);
            stage.whenComplete(this::onStageEnd);
        }
    }

    /** The usual case for a check that looks at memory: neither a timer nor a callback. */
    private void endNow(CompletableFuture<Outcome> future) {
        endValue(future.getNow(Outcome.pass("never seen: the future is done")));
    }

    private void onStageEnd(@Nullable Outcome value, @Nullable Throwable thrown) {
        if (thrown != null) {
            endThrown(thrown);
        } else {
            endValue(value);
        }
    }

    private void endValue(@Nullable Outcome value) {
        end(value != null ? value : Failures.noOutcome());
    }

    private void endThrown(Throwable thrown) {
        var cause = thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof NoThreadException rejected) {
            end(rejected.outcome());
            return;
        }
        boolean isFirst = end(Failures.error(cause));
        if (isFirst) {
            slot.wiring.listeners().onThrow(slot.id(), cause);
        }
    }

    /** Called by the timer. */
    void timeOut() {
        var waiting = pending();
        var late = waiting.isWaitingForThread() ? Failures.allThreadsTaken() : Failures.timeout(slot.spec.timeout());
        stop(late);
    }

    /** Called when the check is removed or the engine closes. */
    void cancel() {
        stop(Failures.cancelled());
    }

    private void stop(Outcome why) {
        if (claim(STOPPED)) {
            publish(why, null);
            remember();
            pending().cancel(this);
        }
    }

    /** The check has ended by itself: it is free before anybody hears of it, so that the next start finds it free. */
    private boolean end(Outcome value) {
        if (!claim(ANSWERED)) {
            free();
            return false;
        }
        publish(
                isLate() ? Failures.late(slot.spec.timeout(), Duration.ofNanos(endedNanos - startedNanos)) : value,
                null);
        remember();
        free();
        var waiting = pending;
        if (waiting != null) {
            waiting.end();
        }
        return true;
    }

    /** No timer stops a body that blocks the thread it was started on. */
    private boolean isLate() {
        return endedNanos - startedNanos > slot.timeoutNanos;
    }

    private boolean claim(int how) {
        if (!CLAIMED.compareAndSet(this, 0, how)) {
            return false;
        }
        endedNanos = slot.wiring.time().nanos();
        return true;
    }

    private void publish(Outcome raw, @Nullable CheckId rootCause) {
        var cleaned = slot.wiring.texts().clean(raw, slot.cleaned);
        slot.cleaned = cleaned;
        var clean = cleaned.outcome();
        if (!clean.isSkipped()) {
            var previous = slot.last;
            result = resultOf(clean, previous == null ? null : previous.result, rootCause);
        }
        outcome = clean;
    }

    private void remember() {
        if (!slot.isRemoved) {
            slot.last = this;
        }
        var clean = outcome();
        slot.wiring
                .listeners()
                .onEnd(slot.id(), clean.isSkipped() ? null : clean.status(), clean.reason(), endedNanos - startedNanos);
    }

    private CheckResult resultOf(Outcome clean, @Nullable CheckResult previous, @Nullable CheckId rootCause) {
        var status = clean.status();
        var same = previous != null && previous.rawStatus() == status ? previous : null;
        return new CheckResult(
                slot.spec,
                status,
                status,
                clean,
                startedAt,
                Durations.micros(endedNanos - startedNanos),
                Duration.ZERO,
                same == null ? startedAt : same.since(),
                same == null ? 1 : same.streak() + 1,
                rootCause);
    }

    /** The check may be started again. */
    void free() {
        evaluation = null;
        slot.running.compareAndSet(this, null);
    }

    boolean isDone() {
        return outcome != null;
    }

    /** The clean outcome; only once done. */
    Outcome outcome() {
        var value = outcome;
        if (value == null) {
            throw new IllegalStateException(slot.id() + " has not ended");
        }
        return value;
    }

    /** The raw result, or null if the check does not apply; only once done. */
    @Nullable
    CheckResult result() {
        return result;
    }

    long endedNanos() {
        return endedNanos;
    }

    Instant startedAt() {
        return startedAt;
    }

    /** Calls the evaluation when this has ended, perhaps at once. */
    void onDone(Evaluation waiter) {
        var waiting = pending();
        if (!waiting.add(waiter)) {
            waiter.advance();
        }
    }

    private Pending pending() {
        var current = pending;
        if (current != null) {
            return current;
        }
        var fresh = new Pending(slot.wiring.time(), slot.wiring.pool());
        if (PENDING.compareAndSet(this, null, fresh)) {
            if (isDone()) {
                fresh.end();
            }
            return fresh;
        }
        return Objects.requireNonNull(pending);
    }

    @Override
    public CheckId id() {
        return slot.id();
    }

    @Override
    public Instant deadline() {
        return startedAt.plus(slot.spec.timeout());
    }

    @Override
    public Duration remaining() {
        long left = slot.spec.timeout().toNanos() - (slot.wiring.time().nanos() - startedNanos);
        return left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
    }

    @Override
    public void onCancel(Runnable action) {
        pending().onCancel(action);
    }

    @Override
    public <T> CompletionStage<T> blocking(Callable<T> body) {
        return pending().blocking(body);
    }

    @Override
    public Optional<CheckResult> resultOf(CheckId dependency) {
        var current = evaluation;
        return current == null ? Optional.empty() : current.resultOf(dependency);
    }

    @Override
    public <T> CompletionStage<T> shared(String key, Supplier<CompletionStage<T>> supplier) {
        var current = evaluation;
        return current == null ? supplier.get() : current.shared(key, supplier);
    }
}
