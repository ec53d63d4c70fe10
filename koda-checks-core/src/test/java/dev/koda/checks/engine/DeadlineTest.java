package dev.koda.checks.engine;

import static dev.koda.checks.Suite.DOCTOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Query;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.testing.Rounds;
import dev.koda.checks.testing.StubCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadlineTest extends EngineFixture {

    @Test
    void concurrentTimeoutsNeverSum() {
        var specs = new ArrayList<CheckSpec>();
        for (int i = 0; i < 10; i++) {
            specs.add(doctor("hung.check-" + i).timeout(Duration.ofSeconds(2)).run(StubCheck.silent()));
        }
        var run = built(specs.toArray(CheckSpec[]::new)).run(DOCTOR);

        seconds(2);

        assertThat(reportOf(run).took()).isEqualTo(Duration.ofSeconds(2));
        assertThat(reportOf(run).checks()).allMatch(result -> Reason.TIMEOUT.equals(result.reason()));
    }

    @Test
    void onExpiryAPartialReportNamesTheLateOnes() {
        var late = StubCheck.silent();
        var engine = built(
                doctor("quick.check").run(StubCheck.answering(pass())),
                doctor("late.check").timeout(Duration.ofSeconds(60)).run(late),
                doctor("waiting.check").dependsOn("late.check").run(StubCheck.answering(pass())));

        var run = engine.run(Query.of(DOCTOR).deadline(Duration.ofMillis(800)));
        // as late as on a machine with much to do
        time.advance(Duration.ofMillis(1400));
        var report = reportOf(run);

        assertThat(report.checks())
                .extracting(result -> result.id().name())
                .containsExactly("quick.check", "late.check", "waiting.check");
        assertThat(resultOf(report, "quick.check").status()).isEqualTo(Status.PASS);
        assertThat(resultOf(report, "late.check").message())
                .isEqualTo("no answer within the report's deadline of 800 ms");
        assertThat(resultOf(report, "late.check").outcome().hint()).contains("--timeout");
        assertThat(resultOf(report, "waiting.check").rootCause()).isEqualTo(id("late.check"));
        assertThat(late.context().remaining()).as("the check itself goes on").isPositive();
    }

    @Test
    void twentyThousandRunsLeaveNoTimer() {
        var later = StubCheck.silent();
        var specs = new ArrayList<CheckSpec>();
        specs.add(doctor("later.check")
                .timeout(Duration.ofSeconds(60))
                .ttl(Duration.ofNanos(1))
                .run(later));
        for (int i = 0; i < 10; i++) {
            specs.add(doctor("instant.check-" + i)
                    .timeout(Duration.ofSeconds(60))
                    .ttl(Duration.ofNanos(1))
                    .run(StubCheck.answering(pass())));
        }
        var engine = built(specs.toArray(CheckSpec[]::new));
        int runs = Rounds.of(20_000, 1_000_000);
        for (int i = 0; i < runs; i++) {
            var run = engine.run(Query.of(DOCTOR).deadline(Duration.ofSeconds(60)));
            later.complete(pass());
            reportOf(run);
            time.advance(Duration.ofNanos(10));
        }

        assertThat(time.pendingTimers()).isZero();
    }

    @Test
    void theTimerOfACheckThatAnswersLaterIsReleasedToo() {
        var check = StubCheck.silent();
        var engine = built(doctor("a.check").run(check));
        var run = engine.run(Query.of(DOCTOR).deadline(Duration.ofSeconds(1)));
        assertThat(time.pendingTimers()).isEqualTo(2);

        check.complete(pass());

        reportOf(run);
        assertThat(time.pendingTimers()).isZero();
    }

    @Test
    void aCheckKnowsWhatIsLeftAndItsOwnLimitBeatsTheEngines() {
        var check = StubCheck.silent();
        built(doctor("a.check").timeout(Duration.ofSeconds(2)).run(check)).run(DOCTOR);
        time.advance(Duration.ofMillis(500));

        var context = check.context();

        assertThat(context.remaining()).isEqualTo(Duration.ofMillis(1500));
        assertThat(context.ioTimeout()).isEqualTo(Duration.ofMillis(1400));
        assertThat(context.deadline()).isEqualTo(time.now().plusMillis(1500));
        seconds(5);
        assertThat(context.remaining()).isZero();
        assertThat(List.of(context.ioTimeout())).containsExactly(Duration.ZERO);
    }
}
