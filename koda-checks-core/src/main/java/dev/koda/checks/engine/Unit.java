package dev.koda.checks.engine;

import dev.koda.checks.CheckResult;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks that are joined by dependencies: one timer, one failure streak, evaluated together. Each member is due by its
 * own interval; what a due one depends on is evaluated with it, and so is what was not run and may run now.
 */
final class Unit {
    private static final double JITTER = 0.1;

    private final Wiring wiring;
    private final List<Slot> slots;
    private final Plan whole;
    private final DoubleSupplier random;
    private final BiConsumer<Unit, Evaluation> onEvaluated;
    private TimeSource.@Nullable Timer timer;
    private final Map<Set<Suite>, Integer> failures = new ConcurrentHashMap<>();
    private boolean isClosed;

    Unit(Wiring wiring, List<Slot> slots, DoubleSupplier random, BiConsumer<Unit, Evaluation> onEvaluated) {
        this.wiring = wiring;
        this.slots = slots;
        this.random = random;
        this.onEvaluated = onEvaluated;
        whole = Plan.of(slots);
    }

    List<Slot> slots() {
        return slots;
    }

    /**
     * How many evaluations in a row had a raw failure, whichever member failed: of those that are in all suites of this
     * one, for what only the doctor looks at says nothing about readiness.
     */
    int failuresFor(Slot slot) {
        return failures.getOrDefault(slot.spec.suites(), 0);
    }

    /** Takes over the streaks of a unit that this one replaces. */
    void inherit(Unit old) {
        old.failures.forEach((suites, count) -> failures.merge(suites, count, Math::max));
    }

    void start() {
        wiring.time().executor().execute(this::evaluate);
    }

    synchronized void close() {
        isClosed = true;
        if (timer != null) {
            timer.cancel();
        }
    }

    private void evaluate() {
        synchronized (this) {
            if (isClosed) {
                return;
            }
        }
        try {
            new Evaluation(wiring, due(), Evaluation.Reuse.NOTHING, this::onEnd).start(null);
        } catch (Throwable thrown) {
            // Whatever it was, and be it an Error, the next evaluation must come.
            wiring.listeners().onThrow(slots.get(0).id(), thrown);
            schedule();
        }
    }

    private void onEnd(Evaluation evaluation) {
        try {
            setDue(evaluation);
            onEvaluated.accept(this, evaluation);
        } catch (Throwable thrown) {
            wiring.listeners().onThrow(slots.get(0).id(), thrown);
        } finally {
            schedule();
        }
    }

    private Plan due() {
        long now = wiring.time().nanos();
        var wanted = new ArrayList<Slot>();
        for (int i = 0; i < slots.size(); i++) {
            var slot = slots.get(i);
            if (slot.dueNanos - now <= 0 || slot.wasNotRun) {
                wanted.add(slot);
            }
        }
        for (int i = slots.size() - 1; i >= 0; i--) {
            addDependencies(wanted);
        }
        if (wanted.size() == slots.size()) {
            return whole;
        }
        return Plan.of(slots.stream().filter(wanted::contains).toList());
    }

    private void addDependencies(List<Slot> wanted) {
        for (int i = 0; i < slots.size(); i++) {
            if (wanted.contains(slots.get(i))) {
                for (int dependency : whole.dependencies[i]) {
                    if (!wanted.contains(slots.get(dependency))) {
                        wanted.add(slots.get(dependency));
                    }
                }
            }
        }
    }

    private void setDue(Evaluation evaluation) {
        double jitter = 1 + JITTER * random.getAsDouble();
        for (int i = 0; i < evaluation.plan().size(); i++) {
            var slot = evaluation.plan().slots[i];
            var result = evaluation.answerAt(i).result();
            slot.wasNotRun = result != null && result.isNotRun();
            slot.dueNanos = evaluation.startedNanos() + intervalNanos(slot, result, jitter);
        }
    }

    private static long intervalNanos(Slot slot, @Nullable CheckResult result, double jitter) {
        return result != null && result.status() == Status.FAIL
                ? slot.spec.everyWhenFailing().toNanos()
                : (long) (slot.spec.every().toNanos() * jitter);
    }

    /** Counts an evaluation; one that left out a failing member cannot end the streak. */
    void count(Evaluation evaluation) {
        slots.stream().map(slot -> slot.spec.suites()).distinct().forEach(suites -> count(evaluation, suites));
    }

    private void count(Evaluation evaluation, Set<Suite> suites) {
        boolean hasFailure = false;
        for (int i = 0; i < evaluation.plan().size(); i++) {
            var result = evaluation.answerAt(i).result();
            boolean isFailed = result != null && result.status() == Status.FAIL;
            hasFailure |= isFailed && evaluation.plan().slots[i].spec.suites().containsAll(suites);
        }
        if (hasFailure) {
            failures.merge(suites, 1, Integer::sum);
        } else if (slots.stream()
                .noneMatch(slot -> isFailing(slot) && slot.spec.suites().containsAll(suites))) {
            failures.remove(suites);
        }
    }

    private static boolean isFailing(Slot slot) {
        var last = slot.last;
        var result = last == null ? null : last.result();
        return result != null && result.status() == Status.FAIL && !slot.wasNotRun;
    }

    private synchronized void schedule() {
        if (isClosed) {
            return;
        }
        long now = wiring.time().nanos();
        long next = Long.MAX_VALUE;
        for (var slot : slots) {
            if (!slot.wasNotRun) {
                next = Math.min(next, Math.max(0, slot.dueNanos - now));
            }
        }
        timer = wiring.time().schedule(Duration.ofNanos(next), this::start);
    }
}
