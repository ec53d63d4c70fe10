package dev.koda.checks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A check with everything that is declared about it. Immutable; made by {@link #of}.
 *
 * <pre>{@code
 * CheckSpec.of("orders.db").in(READINESS, DOCTOR).failClosed().timeout(ofSeconds(2)).run(context -> ping())
 * }</pre>
 */
public final class CheckSpec {
    private final CheckId id;
    private final String title;
    private final Category category;
    private final Set<Suite> suites;
    private final boolean critical;
    private final Scope scope;
    private final boolean failClosed;
    private final Effects effects;
    private final List<CheckId> dependsOn;
    private final Pace pace;
    private final @Nullable String unavailable;
    private final @Nullable String docs;
    private final @Nullable String command;
    private final Check check;

    private CheckSpec(Builder from, Check check) {
        id = new CheckId(from.name, from.instance);
        title = from.title == null ? from.name : from.title;
        category = from.category == null ? Category.of(id) : from.category;
        suites = Set.copyOf(from.suites);
        critical = from.critical;
        scope = from.scope;
        failClosed = from.failClosed;
        effects = from.effects;
        dependsOn = List.copyOf(from.dependsOn);
        pace = from.pace();
        unavailable = from.unavailable;
        docs = from.docs;
        command = from.command;
        this.check = Objects.requireNonNull(check, "check");
        if (suites.contains(Suite.LIVENESS) && (scope != Scope.LOCAL || effects != Effects.NONE)) {
            throw new IllegalArgumentException(id + " cannot be in liveness: only local checks without effects may, "
                    + "or a broken dependency would restart the process");
        }
    }

    private CheckSpec(CheckSpec from, Check check, @Nullable String command) {
        id = from.id;
        title = from.title;
        category = from.category;
        suites = from.suites;
        critical = from.critical;
        scope = from.scope;
        failClosed = from.failClosed;
        effects = from.effects;
        dependsOn = from.dependsOn;
        pace = from.pace;
        unavailable = from.unavailable;
        docs = from.docs;
        this.command = command;
        this.check = Objects.requireNonNull(check, "check");
    }

    /**
     * Starts the declaration of a check.
     *
     * @param name {@code group.kebab-case}
     */
    public static Builder of(String name) {
        return new Builder(CheckId.of(name).name());
    }

    public CheckId id() {
        return id;
    }

    /** A few words for a table, such as {@code Volume has room}; the id if none was given. */
    public String title() {
        return title;
    }

    public Category category() {
        return category;
    }

    /** The suites it belongs to; unmodifiable, without order. */
    public Set<Suite> suites() {
        return suites;
    }

    /** True if its failure fails a report. */
    public boolean critical() {
        return critical;
    }

    public Scope scope() {
        return scope;
    }

    /** True if readiness fails although the cause is shared. */
    public boolean failClosed() {
        return failClosed;
    }

    public Effects effects() {
        return effects;
    }

    /** The checks that must not have failed before this one runs; an id without an instance means all its instances. */
    public List<CheckId> dependsOn() {
        return dependsOn;
    }

    /** How long one evaluation may take. */
    public Duration timeout() {
        return pace.timeout();
    }

    /** How long {@code run()} reuses a result. */
    public Duration ttl() {
        return pace.ttl();
    }

    /** How long after its ttl a result may still answer, with its age, while a new one is made behind. */
    public Duration staleFor() {
        return pace.staleFor();
    }

    /** The interval of scheduled evaluations, start to start. */
    public Duration every() {
        return pace.every();
    }

    /** The interval from the first raw failure on. */
    public Duration everyWhenFailing() {
        return pace.everyWhenFailing();
    }

    /** How many raw failures in a row make a fail. */
    public int failureThreshold() {
        return pace.failureThreshold();
    }

    /** How many raw successes in a row end a fail. */
    public int successThreshold() {
        return pace.successThreshold();
    }

    /** The public readiness reason of its failure; the id in snake_case if none was given. */
    public String unavailable() {
        return unavailable == null ? id.snakeCase() : unavailable;
    }

    /** Where it is documented: a URL or a path with an anchor, or null. */
    public @Nullable String docs() {
        return docs;
    }

    /** A shell line that asks the same question without secrets, for whoever wants to see for himself; or null. */
    public @Nullable String command() {
        return command;
    }

    /** The question itself. */
    public Check check() {
        return check;
    }

    /** The same declaration with a check around this one, such as one that knows more about what an outcome means. */
    public CheckSpec wrapped(UnaryOperator<Check> around) {
        return new CheckSpec(this, around.apply(check), command);
    }

    /** The same declaration with another shell line that asks the same question, or with none. */
    public CheckSpec withCommand(@Nullable String line) {
        return new CheckSpec(this, check, line);
    }

    @Override
    public String toString() {
        return id.toString();
    }

    /** Collects a declaration; {@link #run} or {@link #blocking} ends it. Not safe for use by several threads. */
    public static final class Builder {
        private final String name;
        private @Nullable String instance;
        private @Nullable String title;
        private @Nullable Category category;
        private final Set<Suite> suites = new LinkedHashSet<>();
        private boolean critical = true;
        private Scope scope = Scope.SHARED;
        private boolean failClosed;
        private Effects effects = Effects.READS;
        private final List<CheckId> dependsOn = new ArrayList<>();
        private Duration timeout = Duration.ofSeconds(2);
        private @Nullable Duration ttl;
        private Duration staleFor = Duration.ofSeconds(30);
        private @Nullable Duration every;
        private @Nullable Duration everyWhenFailing;
        private int failureThreshold = 1;
        private int successThreshold = 1;
        private @Nullable String unavailable;
        private @Nullable String docs;
        private @Nullable String command;

        private Builder(String name) {
            this.name = name;
        }

        /** What it looks at, where one id has several targets. */
        public Builder instance(String target) {
            instance = target;
            return this;
        }

        /** A few words for a table. */
        public Builder title(String text) {
            title = text;
            return this;
        }

        /** Default: by the first part of the id, else custom. */
        public Builder category(Category value) {
            category = value;
            return this;
        }

        /** The suites it belongs to. */
        public Builder in(Suite... members) {
            suites.addAll(List.of(members));
            return this;
        }

        /** Its failure only warns in a report. */
        public Builder notCritical() {
            critical = false;
            return this;
        }

        /** Default: shared, the careful one. */
        public Builder scope(Scope value) {
            scope = value;
            return this;
        }

        /** Readiness fails although the cause is shared: for what the process cannot work without. */
        public Builder failClosed() {
            failClosed = true;
            return this;
        }

        /** Default: reads. */
        public Builder effects(Effects value) {
            effects = value;
            return this;
        }

        /** Runs only after these have not failed; an id without an instance means all its instances. */
        public Builder dependsOn(String... names) {
            for (var dependency : names) {
                dependsOn.add(CheckId.of(dependency));
            }
            return this;
        }

        /** Runs only after exactly this one has not failed. */
        public Builder dependsOn(CheckId dependency) {
            dependsOn.add(dependency);
            return this;
        }

        /** Default: 2 s. */
        public Builder timeout(Duration value) {
            timeout = Pace.positive(value, "timeout");
            return this;
        }

        /** Default: {@code every}, for the doctor at most 5 s. */
        public Builder ttl(Duration value) {
            ttl = Pace.positive(value, "ttl");
            return this;
        }

        /** Default: 30 s. */
        public Builder staleFor(Duration value) {
            staleFor = Objects.requireNonNull(value, "staleFor");
            return this;
        }

        /** Default: 10 s in liveness and readiness, 60 s for the doctor alone; up to 10 % jitter is added. */
        public Builder every(Duration value) {
            every = Pace.positive(value, "every");
            return this;
        }

        /** Default: {@code every}, at most 4 s; no jitter. */
        public Builder everyWhenFailing(Duration value) {
            everyWhenFailing = Pace.positive(value, "everyWhenFailing");
            return this;
        }

        /** Default: 1. */
        public Builder failureThreshold(int count) {
            failureThreshold = Pace.atLeastOne(count, "failureThreshold");
            return this;
        }

        /** Default: 1. */
        public Builder successThreshold(int count) {
            successThreshold = Pace.atLeastOne(count, "successThreshold");
            return this;
        }

        /** The public readiness reason of its failure, a snake_case word. */
        public Builder unavailable(String reason) {
            unavailable = new Reason(reason).code();
            return this;
        }

        /** Where it is documented: a URL or a path with an anchor. */
        public Builder docs(String location) {
            docs = location;
            return this;
        }

        /** A shell line that asks the same question, such as {@link CommandLine} writes it: without secrets. */
        public Builder command(String line) {
            command = line;
            return this;
        }

        /** Documented under its own heading in {@code docs/checks.md}: for the built-in checks. */
        public Builder documented() {
            return docs("docs/checks.md#" + CheckId.of(name).anchor());
        }

        /**
         * Ends the declaration with a check that does not block.
         *
         * @throws IllegalArgumentException if a liveness check is shared or has effects
         */
        public CheckSpec run(Check check) {
            return new CheckSpec(this, check);
        }

        /** Ends the declaration with a body that blocks: it runs on the engine's bounded pool. */
        public CheckSpec blocking(BlockingCheck body) {
            Objects.requireNonNull(body, "body");
            return run(context -> context.blocking(() -> body.run(context)));
        }

        private Pace pace() {
            var interval = Pace.everyOr(every, suites);
            return new Pace(
                    timeout,
                    interval,
                    Pace.whenFailingOr(everyWhenFailing, interval),
                    Pace.ttlOr(ttl, interval, suites),
                    staleFor,
                    failureThreshold,
                    successThreshold);
        }
    }

    /** A question whose answer needs blocking calls; interrupted at its time-out. */
    @FunctionalInterface
    public interface BlockingCheck {
        /**
         * Answers, on a thread of the engine's bounded pool.
         *
         * @throws Exception whatever goes wrong; its text reaches listeners only, never a report
         */
        Outcome run(CheckContext context) throws Exception;
    }
}
