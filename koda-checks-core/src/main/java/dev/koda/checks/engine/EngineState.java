package dev.koda.checks.engine;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckResult;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Query;
import dev.koda.checks.SelectionException;
import dev.koda.checks.Skipped;
import dev.koda.checks.Suite;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** What an engine knows: the declared checks, their units and the views of their suites. Changes under one lock. */
final class EngineState {
    /** A declared skip and how many checks were declared before it. */
    record Skip(Skipped skipped, Set<Suite> suites, int position) {
        Skip cleaned(Texts texts) {
            return new Skip(new Skipped(skipped.id(), texts.clean(skipped.why())), suites, position);
        }
    }

    /** All that readers need, replaced as one. */
    private record Shape(Registry registry, Map<Suite, SuiteView> views, Map<Suite, Selection> selections) {}

    private final Wiring wiring;
    private final DoubleSupplier random;
    private final EventFeed events;
    private final History history = new History();
    private final List<Unit> units = new ArrayList<>();
    private volatile Shape shape;
    private boolean isScheduled;
    private volatile boolean isDraining;
    private boolean isClosed;
    private int nextOrder;

    EngineState(Wiring wiring, DoubleSupplier random) {
        this.wiring = wiring;
        this.random = random;
        events = new EventFeed(wiring.time().executor(), this::currentEvents);
        shape = new Shape(new Registry(List.of(), List.of()), Map.of(), Map.of());
    }

    synchronized void declare(List<CheckSpec> specs, List<Skip> skips) {
        var slots = new ArrayList<Slot>();
        var declared = new ArrayList<Registry.DeclaredSkip>();
        for (int i = 0; i <= specs.size(); i++) {
            for (var skip : skips) {
                if (skip.position() == i) {
                    declared.add(new Registry.DeclaredSkip(
                            new ReportDraft.Skip(nextOrder++, skip.skipped()), skip.suites()));
                }
            }
            if (i < specs.size()) {
                slots.add(slot(specs.get(i)));
            }
        }
        become(new Registry(slots, declared));
    }

    synchronized void schedule() {
        if (!isScheduled && !isClosed) {
            isScheduled = true;
            reunite(shape.registry());
        }
    }

    private Slot slot(CheckSpec spec) {
        return new Slot(fitToBeShown(spec), nextOrder++, wiring);
    }

    /** A line from which a secret was cut would not run: better none. */
    private CheckSpec fitToBeShown(CheckSpec spec) {
        var command = spec.command();
        return command == null || wiring.texts().isWithoutSecrets(command) ? spec : spec.withCommand(null);
    }

    synchronized CheckHandle register(CheckSpec spec) {
        if (isClosed) {
            throw new IllegalStateException("the engine is closed");
        }
        var slot = slot(spec);
        become(shape.registry().with(slot));
        return new Handle(slot);
    }

    private void remove(Slot slot) {
        synchronized (this) {
            if (slot.isRemoved) {
                return;
            }
            slot.isRemoved = true;
            var slots = new ArrayList<>(shape.registry().slots());
            slots.remove(slot);
            become(shape.registry().without(slots));
            history.forget(slot.id());
            events.forget(slot.id());
        }
        cancel(slot);
    }

    private static void cancel(Slot slot) {
        var running = slot.running.get();
        if (running != null) {
            running.cancel();
        }
    }

    private void become(Registry registry) {
        var views = new HashMap<Suite, SuiteView>();
        for (var suite : registry.suites()) {
            var one = Set.of(suite);
            views.put(suite, new SuiteView(suite, wiring, registry.slotsIn(one), registry.skipsIn(one), isDraining));
        }
        shape = new Shape(registry, Map.copyOf(views), selections(registry));
        if (isScheduled && !isClosed) {
            reunite(registry);
        }
    }

    /** The plans of whole suites, made once. */
    private static Map<Suite, Selection> selections(Registry registry) {
        var selections = new HashMap<Suite, Selection>();
        for (var suite : registry.suites()) {
            if (!registry.slotsIn(Set.of(suite)).isEmpty()) {
                selections.put(suite, Selection.of(Query.of(suite), registry));
            }
        }
        return Map.copyOf(selections);
    }

    /** Units whose members are unchanged go on; the others end, and those that replace them start at once. */
    private void reunite(Registry registry) {
        var old = new ArrayList<>(units);
        var fresh = new ArrayList<Unit>();
        units.clear();
        for (var slots : registry.units()) {
            var same = old.stream().filter(unit -> unit.slots().equals(slots)).findFirst();
            if (same.isPresent()) {
                units.add(same.get());
                old.remove(same.get());
            } else {
                fresh.add(replacement(slots, old));
            }
        }
        units.addAll(fresh);
        old.forEach(Unit::close);
        // Threads are few at a start: a load balancer waits for the first, and nobody for the last.
        fresh.sort(Comparator.comparing(Unit::isProbed).reversed());
        fresh.forEach(Unit::start);
    }

    private Unit replacement(List<Slot> slots, List<Unit> old) {
        var unit = new Unit(wiring, slots, random, this::apply);
        for (var before : old) {
            if (!Collections.disjoint(before.slots(), slots)) {
                unit.inherit(before);
            }
        }
        return unit;
    }

