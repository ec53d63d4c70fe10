package dev.koda.benchmarks;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Suite;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.testing.VirtualTime;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Thirty simulated days of fifty checks that are evaluated every ten seconds: 12,960,000 evaluations. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 0)
@Measurement(iterations = 2)
public class SimulatedMonth {
    private static final CompletionStage<Outcome> GOOD = CompletableFuture.completedFuture(Outcome.pass("good"));
    private static final CompletionStage<Outcome> BAD = CompletableFuture.completedFuture(Outcome.fail("bad"));

    private long runs;

    @Benchmark
    public int thirtyDays() {
        var time = new VirtualTime();
        var builder = CheckEngine.builder().time(time);
        for (int i = 0; i < 50; i++) {
            builder.check(CheckSpec.of("soak.check-" + i)
                    .in(Suite.DOCTOR)
                    .every(Duration.ofSeconds(10))
                    .run(context -> ++runs % 1000 == 0 ? BAD : GOOD));
        }
        try (var engine = builder.start()) {
            time.advance(Duration.ofDays(30));
            return time.pendingTimers()
                    + engine.snapshot(Suite.DOCTOR).summary().total();
        }
    }
}
