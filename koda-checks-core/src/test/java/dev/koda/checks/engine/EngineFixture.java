package dev.koda.checks.engine;

import static dev.koda.checks.Suite.DOCTOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Check;
import dev.koda.checks.CheckId;
import dev.koda.checks.CheckResult;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Report;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.testing.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;

/** An engine in virtual time, without jitter unless a test wants some. */
abstract class EngineFixture {
    final VirtualTime time = new VirtualTime();
    private final List<CheckEngine> engines = new ArrayList<>();

    @AfterEach
    void closeEngines() {
        engines.forEach(CheckEngine::close);
    }

    static CheckSpec.Builder doctor(String name) {
        return CheckSpec.of(name).in(DOCTOR);
    }

    static CheckSpec.Builder readiness(String name) {
        return CheckSpec.of(name).in(Suite.READINESS).failClosed().every(Duration.ofSeconds(1));
    }

    CheckEngine.Builder builder(CheckSpec... specs) {
        return CheckEngine.builder().time(time).random(() -> 0).checks(List.of(specs));
    }

    CheckEngine built(CheckSpec... specs) {
        return kept(builder(specs).build());
    }

    CheckEngine started(CheckSpec... specs) {
        var engine = kept(builder(specs).start());
        time.advance(Duration.ZERO);
        return engine;
    }

    CheckEngine kept(CheckEngine engine) {
        engines.add(engine);
        return engine;
    }

    void seconds(double count) {
        time.advance(Duration.ofNanos((long) (count * 1e9)));
    }

    static Report reportOf(CompletionStage<Report> stage) {
        var future = stage.toCompletableFuture();
        assertThat(future).isCompleted();
        return future.getNow(null);
    }

    static CheckResult resultOf(Report report, String id) {
        return report.checks().stream()
                .filter(result -> result.id().toString().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError(id + " is not in " + report));
    }

    static CheckResult only(Report report) {
        assertThat(report.checks()).hasSize(1);
        return report.checks().get(0);
    }

    static Status statusOf(CheckEngine engine, String id) {
        return resultOf(engine.snapshot(Suite.READINESS), id).status();
    }

    static CheckId id(String name) {
        return CheckId.of(name);
    }

    static Outcome pass() {
        return Outcome.pass("good");
    }

    static Outcome fail() {
        return Outcome.fail("bad");
    }

    static Check asCheck(Check check) {
        return check;
    }
}
