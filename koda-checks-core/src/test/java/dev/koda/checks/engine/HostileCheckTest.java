package dev.koda.checks.engine;

import static dev.koda.checks.Suite.DOCTOR;
import static dev.koda.checks.Suite.READINESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.CheckId;
import dev.koda.checks.CheckResult;
import dev.koda.checks.Outcome;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.testing.StubCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HostileCheckTest extends EngineFixture {

    /** A stage of somebody else's making, which calls back as often as it likes. */
    private static final class OddStage extends CompletableFuture<Outcome> {
        private final int calls;

        OddStage(int calls) {
            this.calls = calls;
        }

        @Override
        public CompletableFuture<Outcome> whenComplete(BiConsumer<? super Outcome, ? super Throwable> action) {
            if (calls == 0) {
                throw new IllegalStateException("no callbacks here");
            }
            for (int i = 0; i < calls; i++) {
                action.accept(i == 0 ? pass() : fail(), null);
            }
            return this;
        }
    }

    static Stream<Arguments> hostileChecks() {
        return Stream.of(
                hostile("throws", Reason.ERROR, context -> {
                    throw new IllegalStateException("secret");
                }),
                hostile("throws an Error", Reason.ERROR, context -> {
                    throw new NoClassDefFoundError("secret");
                }),
                hostile("overflows the stack", Reason.ERROR, HostileCheckTest::overflow),
                hostile("returns null", Reason.INVALID_OUTCOME, context -> nothing()),
                hostile(
                        "answers null",
                        Reason.INVALID_OUTCOME,
                        context -> CompletableFuture.completedFuture(nothing())),
                hostile("fails", Reason.ERROR, context -> CompletableFuture.failedFuture(new AssertionError("secret"))),
                hostile("is cancelled", Reason.ERROR, context -> {
                    var future = new CompletableFuture<Outcome>();
                    future.cancel(true);
                    return future;
                }),
                hostile("refuses callbacks", Reason.ERROR, context -> new OddStage(0)),
                hostile(
                        "has a blank message",
                        Reason.ERROR,
                        context -> CompletableFuture.completedFuture(Outcome.pass(" "))),
                hostile("hangs", Reason.TIMEOUT, context -> new CompletableFuture<>()));
    }

    private static Arguments hostile(String what, Reason reason, Check check) {
        return Arguments.of(what, reason, check);
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // what a hostile check does
    private static <T> T nothing() {
        return (T) null;
    }

    @SuppressWarnings("InfiniteRecursion")
    private static CompletionStage<Outcome> overflow(CheckContext context) {
        return overflow(context);
    }

    @ParameterizedTest(name = "a check that {0} is {1}")
    @MethodSource("hostileChecks")
    void eachWayOfGoingWrongIsAResultAndHarmsNobody(String what, Reason reason, Check check) {
        var engine = started(
                readiness("hostile.check").timeout(Duration.ofMillis(500)).run(check),
                readiness("good.check").run(StubCheck.answering(pass())));
        seconds(3);

        var result = resultOf(engine.snapshot(READINESS), "hostile.check");
        assertThat(result.status()).isEqualTo(Status.FAIL);
        assertThat(result.reason()).isEqualTo(reason);
        assertThat(result.message()).doesNotContain("secret");
        assertThat(statusOf(engine, "good.check")).isEqualTo(Status.PASS);
        assertThat(time.pendingTimers()).isEqualTo(2);
    }

    @Test
    void theFirstOfSeveralCompletionsCounts() {
        var engine = built(doctor("odd.check").run(context -> new OddStage(3)));

        assertThat(only(reportOf(engine.run(DOCTOR))).status()).isEqualTo(Status.PASS);
    }

    @Test
    void aStageThatDoesNotSayWhetherItIsDoneIsAskedForItsAnswer() {
        var engine = built(doctor("shy.check").run(context -> CompletableFuture.completedStage(pass())));

        assertThat(only(reportOf(engine.run(DOCTOR))).status()).isEqualTo(Status.PASS);
    }

    @Test
    void aCompletionAfterTheTimeoutChangesNothing() {
        var late = StubCheck.silent();
        var engine = built(doctor("late.check").timeout(Duration.ofSeconds(1)).run(late));
        var run = engine.run(DOCTOR);
        seconds(1);
        var before = only(reportOf(run));

        late.complete(pass());

        assertThat(only(reportOf(engine.run(DOCTOR))).startedAt()).isEqualTo(before.startedAt());
        assertThat(only(reportOf(engine.run(DOCTOR))).reason()).isEqualTo(Reason.TIMEOUT);
    }

    @Test
    void anAnswerThatBlockedItsThreadForLongerThanTheTimeoutIsATimeout() {
        var engine =
                built(doctor("blocking.check").timeout(Duration.ofSeconds(1)).run(context -> {
                    seconds(3);
                    return CompletableFuture.completedFuture(pass());
                }));

        var result = only(reportOf(engine.run(DOCTOR)));

        assertThat(result.reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(result.message()).isEqualTo("no answer within 1 s, it came after 3 s");
    }

    @Test
    void aThrowingListenerHarmsNobodyAndTheOthersStillHear() {
        var heard = new ArrayList<String>();
        var engine = kept(builder(readiness("a.check").run(StubCheck.answering(fail())))
                .listener(new CheckListener() {
                    @Override
                    public void onStart(CheckId id) {
                        throw new NoClassDefFoundError("listener");
                    }

                    @Override
                    public void onEnd(CheckId id, @Nullable Status status, @Nullable Reason reason, long tookNanos) {
                        throw new IllegalStateException("listener");
                    }

                    @Override
                    public void onChange(CheckId id, @Nullable Status before, Status after) {
                        throw new IllegalStateException("listener");
                    }
                })
                .listener(new CheckListener() {
                    @Override
                    public void onStart(CheckId id) {
                        heard.add("start");
                    }

                    @Override
                    public void onEnd(CheckId id, @Nullable Status status, @Nullable Reason reason, long tookNanos) {
                        heard.add("end " + status);
                    }

                    @Override
                    public void onChange(CheckId id, @Nullable Status before, Status after) {
                        heard.add("change " + before + " " + after);
                    }
                })
                .start());
        seconds(1);

        assertThat(heard).containsExactly("start", "end FAIL", "change null FAIL", "start", "end FAIL");
        assertThat(engine.snapshot(READINESS).status()).isEqualTo(Status.FAIL);
    }

    @Test
    void aListenerMayAskTheEngineWithoutADeadlock() {
        var seen = new ArrayList<Status>();
        var engine = new CheckEngine[1];
        engine[0] = kept(builder(readiness("a.check").run(StubCheck.answering(pass())))
                .listener(new CheckListener() {
                    @Override
                    public void onChange(CheckId id, @Nullable Status before, Status after) {
                        seen.add(engine[0].snapshot(READINESS).status());
                        seen.add(reportOf(engine[0].run(READINESS)).status());
                    }
                })
                .start());
        seconds(0);

        assertThat(seen).containsExactly(Status.PASS, Status.PASS);
    }

    @Test
    void aThrowableReachesTheListenerAndNeverTheReport() {
        var thrown = new ArrayList<Throwable>();
        var engine = kept(builder(doctor("a.check").run(context -> {
                    throw new IllegalStateException("jdbc:postgresql://u:s3cret@db/app");
                }))
                .listener(new CheckListener() {
                    @Override
                    public void onThrow(CheckId id, Throwable cause) {
                        thrown.add(cause);
                    }
                })
                .build());

        CheckResult result = only(reportOf(engine.run(DOCTOR)));

        assertThat(result.message()).isEqualTo("the check ended with an error (IllegalStateException)");
        assertThat(thrown).hasSize(1).first().isInstanceOf(IllegalStateException.class);
    }
}
