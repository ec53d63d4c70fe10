package dev.koda.checks.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.koda.checks.CheckResult;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Effects;
import dev.koda.checks.Reason;
import dev.koda.checks.Scope;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.testing.EngineRun;
import dev.koda.checks.testing.VirtualTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class InProcessTest {
    private final VirtualTime time = new VirtualTime();
    private final RuntimeGate gate = RuntimeGate.closed();
    private final Loops loops = Loops.of(time);
    private final EventLoopLag lag = EventLoopLag.start(time);

    @Test
    void looksEverySecondAndFourTimesAsOftenWhileItFails() {
        assertThat(specs().subList(0, 2)).allSatisfy(spec -> {
            assertThat(spec.suites()).containsExactly(Suite.READINESS);
            assertThat(spec.every()).isEqualTo(Duration.ofSeconds(1));
            assertThat(spec.everyWhenFailing()).isEqualTo(Duration.ofMillis(250));
            assertThat(spec.timeout()).isEqualTo(Duration.ofSeconds(1));
            assertThat(spec.failureThreshold()).isEqualTo(2);
            assertThat(spec.successThreshold()).isEqualTo(1);
        });
        assertThat(specs().get(2).suites()).containsExactly(Suite.LIVENESS);
        assertThat(specs()).allMatch(spec -> spec.scope() == Scope.LOCAL && spec.effects() == Effects.NONE);
    }

    @Test
    void acceptingShowsTheGate() {
        assertThat(result("runtime.accepting").reason()).isEqualTo(new Reason("starting"));

        gate.open();
        assertThat(result("runtime.accepting").status()).isEqualTo(Status.PASS);

        gate.refuse("maintenance");
        assertThat(result("runtime.accepting").reason()).isEqualTo(new Reason("maintenance"));
    }

    @Test
    void loopsDoNotApplyWithoutAny() {
        assertThat(EngineRun.report(List.of(spec("runtime.loops"))).skipped()).hasSize(1);
    }

    @Test
    void loopsFailAfterMoreThanThreeSilentIntervals() {
        var sealer = loops.register("sealer", Duration.ofSeconds(2));
        var outbox = loops.register("outbox", Duration.ofMinutes(1));

        time.advance(Duration.ofSeconds(6));
        assertThat(result("runtime.loops").status()).isEqualTo(Status.PASS);

        time.advance(Duration.ofMillis(100));
        assertThat(result("runtime.loops").message()).isEqualTo("loop sealer silent for 6.1 s, limit 6.0 s");
        assertThat(result("runtime.loops").reason()).isEqualTo(new Reason("loop_silent"));

        sealer.beat();
        assertThat(result("runtime.loops").status()).isEqualTo(Status.PASS);
        assertThat(outbox.silence()).isEqualTo(Duration.ofMillis(6100));
    }

    @Test
    void loopsNameAtMostThree() {
        for (int i = 1; i <= 5; i++) {
            loops.register("loop-" + i, Duration.ofMillis(1));
        }
        time.advance(Duration.ofSeconds(1));

        assertThat(result("runtime.loops").message())
                .contains("loop-1", "loop-3", "and 2 more")
                .doesNotContain("loop-4");
    }

    @Test
    void loopsForgetOneThatEndedOnPurpose() {
        try (var loop = loops.register("once", Duration.ofSeconds(1))) {
            time.advance(Duration.ofSeconds(10));
            assertThat(loop.every()).isEqualTo(Duration.ofSeconds(1));
            assertThat(result("runtime.loops").status()).isEqualTo(Status.FAIL);
        }

        assertThat(EngineRun.report(List.of(spec("runtime.loops"))).skipped()).hasSize(1);
        loops.register("once", Duration.ofSeconds(1));
    }

    @Test
    void loopsRefuseATakenNameAndSenselessIntervals() {
        loops.register("sealer", Duration.ofSeconds(1));

        assertThatIllegalArgumentException().isThrownBy(() -> loops.register("sealer", Duration.ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> loops.register("zero", Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> loops.register("line\nbreak", Duration.ofSeconds(1)));
    }

    @Test
    void eventLoopPassesWhileItBeatsInTime() {
        time.advance(Duration.ofMinutes(5));

        assertThat(result("runtime.event-loop").status()).isEqualTo(Status.PASS);
        assertThat(lag.worst()).isEqualTo(Duration.ZERO);
    }

    private CheckResult result(String name) {
        return EngineRun.result(spec(name));
    }

    private CheckSpec spec(String name) {
        return specs().stream()
                .filter(spec -> spec.id().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<CheckSpec> specs() {
        return RuntimeChecks.inProcess(gate, loops, lag);
    }
}
