package dev.koda.checks.engine;

import static dev.koda.checks.Suite.DOCTOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Query;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.testing.StubCheck;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CacheTest extends EngineFixture {
    private final StubCheck check = StubCheck.answering(pass());
    private final CheckEngine engine = built(doctor("a.check")
            .ttl(Duration.ofSeconds(5))
            .staleFor(Duration.ofSeconds(30))
            .run(check));

    @Test
    void aFreshResultAnswersWithoutAnExecution() {
        reportOf(engine.run(DOCTOR));
        seconds(4.9);

        var result = only(reportOf(engine.run(DOCTOR)));

        assertThat(check.runs()).isEqualTo(1);
        assertThat(result.age()).isEqualTo(Duration.ofMillis(4900));
    }

    @Test
    void anewEvaluatesWhateverIsKnown() {
        reportOf(engine.run(DOCTOR));
        check.answer(fail());

        var result = only(reportOf(engine.run(Query.of(DOCTOR).anew())));

        assertThat(result.status()).isEqualTo(Status.FAIL);
        assertThat(check.runs()).isEqualTo(2);
    }

    @Test
    void aStaleResultAnswersWithItsAgeAndIsRefreshedOnceBehind() {
        reportOf(engine.run(DOCTOR));
        check.beSilent();
        seconds(20);

        var first = only(reportOf(engine.run(DOCTOR)));
        var second = only(reportOf(engine.run(DOCTOR)));

        assertThat(first.status()).isEqualTo(Status.PASS);
        assertThat(first.age()).isEqualTo(Duration.ofSeconds(20));
        assertThat(second.age()).isEqualTo(Duration.ofSeconds(20));
        assertThat(check.runs()).as("one refresh for both").isEqualTo(2);

        check.complete(fail());
        assertThat(only(reportOf(engine.run(DOCTOR))).status()).isEqualTo(Status.FAIL);
    }

    @Test
    void anExpiredResultIsWaitedForUntilTheDeadlineAndThenStale() {
        reportOf(engine.run(DOCTOR));
        check.beSilent();
        seconds(36);

        var run = engine.run(Query.of(DOCTOR).deadline(Duration.ofSeconds(1)));
        assertThat(run.toCompletableFuture()).isNotDone();
        seconds(1);

        var result = only(reportOf(run));
        assertThat(result.status()).isEqualTo(Status.FAIL);
        assertThat(result.reason()).isEqualTo(Reason.STALE);
        assertThat(result.message())
                .isEqualTo("no answer within the report's deadline of 1 s, and the last one is 37 s old: good");
    }

    @Test
    void freshOnlyNeverAnswersWithAStaleResult() {
        reportOf(engine.run(DOCTOR));
        seconds(20);

        var result = only(reportOf(engine.run(Query.of(DOCTOR).freshOnly())));

        assertThat(check.runs()).isEqualTo(2);
        assertThat(result.age()).isZero();
    }

    @Test
    void theDefaultTtlIsTheIntervalAndFiveSecondsForTheDoctorAtTheMost() {
        assertThat(doctor("a.check").run(check).ttl()).isEqualTo(Duration.ofSeconds(5));
        assertThat(CheckSpec.of("a.check").in(Suite.READINESS).run(check).ttl()).isEqualTo(Duration.ofSeconds(10));
        assertThat(CheckSpec.of("a.check")
                        .in(Suite.READINESS, DOCTOR)
                        .every(Duration.ofSeconds(1))
                        .run(check)
                        .ttl())
                .isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aCachedResultHoldsNothingOfTheEvaluationThatMadeIt() {
        var probe = StubCheck.answering(pass());
        var other = built(doctor("a.check").run(probe));
        reportOf(other.run(DOCTOR));

        assertThat(probe.context().resultOf(id("a.check"))).isEmpty();
    }
}
