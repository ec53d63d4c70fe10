package dev.koda.checks.engine;

import static dev.koda.checks.Suite.DOCTOR;
import static dev.koda.checks.Suite.READINESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Query;
import dev.koda.checks.Reason;
import dev.koda.checks.Redactor;
import dev.koda.checks.Service;
import dev.koda.checks.Status;
import dev.koda.checks.testing.StubCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EngineLifeTest extends EngineFixture {

    /** Asks for as much as a test says. */
    private static final class Recorder implements Flow.Subscriber<CheckEvent> {
        final List<CheckEvent> events = new ArrayList<>();
        Flow.@Nullable Subscription subscription;
        boolean isComplete;

        @Nullable
        Throwable error;

        void request(long count) {
            var current = subscription;
            assertThat(current).isNotNull();
            if (current != null) {
                current.request(count);
            }
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
        }

        @Override
        public void onNext(CheckEvent event) {
            events.add(event);
        }

        @Override
        public void onError(Throwable thrown) {
            error = thrown;
        }

        @Override
        public void onComplete() {
            isComplete = true;
        }
    }

    private Recorder subscribe(CheckEngine engine, long demand) {
        var recorder = new Recorder();
        engine.events().subscribe(recorder);
        recorder.request(demand);
        seconds(0);
        return recorder;
    }

    @Test
    void theSnapshotRunsNothingAndIsTheSameObjectUntilTheNextEvaluation() {
        var check = StubCheck.answering(pass());
        var engine = started(readiness("a.check").run(check));
        var first = engine.snapshot(READINESS);
        seconds(0.5);

        assertThat(engine.snapshot(READINESS)).isSameAs(first);
        assertThat(check.runs()).isEqualTo(1);
        seconds(0.5);
        assertThat(engine.snapshot(READINESS)).isNotSameAs(first);
        assertThat(engine.snapshot(READINESS).generatedAt()).isEqualTo(time.now());
    }

    @Test
    void aRegisteredCheckIsEvaluatedAtOnceAndItsHandleRemovesItAgain() {
        var engine = started(readiness("a.check").run(StubCheck.answering(pass())));
        var check = StubCheck.answering(fail());

        var handle = engine.register(readiness("b.check").run(check));
        seconds(0);
        assertThat(statusOf(engine, "b.check")).isEqualTo(Status.FAIL);
        assertThat(engine.checks(READINESS)).extracting(Object::toString).containsExactly("a.check", "b.check");

        handle.close();
        handle.close();
        seconds(10);
        assertThat(engine.checks(READINESS)).hasSize(1);
        assertThat(check.runs()).isEqualTo(1);
        assertThat(engine.snapshot(READINESS).status()).isEqualTo(Status.PASS);
    }

    @Test
    void anIdIsDeclaredOnce() {
        var engine = started(readiness("a.check").run(StubCheck.answering(pass())));

        assertThatThrownBy(() -> engine.register(readiness("a.check").run(StubCheck.answering(pass()))))
                .hasMessage("check a.check is declared twice");
        assertThat(engine.checks(READINESS)).hasSize(1);
    }

    @Test
    void aNewMemberJoinsItsUnitAndTakesOverTheStreak() {
        var low = StubCheck.answering(pass());
        var engine = started(readiness("net.low")
                .failureThreshold(2)
                .everyWhenFailing(Duration.ofSeconds(1))
                .run(low));
        low.answer(fail());
        seconds(1);

        engine.register(readiness("net.high").dependsOn("net.low").run(StubCheck.answering(pass())));
        seconds(1);

        assertThat(statusOf(engine, "net.low")).isEqualTo(Status.FAIL);
        assertThat(time.pendingTimers()).isEqualTo(1);
    }

    @Test
    void registrationsAndProbesFromManyThreadsLoseNothing() throws Exception {
        var engine = kept(CheckEngine.builder()
                .check(readiness("a.base").run(StubCheck.answering(pass())))
                .start());
        var threads = Executors.newFixedThreadPool(8);
        try {
            for (int i = 0; i < 200; i++) {
                int number = i;
                threads.execute(() -> {
                    var handle = engine.register(readiness("b.check-" + number).run(StubCheck.answering(pass())));
                    engine.snapshot(READINESS);
                    if (number % 2 == 0) {
                        handle.close();
                    }
                });
            }
            threads.shutdown();
            assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            threads.shutdownNow();
        }

        assertThat(engine.checks(READINESS)).hasSize(101);
        assertThat(engine.checks(READINESS).get(0)).isEqualTo(id("a.base"));
    }

    @Test
    void removingARunningCheckCancelsItWithoutALateEvent() {
        var check = StubCheck.silent();
        var engine = started(readiness("a.check").run(StubCheck.answering(pass())));
        var handle = engine.register(readiness("b.check").run(check));
        var recorder = subscribe(engine, Long.MAX_VALUE);
        var cancelled = new int[1];
        seconds(0);
        check.context().onCancel(() -> cancelled[0]++);
        recorder.events.clear();

        handle.close();
        check.complete(fail());
        seconds(5);

        assertThat(cancelled[0]).isEqualTo(1);
        assertThat(recorder.events).isEmpty();
    }

    @Test
    void closeCompletesJoinersWithCancelledAndEndsTheSchedules() {
        var check = StubCheck.silent();
        var engine =
                started(readiness("a.check").timeout(Duration.ofSeconds(60)).run(check));
        var joiner = engine.run(READINESS);
        var recorder = subscribe(engine, 1);

        engine.close();
        seconds(0);

        assertThat(only(reportOf(joiner)).reason()).isEqualTo(Reason.CANCELLED);
        assertThat(time.pendingTimers()).isZero();
        assertThat(recorder.isComplete).isTrue();
    }

    @Test
    void afterCloseNothingRunsAgain() {
        var check = StubCheck.answering(pass());
        var high = StubCheck.answering(pass());
        var engine = started(readiness("a.check").run(check));
        var handle = engine.register(readiness("b.check").dependsOn("a.check").run(high));
        seconds(0);
        int runs = check.runs();

        engine.close();
        handle.close();
        seconds(10);
        var report = reportOf(engine.run(Query.of(READINESS).freshOnly()));

        assertThat(only(report).reason()).isEqualTo(Reason.CANCELLED);
        assertThat(check.runs()).isEqualTo(runs);
        assertThat(time.pendingTimers()).isZero();
    }

    @Test
    void aCheckCanBeAddedWhenAnotherHasLostWhatItDependsOn() {
        var engine = started();
        var base = engine.register(readiness("a.base").run(StubCheck.answering(pass())));
        engine.register(readiness("b.dep").dependsOn("a.base").run(StubCheck.answering(pass())));
        base.close();

        engine.register(readiness("c.other").run(StubCheck.answering(pass())));

        assertThat(engine.checks(READINESS)).containsExactly(id("b.dep"), id("c.other"));
        assertThatThrownBy(() ->
                        engine.register(readiness("d.dep").dependsOn("a.base").run(StubCheck.answering(pass()))))
                .hasMessage("d.dep depends on a.base, which is not declared");
    }

    @Test
    void whatASubscriberHasNotAskedForGoesWithItsCheck() {
        var engine = started(readiness("a.check").run(StubCheck.answering(pass())));
        var handle = engine.register(readiness("b.check").run(StubCheck.answering(pass())));
        var recorder = subscribe(engine, 1);
        seconds(1);

        handle.close();
        recorder.request(10);
        seconds(1);

        assertThat(recorder.events).extracting(CheckEvent::id).containsOnly(id("a.check"));
    }

    @Test
    void drainFailsReadinessAtOnceAndNothingElse() {
        var engine = started(
                readiness("a.check").run(StubCheck.answering(pass())),
                doctor("b.check").run(StubCheck.answering(pass())));

        engine.drain();
        engine.drain();

        var report = engine.snapshot(READINESS);
        assertThat(report.status()).isEqualTo(Status.FAIL);
        assertThat(report.checks())
                .extracting(result -> result.id().name())
                .containsExactly("a.check", "runtime.draining");
        assertThat(resultOf(report, "runtime.draining").spec().unavailable()).isEqualTo("draining");
        seconds(5);
        assertThat(engine.snapshot(READINESS).status()).isEqualTo(Status.FAIL);
        assertThat(engine.snapshot(DOCTOR).status()).isEqualTo(Status.PASS);
        assertThat(reportOf(engine.run(DOCTOR)).status()).isEqualTo(Status.PASS);
        var asked = reportOf(engine.run(READINESS));
        assertThat(asked.status()).as("a run says what the snapshot says").isEqualTo(Status.FAIL);
        assertThat(resultOf(asked, "runtime.draining").reason()).isEqualTo(Reason.DRAINING);
    }

    @Test
    void aRecordedResultCountsAsIfItWereTakenHere() {
        var engine = started(readiness("a.check").every(Duration.ofMinutes(1)).run(StubCheck.answering(pass())));

        seconds(10);
        engine.record(id("a.check"), fail(), time.now().minusSeconds(7));

        var result = only(engine.snapshot(READINESS));
        assertThat(result.status()).isEqualTo(Status.FAIL);
        assertThat(result.age()).isEqualTo(Duration.ofSeconds(7));
        assertThat(only(reportOf(engine.run(READINESS))).status()).isEqualTo(Status.FAIL);
        assertThatThrownBy(() -> engine.record(id("no.check"), pass(), time.now()))
                .hasMessage("there is no check no.check");
    }

    @Test
    void aRecordedResultThatIsNotNewerThanTheLastCountsForNothing() {
        var engine = started(readiness("a.check")
                .every(Duration.ofMinutes(1))
                .successThreshold(2)
                .run(StubCheck.answering(fail())));
        seconds(1);
        var taken = time.now();
        engine.record(id("a.check"), pass(), taken);
        engine.record(id("a.check"), pass(), taken);
        engine.record(id("a.check"), pass(), taken.minusSeconds(1));

        assertThat(statusOf(engine, "a.check")).as("one success of two").isEqualTo(Status.FAIL);

        seconds(1);
        engine.record(id("a.check"), pass(), time.now());
        assertThat(statusOf(engine, "a.check")).isEqualTo(Status.PASS);
    }

    @Test
    void aSubscriberIsToldWhereEverythingStandsAndThenWhatChanges() {
        var check = StubCheck.answering(pass());
        var engine = started(readiness("a.check").run(check));
        var recorder = subscribe(engine, Long.MAX_VALUE);
        check.answer(fail());
        seconds(3);

        assertThat(recorder.events)
                .extracting(event -> event.before() + " to " + event.result().status())
                .containsExactly("null to PASS", "PASS to FAIL");
    }

    @Test
    void aSlowSubscriberMissesStepsAndNeverTheState() {
        var check = StubCheck.answering(pass());
        var engine = started(readiness("a.check").run(check));
        var recorder = subscribe(engine, 1);
        for (int i = 0; i < 100; i++) {
            check.answer(i % 2 == 0 ? fail() : pass());
            seconds(1);
        }
        check.answer(fail());
        seconds(1);
        assertThat(recorder.events).hasSize(1);

        recorder.request(10);
        seconds(0);

        assertThat(recorder.events).hasSize(2);
        assertThat(recorder.events.get(1).result().status()).isEqualTo(Status.FAIL);
        assertThat(engine.history(id("a.check"))).hasSize(History.KEPT);
    }

    @Test
    void aRequestThatIsNotPositiveIsAnError() {
        var recorder = subscribe(started(readiness("a.check").run(StubCheck.answering(pass()))), -1);

        assertThat(recorder.error).hasMessage("request must be positive, not -1");
    }

    @Test
    void messagesAndHintsAreRedactedAndPutOnOneLine() {
        var engine = kept(builder(doctor("a.check")
                        .run(StubCheck.answering(
                                Outcome.fail("password hunter22\nis\twrong").hint("not aHVudGVyMjI="))))
                .redactor(Redactor.of(() -> Set.of("hunter22")))
                .service(new Service("orders", "1.2", "test"))
                .build());

        var report = reportOf(engine.run(DOCTOR));

        assertThat(only(report).message()).isEqualTo("password [REDACTED] is wrong");
        assertThat(only(report).outcome().hint()).isEqualTo("not [REDACTED]");
        assertThat(report.service().name()).isEqualTo("orders");
    }

    @Test
    void theReasonOfASkippedCheckIsRedactedToo() {
        var engine = kept(builder(doctor("a.check").run(StubCheck.answering(pass())))
                .redactor(Redactor.of(() -> Set.of("hunter2hunter2")))
                .skip(id("b.check"), "no host in x://hunter2hunter2/", DOCTOR)
                .build());

        var skipped = reportOf(engine.run(DOCTOR)).skipped();

        assertThat(skipped).hasSize(1);
        assertThat(skipped.get(0).why()).isEqualTo("no host in x://[REDACTED]/");
    }

    @Test
    void aCommandInWhichASecretIsFoundIsNotOffered() {
        var engine = kept(builder(
                        doctor("a.check")
                                .command("curl http://hunter2hunter2@a/")
                                .run(StubCheck.answering(pass())),
                        doctor("b.check").command("curl http://b/").run(StubCheck.answering(pass())))
                .redactor(Redactor.of(() -> Set.of("hunter2hunter2")))
                .build());

        assertThat(reportOf(engine.run(DOCTOR)).checks())
                .extracting(result -> result.spec().command())
                .containsExactly(null, "curl http://b/");
    }

    @Test
    void aTextThatCouldNotBeLookedAtIsNotShown() {
        var engine = kept(builder(doctor("a.check").run(StubCheck.answering(Outcome.fail("password hunter2hunter2"))))
                .redactor(Redactor.of(() -> {
                    throw new IllegalStateException("the store of secrets is gone");
                }))
                .build());

        var result = only(reportOf(engine.run(DOCTOR)));

        assertThat(result.status()).isEqualTo(Status.FAIL);
        assertThat(result.message()).isEqualTo("(a text is not shown: looking for secrets in it failed)");
    }

    @Test
    void aMessageIsLookedAtAgainOnlyWhenItDiffersFromTheLast() {
        var lookups = new int[1];
        var check = StubCheck.answering(pass());
        kept(builder(readiness("a.check").run(check))
                .redactor(Redactor.of(() -> {
                    lookups[0]++;
                    return Set.of();
                }))
                .start());
        seconds(100);
        int before = lookups[0];
        check.answer(Outcome.pass("another"));
        seconds(100);

        assertThat(before).isEqualTo(1);
        assertThat(lookups[0]).isEqualTo(2);
    }

    @Test
    void withoutSchedulesTheSnapshotIsPending() {
        var engine = built(CheckSpec.of("a.check").in(READINESS).run(StubCheck.answering(pass())));
        reportOf(engine.run(READINESS));

        assertThat(only(engine.snapshot(READINESS)).reason()).isEqualTo(Reason.PENDING);
    }
}
