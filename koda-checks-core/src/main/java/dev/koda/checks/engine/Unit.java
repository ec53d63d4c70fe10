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
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks that are joined by dependencies: one timer, one failure streak, evaluated together. Each member is due by its
 * own interval; what a due one depends on is evaluated with it, and so is what was not run and may run now.
 */
final class Unit {
    private static final double JITTER = 0.1;

    /** Takes the answers of these members; the probed ones come first when the others are slower. */
    @FunctionalInterface
    interface Listener {
        void onAnswers(Unit unit, Evaluation evaluation, Members members);
    }

    private final Wiring wiring;
    private final List<Slot> slots;
    private final Plan whole;
    private final DoubleSupplier random;
    private final Listener listener;
    private TimeSource.@Nullable Timer timer;
    private final Map<Set<Suite>, Integer> failures = new ConcurrentHashMap<>();
    private boolean isClosed;

    Unit(Wiring wiring, List<Slot> slots, DoubleSupplier random, Listener listener) {
        this.wiring = wiring;
        this.slots = slots;
        this.random = random;
        this.listener = listener;
        whole = Plan.of(slots);
    }

    List<Slot> slots() {
        return slots;
    }

    boolean isProbed() {
        return slots.stream().anyMatch(Slot::isProbed);
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
            new Evaluation(wiring, due(), Evaluation.Reuse.NOTHING, this::onEnd)
                    .whenProbed(evaluation -> take(evaluation, Members.PROBED))
                    .start(null);
        } catch (Throwable thrown) {
            // Whatever it was, and be it an Error, the next evaluation must come.
            wiring.listeners().onThrow(slots.get(0).id(), thrown);
            schedule();
        }
    }

    private void onEnd(Evaluation evaluation) {
        take(evaluation, evaluation.lastMembers());
        schedule();
    }

    private void take(Evaluation evaluation, Members members) {
        try {
            setDue(evaluation, members);
            listener.onAnswers(this, evaluation, members);
        } catch (Throwable thrown) {
            wiring.listeners().onThrow(slots.get(0).id(), thrown);
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

    private void setDue(Evaluation evaluation, Members members) {
        double jitter = 1 + JITTER * random.getAsDouble();
        for (int i = 0; i < evaluation.plan().size(); i++) {
            var slot = evaluation.plan().slots[i];
            if (!members.contain(slot)) {
                continue;
            }
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
    void count(Evaluation evaluation, Members members) {
        slots.stream()
                .filter(members::contain)
                .map(slot -> slot.spec.suites())
                .distinct()
                .forEach(suites -> count(evaluation, suites));
    }

    private void count(Evaluation evaluation, Set<Suite> suites) {
        boolean hasFailure = false;
        for (int i = 0; i < evaluation.plan().size(); i++) {
            if (evaluation.plan().slots[i].spec.suites().containsAll(suites)) {
                var result = evaluation.answerAt(i).result();
                hasFailure |= result != null && result.status() == Status.FAIL;
            }
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