    Selection selection(Query query) {
        var current = shape;
        var whole = query.isWhole() ? current.selections().get(query.suite()) : null;
        return whole != null ? whole : Selection.of(query, current.registry());
    }

    SuiteView view(Suite suite) {
        var view = shape.views().get(suite);
        if (view == null) {
            throw new SelectionException("suite '" + suite + "' has no checks");
        }
        return view;
    }

    List<CheckId> ids(Suite suite) {
        return shape.registry().slotsIn(Set.of(suite)).stream().map(Slot::id).toList();
    }

    private void apply(Unit unit, Evaluation evaluation, Members members) {
        unit.count(evaluation, members);
        var at = wiring.time().now();
        var changes = new ArrayList<CheckEvent>();
        synchronized (this) {
            if (isClosed) {
                return;
            }
            takeAll(unit, evaluation, members, at, changes);
            refresh(evaluation.plan().slots, Durations.micros(evaluation.lastNanos() - evaluation.startedNanos()));
            publish(changes);
        }
        tell(changes);
    }

    private static void takeAll(
            Unit unit, Evaluation evaluation, Members members, Instant at, List<CheckEvent> changes) {
        var slots = evaluation.plan().slots;
        var notRun = new ArrayList<Integer>();
        for (int i = 0; i < slots.length; i++) {
            if (slots[i].isRemoved || !members.contain(slots[i])) {
                continue;
            }
            var result = evaluation.answerAt(i).result();
            if (result != null && result.isNotRun()) {
                notRun.add(i);
            } else {
                add(slots[i].standing.take(evaluation.answerAt(i), unit.failuresFor(slots[i]), at), changes);
            }
        }
        for (int i : notRun) {
            var root = evaluation.rootOf(i);
            add(slots[i].standing.takeNotRun(evaluation.answerAt(i), root.standing, at), changes);
        }
    }

    private static void add(@Nullable CheckEvent change, List<CheckEvent> changes) {
        if (change != null) {
            changes.add(change);
        }
    }

    private void refresh(Slot[] slots, Duration took) {
        var suites = new HashSet<Suite>();
        for (var slot : slots) {
            suites.addAll(slot.spec.suites());
        }
        for (var suite : suites) {
            var view = shape.views().get(suite);
            if (view != null) {
                view.refresh(took);
            }
        }
    }

    /** Under the lock, so that a subscriber hears changes in the order in which they came. */
    private void publish(List<CheckEvent> changes) {
        for (var change : changes) {
            history.add(change);
            events.publish(change);
        }
    }

    private void tell(List<CheckEvent> changes) {
        for (var change : changes) {
            wiring.listeners()
                    .onChange(change.id(), change.before(), change.result().status());
        }
    }

    void record(CheckId id, Outcome outcome, Instant takenAt) {
        var changes = new ArrayList<CheckEvent>();
        synchronized (this) {
            var slot = shape.registry().find(id);
            if (slot == null) {
                throw new IllegalArgumentException("there is no check " + id);
            }
            var last = slot.last;
            if (last != null && !takenAt.isAfter(last.startedAt())) {
                return;
            }
            var age = Duration.between(takenAt, wiring.time().now());
            long nanos = wiring.time().nanos() - (age.isNegative() ? 0 : age.toNanos());
            var answer = Execution.recorded(slot, outcome, nanos, takenAt);
            add(slot.standing.take(answer, Integer.MAX_VALUE, takenAt), changes);
            refresh(new Slot[] {slot}, Duration.ZERO);
            publish(changes);
        }
        tell(changes);
    }

    Flow.Publisher<CheckEvent> events() {
        return events;
    }

    Optional<CheckResult> result(CheckId id) {
        var slot = shape.registry().find(id);
        return slot == null
                ? Optional.empty()
                : Optional.ofNullable(slot.standing.resultAt(wiring.time().nanos()));
    }

    private List<CheckEvent> currentEvents() {
        var now = wiring.time().now();
        var all = new ArrayList<CheckEvent>();
        for (var slot : shape.registry().slots()) {
            var result = slot.standing.resultAt(wiring.time().nanos());
            if (result != null) {
                all.add(new CheckEvent(slot.id(), null, result, now));
            }
        }
        return all;
    }

    List<CheckEvent> history(CheckId id) {
        return history.of(id);
    }

    synchronized void drain() {
        if (!isDraining) {
            isDraining = true;
            become(shape.registry());
        }
    }

    boolean isDraining() {
        return isDraining;
    }

    void close() {
        List<Slot> slots;
        synchronized (this) {
            if (isClosed) {
                return;
            }
            isClosed = true;
            units.forEach(Unit::close);
            slots = shape.registry().slots();
        }
        slots.forEach(EngineState::cancel);
        events.close();
    }

    private final class Handle implements CheckHandle {
        private final Slot slot;

        Handle(Slot slot) {
            this.slot = slot;
        }

        @Override
        public CheckId id() {
            return slot.id();
        }

        @Override
        public void close() {
            remove(slot);
        }
    }
}
