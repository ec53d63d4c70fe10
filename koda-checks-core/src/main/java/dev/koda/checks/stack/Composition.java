package dev.koda.checks.stack;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Suite;
import dev.koda.checks.engine.CheckEngine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Collects checks and skips in the order in which a report shows them. */
final class Composition {
    private final UnaryOperator<CheckSpec> explain;
    private final List<CheckSpec> specs = new ArrayList<>();
    private final List<Skip> skips = new ArrayList<>();
    private final List<Consumer<CheckEngine.Builder>> steps = new ArrayList<>();

    /**
     * @param explain what is known about each check beside its own part
     */
    Composition(UnaryOperator<CheckSpec> explain) {
        this.explain = explain;
    }

    void add(Collection<CheckSpec> more) {
        more.forEach(this::add);
    }

    void add(CheckSpec check) {
        var spec = explain.apply(check);
        specs.add(spec);
        steps.add(builder -> builder.check(spec));
    }

    /** Skips checks of the doctor alone. */
    void skip(String why, String... names) {
        for (var name : names) {
            skip(new Skip(CheckId.of(name), why, Set.of(Suite.DOCTOR)));
        }
    }

    /** Skips checks that readiness would ask too. */
    void skipBoth(String why, String... names) {
        for (var name : names) {
            skip(new Skip(CheckId.of(name), why, Set.of(Suite.READINESS, Suite.DOCTOR)));
        }
    }

    void skip(Skip skip) {
        skips.add(skip);
        steps.add(builder -> builder.skip(skip.id(), skip.why(), skip.suites().toArray(Suite[]::new)));
    }

    List<CheckSpec> specs() {
        return List.copyOf(specs);
    }

    List<Skip> skips() {
        return List.copyOf(skips);
    }

    void addTo(CheckEngine.Builder builder) {
        steps.forEach(step -> step.accept(builder));
    }
}
