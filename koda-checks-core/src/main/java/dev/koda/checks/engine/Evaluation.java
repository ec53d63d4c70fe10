package dev.koda.checks.engine;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckResult;
import dev.koda.checks.Outcome;
import dev.koda.checks.Reason;
import dev.koda.checks.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One walk over a plan: starts what is ready, does not start what waits for a failure, and ends when every check has an
 * answer or the deadline has come. Any thread may call {@link #advance()}; one at a time does the work.
 */
final class Evaluation {
    /** Whose results may answer. */
    enum Reuse {
        /** Nobody's: a scheduled evaluation always executes. */
        NOTHING,
        /** Results younger than their ttl. */
        FRESH,
        /** Older ones too, with their age, while a new one is made behind. */
        STALE
    }

    private static final String MORE_TIME = "give the report more time: koda doctor has --timeout for it";

    private static final AtomicIntegerFieldUpdater<Evaluation> WORK =
            AtomicIntegerFieldUpdater.newUpdater(Evaluation.class, "work");

    private final Wiring wiring;
    private final Plan plan;
    private final Reuse reuse;
    private final Consumer<Evaluation> onEnd;
    /** Hears once that all probed members have answered while others have not; belongs to whoever does the work. */
    private @Nullable Consumer<Evaluation> onProbed;

    private boolean isProbedTold;

    private final Execution[] answers;
    private final long startedNanos;
    private final Instant startedAt;
    private @Nullable Map<String, CompletionStage<?>> shared;
    private TimeSource.@Nullable Timer deadline;
    private volatile Duration limit = Duration.ZERO;
    /** Both belong to whoever does the work. */
    private long nowNanos;

    private boolean hasWalked;

    @SuppressWarnings("UnusedVariable") // read and written through its updater
    private volatile int work;

    private volatile boolean isExpired;
    private volatile boolean hasEnded;

    Evaluation(Wiring wiring, Plan plan, Reuse reuse, Consumer<Evaluation> onEnd) {
        this.wiring = wiring;
        this.plan = plan;
        this.reuse = reuse;
        this.onEnd = onEnd;
        answers = new Execution[plan.size()];
        startedNanos = wiring.time().nanos();
        nowNanos = startedNanos;
        startedAt = wiring.time().now();
    }

    /** Asks to hear, before the end, that the probed members have answered. */
    Evaluation whenProbed(Consumer<Evaluation> listener) {
        onProbed = plan.isSplit ? listener : null;
        return this;
    }

    /** Starts, and ends at this limit if everything has not ended before; null for none. */
    void start(@Nullable Duration most) {
        advance();
        if (most != null && !hasEnded) {
            arm(most);
        }
    }

    private void arm(Duration most) {
        limit = most;
        var timer = wiring.time().schedule(most, this::expire);
        synchronized (this) {
            deadline = timer;
        }
        if (hasEnded) {
            timer.cancel();
        }
    }

    private void expire() {
        isExpired = true;
        advance();
    }

    /** Goes as far as possible now. */
    void advance() {
        if (WORK.getAndIncrement(this) != 0) {
            return;
        }
        int done = 1;
        do {
            if (!hasEnded) {
                walk();
            }
            done = WORK.addAndGet(this, -done);
        } while (done != 0);
    }

    private void walk() {
        boolean isMoving;
        boolean isComplete;
        if (hasWalked) {
            nowNanos = wiring.time().nanos();
        }
        hasWalked = true;
        do {
            isMoving = false;
            isComplete = true;
            for (int i = 0; i < answers.length; i++) {
                if (answers[i] == null && isReady(i)) {
                    answers[i] = answer(i);
                    isMoving = true;
                }
                isComplete &= isAnswered(i);
            }
        } while (isMoving && !isComplete);
        if (!isComplete && isExpired) {
            giveUp();
            isComplete = true;
        }
        if (isComplete) {
            end();
        } else {
            tellProbed();
        }
    }

    private void tellProbed() {
        var listener = onProbed;
        if (listener != null && areProbedAnswered()) {
            onProbed = null;
            isProbedTold = true;
            listener.accept(this);
        }
    }

    private boolean areProbedAnswered() {
        for (int i = 0; i < answers.length; i++) {
            if (plan.slots[i].isProbed() && !isAnswered(i)) {
                return false;
            }
        }
        return true;
    }

    @SuppressWarnings("ConstantValue")
    private boolean isAnswered(int i) {
        return answers[i] != null && answers[i].isDone();
    }

    private boolean isReady(int i) {
        for (int dependency : plan.dependencies[i]) {
            if (!isAnswered(dependency)) {
                return false;
            }
        }
        return true;
    }

    private Execution answer(int i) {
        var slot = plan.slots[i];
        var root = rootCause(i);
        if (root != null) {
            return notRun(slot, root);
        }
        var last = reuse == Reuse.NOTHING ? null : slot.last;
        if (last != null) {
            long age = nowNanos - last.endedNanos();
            if (age < slot.ttlNanos) {
                return last;
            }
            if (reuse == Reuse.STALE && age < slot.usableNanos) {
                Execution.joinOrStart(slot, this, nowNanos);
                return last;
            }
        }
        return execute(slot);
    }

    private Execution execute(Slot slot) {
        if (wiring.pool().isClosed()) {
            return answeredNow(slot, Failures.cancelled(), null);
        }
        var execution = Execution.joinOrStart(slot, this, nowNanos);
        if (execution.isDone()) {
            // The end of one is the start of the next: the clock is read once for a check that answers at once.
            nowNanos = Math.max(nowNanos, execution.endedNanos());
        } else {
            execution.onDone(this);
        }
        return execution;
    }

    private @Nullable CheckId rootCause(int i) {
        for (int dependency : plan.dependencies[i]) {
            var answer = answers[dependency];
            if (answer.outcome().isStoppingDependents()) {
                return answer.slot.id();
            }
            var result = answer.result();
            if (result != null && result.rootCause() != null) {
                return result.rootCause();
            }
        }
        return null;
    }

    private Execution notRun(Slot slot, CheckId root) {
        return answeredNow(slot, Failures.notRun(root), root);
    }

    private Execution answeredNow(Slot slot, Outcome outcome, @Nullable CheckId root) {
        long now = wiring.time().nanos();
        return Execution.answered(slot, outcome, now, instantOf(now), root);
    }

    /** The deadline has come: names what is late, and what waits for it. */
    @SuppressWarnings("ConstantValue")
    private void giveUp() {
        for (int i = 0; i < answers.length; i++) {
            if (answers[i] != null && !answers[i].isDone()) {
                answers[i] = late(plan.slots[i]);
            }
        }
        for (boolean isMoving = true; isMoving; ) {
            isMoving = false;
            for (int i = 0; i < answers.length; i++) {
                if (answers[i] == null && isReady(i)) {
                    var root = rootCause(i);
                    answers[i] = root != null ? notRun(plan.slots[i], root) : late(plan.slots[i]);
                    isMoving = true;
                }
            }
        }
    }

    private Execution late(Slot slot) {
        var last = slot.last;
        var asked = Durations.text(limit);
        if (last == null) {
            return answeredNow(
                    slot,
                    Outcome.fail("no answer within the report's deadline of " + asked)
                            .reason(Reason.TIMEOUT)
                            .hint(MORE_TIME),
                    null);
        }
        var age = Durations.text(Duration.ofSeconds((wiring.time().nanos() - last.endedNanos()) / 1_000_000_000L));
        return answeredNow(
                slot,
                Outcome.fail("no answer within the report's deadline of " + asked + ", and the last one is " + age
                                + " old: " + last.outcome().message())
                        .reason(Reason.STALE)
                        .hint(MORE_TIME),
                null);
    }

    private void end() {
        hasEnded = true;
        synchronized (this) {
            if (deadline != null) {
                deadline.cancel();
            }
        }
        onEnd.accept(this);
    }

    /** Whom nobody has heard of before the end. */
    Members lastMembers() {
        return isProbedTold ? Members.OTHERS : Members.ALL;
    }

    Plan plan() {
        return plan;
    }

    Execution answerAt(int i) {
        return answers[i];
    }

    long startedNanos() {
        return startedNanos;
    }

    /** The last moment that this evaluation knows of. */
    long lastNanos() {
        return nowNanos;
    }

    /** The failed check that a not-run one waits for. */
    Slot rootOf(int i) {
        var result = answers[i].result();
        var root = result == null ? null : result.rootCause();
        for (var slot : plan.slots) {
            if (slot.id().equals(root)) {
                return slot;
            }
        }
        throw new IllegalStateException(plan.slots[i].id() + " waits for " + root + ", which was not evaluated");
    }

    /** The wall-clock moment of a monotonic one near this evaluation, in whole milliseconds from its start. */
    Instant instantOf(long nanos) {
        long millis = (nanos - startedNanos) / 1_000_000L;
        return millis == 0 ? startedAt : startedAt.plusMillis(millis);
    }

    Optional<CheckResult> resultOf(CheckId id) {
        for (int i = 0; i < answers.length; i++) {
            if (plan.slots[i].id().equals(id) && isAnswered(i)) {
                return Optional.ofNullable(answers[i].result());
            }
        }
        return Optional.empty();
    }

    @SuppressWarnings("unchecked") // one key is one attempt, and so one type
    <T> CompletionStage<T> shared(String key, Supplier<CompletionStage<T>> supplier) {
        var promise = new CompletableFuture<T>();
        synchronized (this) {
            if (shared == null) {
                shared = new HashMap<>();
            }
            var existing = shared.putIfAbsent(key, promise);
            if (existing != null) {
                return (CompletionStage<T>) existing;
            }
        }
        try {
            supplier.get().whenComplete((value, thrown) -> {
                if (thrown == null) {
                    promise.complete(value);
                } else {
                    promise.completeExceptionally(thrown);
                }
            });
        } catch (Throwable thrown) {
            promise.completeExceptionally(thrown);
        }
        return promise;
    }
}
