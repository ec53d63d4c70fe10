package dev.koda.checks.engine;

import dev.koda.checks.CheckResult;
import dev.koda.checks.Outcome;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a check stands by its scheduled evaluations: the status that counts beside the raw one. Changed under the
 * engine's lock, read by anybody.
 */
final class Standing {
    /** How many intervals may pass without an evaluation before a result is not believed. */
    private static final int BELIEVED_INTERVALS = 3;

    /**
     * What readers see.
     *
     * @param result the result that counts, or null if the check does not apply
     * @param skipped why it does not apply, or null
     * @param takenNanos when the result was taken
     * @param seenNanos when the check was last evaluated, or not run on purpose
     */
    record State(@Nullable CheckResult result, @Nullable String skipped, long takenNanos, long seenNanos) {}

    private final Slot slot;
    private final long believedNanos;
    private volatile State state;
    private int successes;

    Standing(Slot slot, long nowNanos, Instant now) {
        this.slot = slot;
        var spec = slot.spec;
        believedNanos = spec.every()
                .multipliedBy(BELIEVED_INTERVALS)
                .plus(spec.timeout())
                .toNanos();
        var outcome = Outcome.fail("not evaluated yet").reason(Reason.PENDING);
        var pending = new CheckResult(
                spec, Status.FAIL, Status.FAIL, outcome, now, Duration.ZERO, Duration.ZERO, now, 0, null);
        state = new State(pending, null, nowNanos, nowNanos);
    }

    State state() {
        return state;
    }

    /** The moment from which the state is not believed any more, in monotonic nanoseconds. */
    long staleAt() {
        return state.seenNanos + believedNanos;
    }

    /** The result that counts as it is seen at this moment, or null if the check does not apply. */
    @Nullable
    CheckResult resultAt(long nowNanos) {
        var current = state;
        var result = current.result;
        if (result == null || Reason.PENDING.equals(result.reason())) {
            return result;
        }
        var age = Durations.micros(Math.max(0, nowNanos - current.takenNanos));
        if (nowNanos - current.seenNanos < believedNanos) {
            return age.isZero() ? result : result.aged(age);
        }
        return stale(result, age);
    }

    private static CheckResult stale(CheckResult last, Duration age) {
        var outcome = Outcome.fail("no result for " + Durations.text(Duration.ofSeconds(age.toSeconds()))
                        + ", the last one was " + last.status().wireName())
                .reason(Reason.STALE);
        return new CheckResult(
                last.spec(),
                Status.FAIL,
                last.rawStatus(),
                outcome,
                last.startedAt(),
                last.took(),
                age,
                last.since(),
                last.streak(),
                null);
    }

    /** Takes an answer; returns the change of the status that counts, if there is one. */
    @Nullable
    CheckEvent take(Execution answer, int failuresOfUnit, Instant at) {
        var raw = answer.result();
        if (raw == null) {
            successes = 0;
            state = new State(null, answer.outcome().message(), answer.endedNanos(), answer.endedNanos());
            return null;
        }
        successes = raw.status() == Status.FAIL ? 0 : successes + 1;
        var before = statusBefore();
        return become(counted(raw, before, failuresOfUnit), before, answer, at);
    }

    /** Takes that the check was not run; it keeps what it last was while the root does not count as failed. */
    @Nullable
    CheckEvent takeNotRun(Execution answer, Standing root, Instant at) {
        var before = statusBefore();
        if (before != null && !root.isStopping()) {
            var current = state;
            state = new State(current.result, current.skipped, current.takenNanos, answer.endedNanos());
            return null;
        }
        var raw = answer.result();
        return raw == null ? null : become(raw, before, answer, at);
    }

    private boolean isStopping() {
        var result = state.result;
        return result != null
                && (result.status() == Status.FAIL
                        || (result.status() == result.rawStatus()
                                && result.outcome().isStoppingDependents()));
    }

    private @Nullable Status statusBefore() {
        var result = state.result;
        return result == null || Reason.PENDING.equals(result.reason()) ? null : result.status();
    }

    private CheckResult counted(CheckResult raw, @Nullable Status before, int failuresOfUnit) {
        if (before == null) {
            return raw;
        }
        var spec = slot.spec;
        if (raw.status() == Status.FAIL) {
            boolean counts = before == Status.FAIL || failuresOfUnit >= spec.failureThreshold();
            return counts ? raw : held(raw, before, failuresOfUnit + " of " + spec.failureThreshold() + " failures");
        }
        boolean isHeld = before == Status.FAIL && successes < spec.successThreshold();
        return isHeld ? held(raw, before, successes + " of " + spec.successThreshold() + " successes") : raw;
    }

    private static CheckResult held(CheckResult raw, Status before, String count) {
        var text = Texts.oneLine(raw.message() + " (" + count + " before it counts)");
        return with(raw, before, raw.outcome().withTexts(text, raw.outcome().hint()), raw.since());
    }

    private @Nullable CheckEvent become(CheckResult next, @Nullable Status before, Execution answer, Instant at) {
        var current = state.result;
        var same = current != null && before == next.status() ? current : null;
        var result = with(next, next.status(), next.outcome(), same == null ? next.startedAt() : same.since());
        state = new State(result, null, answer.endedNanos(), answer.endedNanos());
        return same != null ? null : new CheckEvent(slot.id(), before, result, at);
    }

    private static CheckResult with(CheckResult raw, Status status, Outcome outcome, Instant since) {
        return new CheckResult(
                raw.spec(),
                status,
                raw.rawStatus(),
                outcome,
                raw.startedAt(),
                raw.took(),
                Duration.ZERO,
                since,
                raw.streak(),
                raw.rootCause());
    }
}
