package dev.koda.checks.engine;

import static dev.koda.checks.Suite.READINESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.testing.Rounds;
import dev.koda.checks.testing.StubCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class ScheduleTest extends EngineFixture {
    private final List<Instant> starts = new ArrayList<>();

    private CompletionStage<Outcome> recording(CheckContext context) {
        starts.add(time.now());
        return CompletableFuture.completedFuture(pass());
    }

    @Test
    void theFirstEvaluationIsAtOnceAndTheOthersAreStartToStart() {
        started(readiness("a.check").run(this::recording));
        seconds(3.5);

        assertThat(starts).hasSize(4);
        assertThat(Duration.between(starts.get(0), starts.get(3))).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void whatAProbeAsksIsStartedFirst() {
        var order = new ArrayList<String>();
        started(
                doctor("a.check").run(context -> inOrder(order, "doctor")),
                readiness("b.check").run(context -> inOrder(order, "readiness")));

        assertThat(order).containsExactly("readiness", "doctor");
    }

    private static CompletionStage<Outcome> inOrder(List<String> order, String name) {
        order.add(name);
        return CompletableFuture.completedFuture(pass());
    }

    @Test
    void schedulesBeginWhenToldToAndOnlyOnce() {
        var engine = built(readiness("a.check").run(this::recording));
        seconds(3);
        assertThat(starts).isEmpty();

        engine.schedule();
        engine.schedule();
        seconds(1.5);

        assertThat(starts).hasSize(2);
    }

    @Test
    void aClosedEngineBeginsNoSchedule() {
        var engine = built(readiness("a.check").run(this::recording));
        engine.close();

        engine.schedule();
        seconds(1.5);

        assertThat(starts).isEmpty();
    }

    @Test
    void theDefaultIntervalIsTenSecondsInReadinessAndSixtyForTheDoctorAlone() {
        var ready = StubCheck.answering(pass());
        var thorough = StubCheck.answering(pass());
        started(
                CheckSpec.of("a.ready").in(READINESS).run(ready),
                doctor("a.doctor").run(thorough));
        seconds(60);

        assertThat(ready.runs()).isEqualTo(7);
        assertThat(thorough.runs()).isEqualTo(2);
    }

    @Test
    void jitterStaysWithinTenPercentAndSpreadsTheStartsOfAHundredEngines() {
        var random = new Random(42);
        var seconds = new HashSet<Long>();
        for (int i = 0; i < 100; i++) {
            kept(CheckEngine.builder()
                    .time(time)
                    .random(random::nextDouble)
                    .check(readiness("a.check").every(Duration.ofSeconds(10)).run(this::recording))
                    .start());
        }
        time.advance(Duration.ZERO);
        starts.clear();
        seconds(12);

        assertThat(starts).hasSize(100);
        for (var start : starts) {
            long millis = Duration.between(Instant.parse("2026-01-01T00:00:00Z"), start)
                    .toMillis();
            assertThat(millis).isBetween(10_000L, 11_000L);
            seconds.add(millis / 100);
        }
        assertThat(seconds).as("tenths of a second in use").hasSizeGreaterThanOrEqualTo(9);
    }

    @Test
    void anEvaluationThatOutlastsItsIntervalNeverOverlaps() {
        var slow = StubCheck.silent();
        started(readiness("slow.check").timeout(Duration.ofSeconds(30)).run(slow));
        seconds(10);
        assertThat(slow.runs()).isEqualTo(1);

        slow.complete(pass());
        seconds(0);

        assertThat(slow.runs())
                .as("the next starts at once, its time has passed")
                .isEqualTo(2);
    }

    @Test
    void fromTheFirstRawFailTheShorterIntervalAppliesWithoutJitter() {
        var check = StubCheck.answering(fail());
        kept(builder(readiness("a.check")
                        .every(Duration.ofSeconds(10))
                        .everyWhenFailing(Duration.ofMillis(250))
                        .failureThreshold(3)
                        .run(check))
                .random(() -> 1)
                .start());
        seconds(0.5);
        assertThat(check.runs()).isEqualTo(3);

        check.answer(pass());
        seconds(0.25);
        assertThat(check.runs()).isEqualTo(4);
        seconds(10.9);
        assertThat(check.runs()).as("back to 10 s and 10 % jitter").isEqualTo(4);
        seconds(0.2);
        assertThat(check.runs()).isEqualTo(5);
    }

    @Test
    void theIntervalWhenFailingIsFourSecondsAtTheMost() {
        var slow = doctor("a.check").run(StubCheck.silent());
        var quick = readiness("a.check").run(StubCheck.silent());

        assertThat(slow.everyWhenFailing()).isEqualTo(Duration.ofSeconds(4));
        assertThat(quick.everyWhenFailing()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aScheduledEvaluationExecutesWhateverTheTtl() {
        var check = StubCheck.answering(pass());
        started(readiness("a.check").ttl(Duration.ofHours(1)).run(check));
        seconds(5);

        assertThat(check.runs()).isEqualTo(6);
    }

    @Test
    void whatIsBeingEvaluatedIsNotStaleBeforeItsTimeout() {
        var hung = started(readiness("a.check").timeout(Duration.ofSeconds(10)).run(onlyOnce()));
        seconds(10.9);
        assertThat(only(hung.snapshot(READINESS)).message()).isEqualTo("good");

        seconds(0.1);
        assertThat(only(hung.snapshot(READINESS)).reason())
                .as("its time-out comes first")
                .isEqualTo(Reason.TIMEOUT);
    }

    @Test
    void aFrozenScheduleAgesIntoStaleAndNeverPassesForEver() {
        var engine =
                kept(builder(readiness("a.check").timeout(Duration.ofSeconds(1)).run(StubCheck.answering(pass())))
                        .start());
        time.advance(Duration.ZERO);
        engine.close();
        seconds(3.9);
        assertThat(statusOf(engine, "a.check")).isEqualTo(Status.PASS);

        seconds(0.2);

        var result = resultOf(engine.snapshot(READINESS), "a.check");
        assertThat(result.status()).isEqualTo(Status.FAIL);
        assertThat(result.reason()).isEqualTo(Reason.STALE);
        assertThat(result.message()).isEqualTo("no result for 4 s, the last one was pass");
        assertThat(result.age()).isEqualTo(Duration.ofMillis(4100));
    }

    @Test
    void anErrorInAnEvaluationDoesNotEndTheSchedule() {
        var runs = new int[1];
        var engine = started(readiness("a.check").run(context -> {
            if (runs[0]++ < 3) {
                throw new NoClassDefFoundError("missing");
            }
            return CompletableFuture.completedFuture(pass());
        }));
        seconds(10);

        assertThat(statusOf(engine, "a.check")).isEqualTo(Status.PASS);
    }

    @Test
    void theWallClockMayJumpWithoutChangingIntervalsOrAges() {
        var check = StubCheck.answering(pass());
        var engine = started(readiness("a.check").run(check));
        time.jumpWallClock(Duration.ofHours(1));
        seconds(1);
        time.jumpWallClock(Duration.ofHours(-2));
        seconds(1);

        assertThat(check.runs()).isEqualTo(3);
        assertThat(statusOf(engine, "a.check")).isEqualTo(Status.PASS);
        assertThat(engine.snapshot(READINESS).generatedAt()).isEqualTo(Instant.parse("2025-12-31T23:00:02Z"));
    }

    @Test
    void daysOfFiftyChecksLeaveOneTimerForEachAndABoundedHistory() {
        int days = Rounds.of(4, 30);
        var flapping = new ArrayList<StubCheck>();
        var specs = new ArrayList<CheckSpec>();
        for (int i = 0; i < 50; i++) {
            var check = StubCheck.answering(pass());
            flapping.add(check);
            specs.add(doctor("soak.check-" + i).every(Duration.ofMinutes(10)).run(check));
        }
        var engine = kept(CheckEngine.builder().time(time).checks(specs).start());
        for (int day = 0; day < days; day++) {
            boolean isBad = day % 2 == 1;
            flapping.forEach(check -> check.answer(isBad ? fail() : pass()));
            time.advance(Duration.ofHours(12));
            flapping.forEach(check -> check.answer(pass()));
            time.advance(Duration.ofHours(12));
        }

        assertThat(time.pendingTimers()).isEqualTo(50);
        assertThat(engine.history(id("soak.check-7"))).hasSize(days + 1);
        assertThat(engine.snapshot(Suite.DOCTOR).status()).isEqualTo(Status.PASS);
    }

    private static Check onlyOnce() {
        var isFirst = new boolean[] {true};
        return context -> {
            var answer = isFirst[0] ? CompletableFuture.completedFuture(pass()) : new CompletableFuture<Outcome>();
            isFirst[0] = false;
            return answer;
        };
    }
}
