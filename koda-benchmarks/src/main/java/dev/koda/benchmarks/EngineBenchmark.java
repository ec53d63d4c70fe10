package dev.koda.benchmarks;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Query;
import dev.koda.checks.Report;
import dev.koda.checks.Suite;
import dev.koda.checks.engine.CheckEngine;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The engine's budgets: a snapshot, and an execution of n checks that answer at once, their time-outs included. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class EngineBenchmark {
    private static final CompletionStage<Outcome> GOOD = CompletableFuture.completedFuture(Outcome.pass("good"));

    @Param({"1", "10", "100"})
    int checks;

    private CheckEngine scheduled = CheckEngine.builder().build();
    private CheckEngine plain = CheckEngine.builder().build();
    private final Query execute = Query.of(Suite.DOCTOR).freshOnly();

    @Setup
    public void makeEngines() {
        scheduled = engine(Duration.ofHours(1)).start();
        // A result is too old for the next run as soon as it is made, so that every run executes.
        plain = engine(Duration.ofNanos(1)).build();
    }

    private CheckEngine.Builder engine(Duration ttl) {
        var builder = CheckEngine.builder();
        for (int i = 0; i < checks; i++) {
            builder.check(CheckSpec.of("instant.check-" + i)
                    .in(Suite.DOCTOR)
                    .every(Duration.ofHours(1))
                    .ttl(ttl)
                    .timeout(Duration.ofSeconds(60))
                    .run(context -> GOOD));
        }
        return builder;
    }

    @TearDown
    public void closeEngines() {
        scheduled.close();
        plain.close();
    }

    @Benchmark
    public Report snapshot() {
        return scheduled.snapshot(Suite.DOCTOR);
    }

    @Benchmark
    public CompletionStage<Report> executeAndReport() {
        return plain.run(execute);
    }

    /** What no engine can be below: n calls of the check and one future of all answers. */
    @Benchmark
    public CompletableFuture<Void> bareCallsAndAllOf() {
        var answers = new CompletableFuture<?>[checks];
        for (int i = 0; i < checks; i++) {
            answers[i] = GOOD.toCompletableFuture();
        }
        return CompletableFuture.allOf(answers);
    }
}
