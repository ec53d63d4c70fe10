package dev.koda.checks.engine;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckResult;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Query;
import dev.koda.checks.Redactor;
import dev.koda.checks.Report;
import dev.koda.checks.SelectionException;
import dev.koda.checks.Service;
import dev.koda.checks.Skipped;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * Runs checks and turns every way of going wrong (a throw, an {@code Error}, a hang, null, a late answer) into a result,
 * and a suite of them into a report. Thread-safe; nothing here blocks or waits.
 *
 * <p>{@link Builder#start()} also evaluates every check on its own schedule, which {@link #snapshot} and
 * {@link #events()} show; {@link Builder#build()} only runs what {@link #run} asks for.
 */
public final class CheckEngine implements AutoCloseable {
    private final Wiring wiring;
    private final EngineState state;

    private CheckEngine(Builder builder) {
        var texts = new Texts(builder.redactor);
        wiring = new Wiring(builder.time, builder.service, new Listeners(builder.listeners), texts, new BlockingPool());
        state = new EngineState(wiring, builder.random);
        state.declare(
                builder.specs,
                builder.skips.stream().map(skip -> skip.cleaned(texts)).toList());
    }

    /** A builder with the system's time, no checks and no listeners. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Begins the schedules, every check for the first time at once: for who has something to do between {@link
     * Builder#build()} and them, such as to listen. Does nothing the second time.
     */
    public void schedule() {
        state.schedule();
    }

    /** Runs a suite; see {@link #run(Query)}. */
    public CompletionStage<Report> run(Suite suite) {
        return run(Query.of(suite));
    }

    /**
     * Runs what the query selects, or answers from results that are young enough, and reports the raw status of each.
     *
     * @return completes with the report, at the query's deadline at the latest; fails only with a
     *     {@link SelectionException} if nothing is selected
     */
    public CompletionStage<Report> run(Query query) {
        Selection selection;
        try {
            selection = state.selection(query);
        } catch (SelectionException nothing) {
            var clean = wiring.texts().clean(String.valueOf(nothing.getMessage()));
            return CompletableFuture.failedFuture(nothing.withMessage(clean));
        }
        var run = new ReportRun(wiring, selection, state.isDraining());
        return run.start(query);
    }

    /**
     * The last report of the scheduled evaluations, made when the last of them ended. Runs nothing, waits for nothing;
     * before the first evaluation, and without schedules, every result is {@code pending}, which is fail.
     *
     * @throws SelectionException if the suite has no checks
     */
    public Report snapshot(Suite suite) {
        return state.view(suite).report();
    }

    /**
     * Adds a check; with schedules its first evaluation is at once.
     *
     * @throws IllegalArgumentException if the id is taken, a dependency is not declared, or there is a circle
     */
    public CheckHandle register(CheckSpec spec) {
        return state.register(spec);
    }

    /**
     * Takes a result that was made elsewhere, as if this engine had evaluated the check at that moment.
     *
     * @throws IllegalArgumentException if there is no such check
     */
    public void record(CheckId id, Outcome outcome, Instant takenAt) {
        state.record(id, outcome, takenAt);
    }

    /**
     * Changes of the status that counts. A subscriber is told first where every check stands. What he does not ask for
     * in time is kept once for each check, so that he misses steps and never the state.
     */
    public Flow.Publisher<CheckEvent> events() {
        return state.events();
    }

    /** How the check stands now, with the message of its last evaluation; empty before the first, and for an unknown one. */
    public Optional<CheckResult> result(CheckId id) {
        return state.result(id);
    }

    /** The last 64 changes of a check, newest last; empty for an unknown one. */
    public List<CheckEvent> history(CheckId id) {
        return state.history(id);
    }

    /** The ids of a suite in declared order; empty for an unknown one. */
    public List<CheckId> checks(Suite suite) {
        return state.ids(suite);
    }

    /** From now on readiness fails with {@code draining}; everything else goes on. Does nothing the second time. */
    public void drain() {
        state.drain();
    }

    /** Ends the schedules, cancels what runs (its callers get {@code cancelled} results) and completes subscribers. */
    @Override
    public void close() {
        state.close();
        wiring.pool().close();
    }

    /** Collects what an engine is made of. Not safe for use by several threads. */
    public static final class Builder {
        private TimeSource time = TimeSource.system();
        private Service service = new Service("koda", null, null);
        private Redactor redactor = Redactor.byShape();
        private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();
        private final List<CheckListener> listeners = new ArrayList<>();
        private final List<CheckSpec> specs = new ArrayList<>();
        private final List<EngineState.Skip> skips = new ArrayList<>();

        private Builder() {}

        /** Default: the system's. */
        public Builder time(TimeSource source) {
            time = Objects.requireNonNull(source, "source");
            return this;
        }

        /** What the reports are about; default {@code koda}. */
        public Builder service(Service about) {
            service = Objects.requireNonNull(about, "about");
            return this;
        }

        /** What takes secrets out of messages; default: what looks like a secret. */
        public Builder redactor(Redactor value) {
            redactor = Objects.requireNonNull(value, "value");
            return this;
        }

        /** Adds a listener. */
        public Builder listener(CheckListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /** Adds a check. */
        public Builder check(CheckSpec spec) {
            specs.add(Objects.requireNonNull(spec, "spec"));
            return this;
        }

        /** Adds checks, in this order. */
        public Builder checks(Collection<CheckSpec> more) {
            more.forEach(this::check);
            return this;
        }

        /** Declares a check that does not apply, so that its reports say so and why. */
        public Builder skip(CheckId id, String why, Suite... suites) {
            skips.add(new EngineState.Skip(new Skipped(id, why), Set.of(suites), specs.size()));
            return this;
        }

        /** Where jitter comes from, between 0 and 1: for tests in virtual time. */
        Builder random(DoubleSupplier source) {
            random = source;
            return this;
        }

        /**
         * An engine that evaluates nothing by itself.
         *
         * @throws IllegalArgumentException if an id is declared twice, a dependency is not declared, or there is a
         *     circle
         */
        public CheckEngine build() {
            return new CheckEngine(this);
        }

        /**
         * An engine that evaluates every check on its schedule, for the first time at once.
         *
         * @throws IllegalArgumentException as {@link #build()}
         */
        public CheckEngine start() {
            var engine = build();
            engine.schedule();
            return engine;
        }
    }
}
