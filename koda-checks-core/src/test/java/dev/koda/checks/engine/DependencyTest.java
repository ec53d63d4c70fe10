package dev.koda.checks.engine;

import static dev.koda.checks.Suite.DOCTOR;
import static dev.koda.checks.Suite.READINESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koda.checks.CheckContext;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.testing.StubCheck;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DependencyTest extends EngineFixture {
    private final StubCheck low = StubCheck.answering(pass());
    private final StubCheck high = StubCheck.answering(pass());

    private CheckSpec.Builder ladder(String name) {
        return readiness(name)
                .everyWhenFailing(Duration.ofMillis(250))
                .failureThreshold(2)
                .timeout(Duration.ofMillis(500));
    }

    private CheckEngine ladder() {
        return started(
                ladder("net.low").run(low),
                ladder("net.high").dependsOn("net.low").run(high));
    }

    @Test
    void dependentsOfAFailedCheckAreNotRunAndNameTheRootCause() {
        low.answer(fail());
        var engine = built(
                doctor("net.low").run(low),
                doctor("net.middle").dependsOn("net.low").run(high),
                doctor("net.high").dependsOn("net.middle").run(high),
                doctor("other.check").run(StubCheck.answering(pass())));

        var report = reportOf(engine.run(DOCTOR));

        assertThat(high.runs()).isZero();
        for (var id : new String[] {"net.middle", "net.high"}) {
            assertThat(resultOf(report, id).status()).isEqualTo(Status.WARN);
            assertThat(resultOf(report, id).reason()).isEqualTo(Reason.NOT_RUN);
            assertThat(resultOf(report, id).rootCause()).isEqualTo(id("net.low"));
            assertThat(resultOf(report, id).message()).isEqualTo("not run because of net.low");
        }
        assertThat(report.summary().fail()).isEqualTo(1);
        assertThat(report.summary().warn()).isEqualTo(2);
        assertThat(report.summary().notRun()).isEqualTo(2);
    }

    @Test
    void aDiamondHasOneRootCauseAndRunsItsEndOnce() {
        var engine = built(
                doctor("net.top").dependsOn("net.left", "net.right").run(high),
                doctor("net.left").dependsOn("net.low").run(low),
                doctor("net.right").dependsOn("net.low").run(low),
                doctor("net.low").run(low));

        assertThat(reportOf(engine.run(DOCTOR)).status()).isEqualTo(Status.PASS);
        assertThat(high.runs()).isEqualTo(1);
        assertThat(low.runs()).isEqualTo(3);
    }

    @Test
    void aCycleIsAnErrorThatNamesThePath() {
        var builder = builder(
                doctor("a.one").dependsOn("a.two").run(low),
                doctor("a.two").dependsOn("a.three").run(low),
                doctor("a.three").dependsOn("a.one").run(low));

        assertThatThrownBy(builder::build).hasMessageContaining("a.one -> a.two -> a.three -> a.one");
    }

    @Test
    void anUndeclaredDependencyIsAnError() {
        var builder = builder(doctor("a.one").dependsOn("a.tow").run(low));

        assertThatThrownBy(builder::build).hasMessage("a.one depends on a.tow, which is not declared");
    }

    @Test
    void dependingOnAnIdMeansAllItsInstances() {
        var bad = StubCheck.answering(fail());
        var engine = built(
                doctor("disk.space").instance("STATE").run(low),
                doctor("disk.space").instance("ARTIFACTS").run(bad),
                doctor("a.writer").dependsOn("disk.space").run(high));

        var report = reportOf(engine.run(DOCTOR));

        assertThat(resultOf(report, "a.writer").rootCause()).hasToString("disk.space[ARTIFACTS]");
        assertThat(high.runs()).isZero();
    }

    @Test
    void aSkippedDependencyCountsAsSatisfied() {
        var engine = kept(builder(
                        doctor("a.dynamic").run(StubCheck.answering(Outcome.skipped("nothing to look at"))),
                        doctor("a.one").dependsOn("a.dynamic").run(low),
                        doctor("a.two").dependsOn("a.static").run(high))
                .skip(id("a.static"), "not configured", DOCTOR)
                .build());

        var report = reportOf(engine.run(DOCTOR));

        assertThat(report.summary().pass()).isEqualTo(2);
        assertThat(report.skipped())
                .extracting(skipped -> skipped.id() + ": " + skipped.why())
                .containsExactly("a.dynamic: nothing to look at", "a.static: not configured");
    }

    @Test
    void aWarningThatStopsDependentsMakesThemNotRun() {
        low.answer(Outcome.warn("only inside the network").stopsDependents());
        var engine = built(
                doctor("net.low").run(low),
                doctor("net.high").dependsOn("net.low").run(high));

        var report = reportOf(engine.run(DOCTOR));

        assertThat(resultOf(report, "net.high").reason()).isEqualTo(Reason.NOT_RUN);
        assertThat(report.status()).isEqualTo(Status.WARN);
    }

    @Test
    void checksJoinedByDependenciesShareOneTimerAndAreEvaluatedTogether() {
        ladder();
        seconds(3);

        assertThat(time.pendingTimers()).isEqualTo(1);
        assertThat(low.runs()).isEqualTo(high.runs()).isEqualTo(4);
    }

    @Test
    void aSlowMemberKeepsItsOwnIntervalAndTakesItsDependenciesAlong() {
        var slow = StubCheck.answering(pass());
        started(
                ladder("net.low").run(low),
                doctor("net.slow")
                        .dependsOn("net.low")
                        .every(Duration.ofSeconds(60))
                        .run(slow));
        seconds(60);

        assertThat(slow.runs()).isEqualTo(2);
        assertThat(low.runs()).isEqualTo(61);
    }

    @Test
    void aUnitHasOneStreakWhicheverMemberFails() {
        var engine = ladder();
        low.answer(fail());
        seconds(1);
        assertThat(statusOf(engine, "net.low")).as("one failure").isEqualTo(Status.PASS);

        low.answer(pass());
        high.answer(fail());
        seconds(0.25);

        assertThat(statusOf(engine, "net.high")).as("the second in a row").isEqualTo(Status.FAIL);
        assertThat(statusOf(engine, "net.low")).isEqualTo(Status.PASS);
    }

    @Test
    void whatOnlyTheDoctorLooksAtDoesNotCountForReadiness() {
        var thorough = StubCheck.answering(fail());
        var engine = started(
                ladder("net.low").in(READINESS, DOCTOR).run(low),
                doctor("net.thorough")
                        .dependsOn("net.low")
                        .every(Duration.ofSeconds(1))
                        .run(thorough));
        seconds(5);

        low.answer(fail());
        seconds(1);
        assertThat(statusOf(engine, "net.low")).as("one failure").isEqualTo(Status.PASS);
        low.answer(pass());
        seconds(1);

        assertThat(engine.history(id("net.low"))).as("its first result").hasSize(1);
    }

    @Test
    void whatAProbeAsksDoesNotWaitForWhatOnlyTheDoctorLooksAt() {
        var thorough = StubCheck.silent();
        var engine = started(
                ladder("net.low").in(READINESS, DOCTOR).run(low),
                doctor("net.thorough").dependsOn("net.low").run(thorough));

        assertThat(statusOf(engine, "net.low")).isEqualTo(Status.PASS);
        assertThat(resultOf(engine.snapshot(DOCTOR), "net.low").status()).isEqualTo(Status.PASS);
        assertThat(resultOf(engine.snapshot(DOCTOR), "net.thorough").reason()).isEqualTo(Reason.PENDING);

        thorough.complete(fail());

        assertThat(resultOf(engine.snapshot(DOCTOR), "net.thorough").message()).isEqualTo("bad");
        assertThat(engine.history(id("net.low"))).as("told once").hasSize(1);
    }

    @Test
    void aFailureSeenByAProbeCountsOnceWhenTheDoctorsPartIsSlow() {
        var thorough = StubCheck.answering(pass());
        var engine = started(
                ladder("net.low").in(READINESS, DOCTOR).run(low),
                ladder("net.high").in(READINESS, DOCTOR).run(high),
                doctor("net.thorough")
                        .dependsOn("net.low", "net.high")
                        .every(Duration.ofSeconds(1))
                        .run(thorough),
                doctor("net.aside")
                        .dependsOn("net.low")
                        .every(Duration.ofSeconds(1))
                        .timeout(Duration.ofMillis(100))
                        .run(thorough));
        thorough.beSilent();
        high.answer(fail());
        seconds(1);
        assertThat(statusOf(engine, "net.high")).as("one failure").isEqualTo(Status.PASS);

        seconds(0.1);
        assertThat(statusOf(engine, "net.high")).as("still one").isEqualTo(Status.PASS);

        seconds(0.25);
        assertThat(statusOf(engine, "net.high")).as("the second").isEqualTo(Status.FAIL);
    }

    @Test
    void aProbeThatDependsOnADoctorsCheckWaitsForIt() {
        var thorough = StubCheck.silent();
        var engine = started(
                doctor("net.thorough").run(thorough),
                readiness("net.high").dependsOn("net.thorough").run(high));

        assertThat(resultOf(engine.snapshot(READINESS), "net.high").reason()).isEqualTo(Reason.PENDING);
        thorough.complete(fail());

        assertThat(resultOf(engine.snapshot(READINESS), "net.high").rootCause()).isEqualTo(id("net.thorough"));
    }

    @Test
    void whileTheRootDoesNotCountAsFailedDependentsKeepWhatTheyWere() {
        var engine = ladder();
        low.answer(fail());
        seconds(1);
        assertThat(resultOf(engine.snapshot(READINESS), "net.high").message()).isEqualTo("good");

        seconds(0.25);

        assertThat(statusOf(engine, "net.low")).isEqualTo(Status.FAIL);
        assertThat(resultOf(engine.snapshot(READINESS), "net.high").reason()).isEqualTo(Reason.NOT_RUN);
    }

    @Test
    void whenTheRootRecoversWhatWasNotRunIsEvaluatedAtOnce() {
        var slow = StubCheck.answering(pass());
        var engine = started(
                ladder("net.low").run(low),
                doctor("net.slow")
                        .dependsOn("net.low")
                        .every(Duration.ofSeconds(60))
                        .run(slow));
        low.answer(fail());
        seconds(60);
        assertThat(slow.runs()).isEqualTo(1);
        assertThat(resultOf(engine.snapshot(DOCTOR), "net.slow").reason()).isEqualTo(Reason.NOT_RUN);

        low.answer(pass());
        seconds(0.25);

        assertThat(slow.runs()).isEqualTo(2);
        assertThat(resultOf(engine.snapshot(DOCTOR), "net.slow").status()).isEqualTo(Status.PASS);
    }

    @Test
    void anEvaluationThatLeavesAFailingMemberOutDoesNotEndItsStreak() {
        var slow = StubCheck.answering(pass());
        var engine = started(
                ladder("net.low").run(low),
                readiness("net.slow")
                        .dependsOn("net.low")
                        .every(Duration.ofSeconds(60))
                        .everyWhenFailing(Duration.ofSeconds(4))
                        .failureThreshold(2)
                        .run(slow));
        slow.answer(fail());
        seconds(60);
        assertThat(statusOf(engine, "net.slow")).isEqualTo(Status.PASS);

        seconds(4);

        assertThat(statusOf(engine, "net.slow")).isEqualTo(Status.FAIL);
    }

    @Test
    void sharedGivesOneAttemptToAllChecksOfAnEvaluationAndANewOneToTheNext() {
        var attempts = new AtomicInteger();
        var engine = started(
                readiness("net.low").run(context -> attempt(context, attempts)),
                readiness("net.high").dependsOn("net.low").run(context -> attempt(context, attempts)));
        assertThat(resultOf(engine.snapshot(READINESS), "net.high").message()).isEqualTo("attempt 1");

        seconds(1);

        assertThat(resultOf(engine.snapshot(READINESS), "net.low").message()).isEqualTo("attempt 2");
        assertThat(resultOf(engine.snapshot(READINESS), "net.high").message()).isEqualTo("attempt 2");
    }

    private static CompletionStage<Outcome> attempt(CheckContext context, AtomicInteger attempts) {
        return context.shared("attempt", () -> CompletableFuture.completedFuture(attempts.incrementAndGet()))
                .thenApply(number -> Outcome.pass("attempt " + number));
    }

    @Test
    void aCheckSeesTheResultOfWhatItDependsOn() {
        var engine = built(
                doctor("net.low").run(low),
                doctor("net.high")
                        .dependsOn("net.low")
                        .run(context -> CompletableFuture.completedFuture(Outcome.pass("below: "
                                + context.resultOf(id("net.low")).orElseThrow().message()))));

        assertThat(resultOf(reportOf(engine.run(DOCTOR)), "net.high").message()).isEqualTo("below: good");
    }
}
