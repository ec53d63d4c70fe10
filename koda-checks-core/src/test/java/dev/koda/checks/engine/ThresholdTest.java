package dev.koda.checks.engine;

import static dev.koda.checks.Suite.READINESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Outcome;
import dev.koda.checks.Query;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.testing.StubCheck;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThresholdTest extends EngineFixture {
    private final StubCheck check = StubCheck.answering(pass());

    private CheckEngine withThresholds(int failures, int successes) {
        return started(readiness("a.check")
                .everyWhenFailing(Duration.ofSeconds(1))
                .failureThreshold(failures)
                .successThreshold(successes)
                .run(check));
    }

    private void next(Outcome outcome) {
        check.answer(outcome);
        seconds(1);
    }

    @Test
    void aThousandSuccessesBetweenFailuresNeverAddUp() {
        var engine = withThresholds(3, 1);
        next(fail());
        next(fail());
        for (int i = 0; i < 1000; i++) {
            next(pass());
        }
        next(fail());

        assertThat(statusOf(engine, "a.check")).isEqualTo(Status.PASS);
        assertThat(engine.history(id("a.check"))).hasSize(1);
    }

    @Test
    void aWarningEndsAFailStreakToo() {
        var engine = withThresholds(2, 1);
        next(fail());
        next(Outcome.warn("hm"));
        next(fail());

        assertThat(statusOf(engine, "a.check")).isEqualTo(Status.WARN);
    }

    @Test
    void failuresInARowFlipItOnceWithOneEvent() {
        var engine = withThresholds(3, 1);
        next(fail());
        next(fail());
        assertThat(statusOf(engine, "a.check")).isEqualTo(Status.PASS);

        next(fail());
        next(fail());

        assertThat(statusOf(engine, "a.check")).isEqualTo(Status.FAIL);
        assertThat(engine.history(id("a.check"))).hasSize(2);
        assertThat(only(engine.snapshot(READINESS)).streak()).isEqualTo(4);
    }

    @Test
    void theRawTruthIsKeptBesideTheStatusThatCounts() {
        var engine = withThresholds(3, 1);
        next(fail());

        var result = only(engine.snapshot(READINESS));

        assertThat(result.status()).isEqualTo(Status.PASS);
        assertThat(result.rawStatus()).isEqualTo(Status.FAIL);
        assertThat(result.message()).isEqualTo("bad (1 of 3 failures before it counts)");
    }

    @Test
    void successesInARowEndAFailure() {
        var engine = withThresholds(1, 3);
        next(fail());
        next(pass());
        next(pass());
        assertThat(statusOf(engine, "a.check")).isEqualTo(Status.FAIL);
        assertThat(only(engine.snapshot(READINESS)).rawStatus()).isEqualTo(Status.PASS);

        next(fail());
        next(pass());
        next(pass());
        assertThat(statusOf(engine, "a.check")).isEqualTo(Status.FAIL);

        next(pass());
        assertThat(statusOf(engine, "a.check")).isEqualTo(Status.PASS);
    }

    @Test
    void probesDoNotCountAndExecutionsDo() {
        var engine = withThresholds(2, 1);
        next(fail());
        for (int i = 0; i < 1000; i++) {
            engine.snapshot(READINESS);
        }

        assertThat(statusOf(engine, "a.check")).isEqualTo(Status.PASS);
    }

    @Test
    void anAskedForRunReportsTheRawStatusAndCountsForNothing() {
        var engine = withThresholds(2, 1);
        next(fail());

        var run = only(reportOf(engine.run(Query.of(READINESS).freshOnly())));

        assertThat(run.status()).isEqualTo(Status.FAIL);
        assertThat(statusOf(engine, "a.check")).isEqualTo(Status.PASS);
    }

    @Test
    void theFirstFailureCountsBecauseNothingBetterIsKnown() {
        check.answer(fail());
        var engine = withThresholds(3, 1);

        assertThat(only(engine.snapshot(READINESS)).message()).isEqualTo("bad");
        assertThat(statusOf(engine, "a.check")).isEqualTo(Status.FAIL);
    }

    @Test
    void beforeTheFirstEvaluationEverythingIsPendingWhichIsFail() {
        var engine = kept(builder(readiness("a.check").run(check)).start());

        var result = only(engine.snapshot(READINESS));

        assertThat(result.status()).isEqualTo(Status.FAIL);
        assertThat(result.reason()).isEqualTo(Reason.PENDING);
        assertThat(result.streak()).isZero();
    }

    @Test
    void sinceIsWhenTheStatusThatCountsBegan() {
        var engine = withThresholds(1, 1);
        var begin = time.now();
        next(pass());
        next(fail());
        var failed = time.now();
        next(fail());

        assertThat(only(engine.snapshot(READINESS)).since()).isEqualTo(failed);
        assertThat(engine.history(id("a.check")).get(0).result().since()).isEqualTo(begin);
    }
}
