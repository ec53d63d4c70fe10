package dev.koda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Effects;
import dev.koda.checks.Outcome;
import dev.koda.checks.Suite;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DoctorPaceTest {
    @TempDir
    Path directory;

    @Test
    void waitsUntilTheStackIsWell() {
        var run = CommandRun.in(directory)
                .checks(failingBefore(3, Outcome.fail("not yet")))
                .koda("doctor", "--wait", "30s");

        assertThat(run.code()).isEqualTo(0);
        assertThat(run.output())
                .startsWith("PASS custom.slow-start")
                .contains("SUMMARY pass")
                .hasLineCount(2);
        assertThat(run.errors().lines())
                .satisfiesExactly(
                        line -> assertThat(line).matches("koda doctor: attempt 1 after \\d s: fail: custom.slow-start"),
                        line -> assertThat(line).matches("koda doctor: attempt 2 after \\d s: fail: custom.slow-start"),
                        line -> assertThat(line).matches("koda doctor: attempt 3 after \\d s: pass"));
    }

    @Test
    void aForgivenWarningEndsTheWait() {
        var setup = CommandRun.in(directory).checks(failingBefore(2, Outcome.fail("not yet"), Outcome.warn("nearly")));

        assertThat(setup.koda("doctor", "--wait", "30s", "--fail-on", "fail").code())
                .isEqualTo(0);
    }

    @Test
    void theDeadlineEndsTheWaitWithTheLastReport() {
        var run = CommandRun.in(directory)
                .checks(failingBefore(1000, Outcome.fail("never")))
                .koda("doctor", "--wait", "2s", "--json");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.output()).startsWith("{\"schema\"").hasLineCount(1);
        assertThat(run.errors().lines()).hasSizeGreaterThan(2);
        assertThat(run.why()).isEqualTo("koda doctor: exit 1, fail: custom.slow-start");
    }

    @Test
    void waitAndWatchContradictEachOther() {
        var run = CommandRun.in(directory).koda("doctor", "--wait", "1s", "--watch", "1s");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.why()).contains("one of them");
    }

    @Test
    void leavesOutWhatWritesOrAsksAProviderAndSaysSo() {
        var setup = CommandRun.in(directory)
                .checks(
                        CheckSpec.of("disk.space").in(Suite.DOCTOR).run(context -> answer(Outcome.pass("61 % free"))),
                        CheckSpec.of("disk.writable")
                                .in(Suite.DOCTOR)
                                .effects(Effects.WRITES)
                                .run(context -> answer(Outcome.fail("it ran"))),
                        CheckSpec.of("provider.key").in(Suite.DOCTOR).run(context -> answer(Outcome.fail("it ran"))));

        var run = setup.koda("doctor", "--no-write", "--offline");

        assertThat(run.code()).isEqualTo(0);
        assertThat(run.output())
                .contains("SKIP disk.writable  it writes, and this run only reads")
                .contains("SKIP provider.key   it asks a provider, and this run stays offline");
    }

    private static CheckSpec failingBefore(int attempt, Outcome early) {
        return failingBefore(attempt, early, Outcome.pass("there"));
    }

    private static CheckSpec failingBefore(int attempt, Outcome early, Outcome late) {
        var attempts = new AtomicInteger();
        return CheckSpec.of("custom.slow-start")
                .in(Suite.DOCTOR)
                .run(context -> answer(attempts.incrementAndGet() < attempt ? early : late));
    }

    private static CompletableFuture<Outcome> answer(Outcome outcome) {
        return CompletableFuture.completedFuture(outcome);
    }
}
