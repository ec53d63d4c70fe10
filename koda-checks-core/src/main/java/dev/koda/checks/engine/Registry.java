package dev.koda.checks.engine;

import dev.koda.checks.CheckId;
import dev.koda.checks.Suite;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is declared, in order. Immutable: a registration makes a new one, so that readers need no lock. */
final class Registry {
    /** A check that is known not to apply. */
    record DeclaredSkip(ReportDraft.Skip skip, Set<Suite> suites) {}

    private final List<Slot> slots;
    private final List<DeclaredSkip> skips;
    private final Map<CheckId, Slot> byId = new HashMap<>();

    Registry(List<Slot> slots, List<DeclaredSkip> skips) {
        this(slots, skips, true);
    }

    private Registry(List<Slot> slots, List<DeclaredSkip> skips, boolean isStrict) {
        this.slots = List.copyOf(slots);
        this.skips = List.copyOf(skips);
        for (var slot : slots) {
            if (byId.putIfAbsent(slot.id(), slot) != null) {
                throw new IllegalArgumentException("check " + slot.id() + " is declared twice");
            }
        }
        for (var skip : skips) {
            var id = skip.skip().skipped().id();
            if (byId.containsKey(id)) {
                throw new IllegalArgumentException("check " + id + " is both declared and skipped");
            }
        }
        if (isStrict) {
            slots.forEach(this::requireKnownDependencies);
            requireNoCycle();
        }
    }

    /** The same with one more check. Those before it may have lost what they depend on; this one may not. */
    Registry with(Slot slot) {
        var more = new ArrayList<>(slots);
        more.add(slot);
        var grown = new Registry(more, skips, false);
        grown.requireKnownDependencies(slot);
        grown.requireNoCycle();
        return grown;
    }

    /** The same with fewer checks; a dependency on a removed one counts as satisfied. */
    Registry without(List<Slot> left) {
        return new Registry(left, skips, false);
    }

    List<Slot> slots() {
        return slots;
    }

    List<DeclaredSkip> skips() {
        return skips;
    }

    @Nullable
    Slot find(CheckId id) {
        return byId.get(id);
    }

    /** Every suite that something is declared in. */
    Set<Suite> suites() {
        var suites = new LinkedHashSet<Suite>();
        slots.forEach(slot -> suites.addAll(slot.spec.suites()));
        skips.forEach(skip -> suites.addAll(skip.suites()));
        return suites;
    }

    List<Slot> slotsIn(Set<Suite> suites) {
        return slots.stream()
                .filter(slot -> !Collections.disjoint(slot.spec.suites(), suites))
                .toList();
    }

    List<ReportDraft.Skip> skipsIn(Set<Suite> suites) {
        return skips.stream()
                .filter(skip -> !Collections.disjoint(skip.suites(), suites))
                .map(DeclaredSkip::skip)
                .toList();
    }

    List<Slot> dependenciesOf(Slot slot) {
        var found = new ArrayList<Slot>();
        for (var dependency : slot.spec.dependsOn()) {
            for (var other : slots) {
                if (other.id().isCoveredBy(dependency)) {
                    found.add(other);
                }
            }
        }
        return found;
    }

    /** These and all they depend on, in declared order. */
    List<Slot> withDependencies(Collection<Slot> some) {
        var all = new LinkedHashSet<Slot>();
        var open = new ArrayList<>(some);
        while (!open.isEmpty()) {
            var slot = open.remove(open.size() - 1);
            if (all.add(slot)) {
                open.addAll(dependenciesOf(slot));
            }
        }
        return slots.stream().filter(all::contains).toList();
    }

    /** The checks that are joined by dependencies, directly or not: each such group is evaluated together. */
    List<List<Slot>> units() {
        var unitOf = new LinkedHashMap<Slot, List<Slot>>();
        slots.forEach(slot -> unitOf.put(slot, new ArrayList<>(List.of(slot))));
        for (var slot : slots) {
            for (var dependency : dependenciesOf(slot)) {
                merge(unitOf, unitOf.getOrDefault(slot, List.of()), unitOf.getOrDefault(dependency, List.of()));
            }
        }
        return unitOf.values().stream().distinct().toList();
    }

    private static void merge(Map<Slot, List<Slot>> unitOf, List<Slot> into, List<Slot> from) {
        if (into != from) {
            into.addAll(from);
            from.forEach(slot -> unitOf.put(slot, into));
        }
    }

    private void requireKnownDependencies(Slot slot) {
        for (var dependency : slot.spec.dependsOn()) {
            boolean isKnown = slots.stream().anyMatch(other -> other.id().isCoveredBy(dependency))
                    || skips.stream()
                            .anyMatch(skip -> skip.skip().skipped().id().isCoveredBy(dependency));
            if (!isKnown) {
                throw new IllegalArgumentException(slot.id() + " depends on " + dependency + ", which is not declared");
            }
        }
    }

    private void requireNoCycle() {
        var done = new LinkedHashSet<Slot>();
        for (var slot : slots) {
            walk(slot, new ArrayList<>(), done);
        }
    }

    private void walk(Slot slot, List<Slot> path, Set<Slot> done) {
        int at = path.indexOf(slot);
        if (at >= 0) {
            var names = new ArrayList<String>();
            path.subList(at, path.size()).forEach(one -> names.add(one.id().toString()));
            names.add(slot.id().toString());
            throw new IllegalArgumentException(
                    "checks depend on each other in a circle: " + String.join(" -> ", names));
        }
        if (done.contains(slot)) {
            return;
        }
        path.add(slot);
        dependenciesOf(slot).forEach(dependency -> walk(dependency, path, done));
        path.remove(path.size() - 1);
        done.add(slot);
    }
}
