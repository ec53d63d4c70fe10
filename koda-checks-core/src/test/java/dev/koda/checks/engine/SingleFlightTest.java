package dev.koda.checks.engine;

import static dev.koda.checks.Suite.DOCTOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Outcome;
import dev.koda.checks.Query;
import dev.koda.checks.Reason;
import dev.koda.checks.Report;
import dev.koda.checks.Status;
import dev.koda.checks.testing.StubCheck;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SingleFlightTest extends EngineFixture {

    @Test
    void oneThousandConcurrentCallersOfOneSlowCheckCauseOneExecution() throws Exception {
        var slow = StubCheck.silent();
        var engine = built(doctor("slow.check").timeout(Duration.ofSeconds(5)).run(slow));
        var threads = Executors.newFixedThreadPool(16);
        try {
            var begin = new CountDownLatch(1);
            var reports = new ConcurrentLinkedQueue<CompletableFuture<Report>>();
            var called = new CountDownLatch(1000);
            for (int i = 0; i < 1000; i++) {
                threads.execute(() -> {
                    awaitQuietly(begin);
                    reports.add(engine.run(DOCTOR).toCompletableFuture());
                    called.countDown();
                });
            }
            begin.countDown();
            awaitQuietly(called);
            assertThat(reports).hasSize(1000);

            slow.complete(pass());

            assertThat(reports)
                    .allSatisfy(report -> assertThat(
                                    only(report.get(5, TimeUnit.SECONDS)).status())
                            .isEqualTo(Status.PASS));
            assertThat(slow.runs()).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aStormOfRealThreadsOnAnInstantCheckLosesNoReport() throws Exception {
        var check = StubCheck.answering(pass());
        var engine = built(doctor("instant.check").ttl(Duration.ofNanos(1)).run(check));
        var threads = Executors.newFixedThreadPool(8);
        try {
            var runs = IntStream.range(0, 20_000)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> engine.run(DOCTOR), threads)
                            .thenCompose(stage -> stage))
                    .toList();

            for (var run : runs) {
                assertThat(only(run.get(10, TimeUnit.SECONDS)).status()).isEqualTo(Status.PASS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aJoinersOwnDeadlineEndsHisWaitAndNobodyElses() {
        var slow = StubCheck.silent();
        var engine = built(doctor("slow.check").timeout(Duration.ofSeconds(5)).run(slow));
        var patient = engine.run(DOCTOR);
        var hasty = engine.run(Query.of(DOCTOR).deadline(Duration.ofMillis(50)));

        time.advance(Duration.ofMillis(50));

        assertThat(only(reportOf(hasty)).reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(patient.toCompletableFuture()).isNotDone();
        slow.complete(pass());
        assertThat(only(reportOf(patient)).status()).isEqualTo(Status.PASS);
        assertThat(slow.runs()).isEqualTo(1);
    }

    @Test
    void aTimedOutCheckWithoutCancellationStaysOccupiedUntilItsStageCompletes() {
        var hung = StubCheck.silent();
        var engine = built(doctor("hung.check")
                .timeout(Duration.ofSeconds(2))
                .ttl(Duration.ofMillis(1))
                .run(hung));
        var first = engine.run(Query.of(DOCTOR).freshOnly());
        seconds(2);
        assertThat(only(reportOf(first)).message()).isEqualTo("no answer within 2 s");

        seconds(39);
        var second = only(reportOf(engine.run(Query.of(DOCTOR).freshOnly())));

        assertThat(second.message()).isEqualTo("timeout (still running for 41 s)");
        assertThat(second.reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(hung.runs()).isEqualTo(1);

        hung.complete(pass());
        var third = engine.run(Query.of(DOCTOR).freshOnly());
        hung.complete(pass());
        assertThat(only(reportOf(third)).status()).isEqualTo(Status.PASS);
        assertThat(hung.runs()).isEqualTo(2);
    }

    @Test
    void aTimedOutCheckIsFreeAgainWhenItsCancelActionsHaveReturned() {
        var hung = StubCheck.silent();
        var cancelled = new int[1];
        var engine = built(doctor("hung.check").ttl(Duration.ofMillis(1)).run(context -> {
            context.onCancel(() -> cancelled[0]++);
            return hung.run(context);
        }));
        var first = engine.run(DOCTOR);
        seconds(2);
        assertThat(only(reportOf(first)).reason()).isEqualTo(Reason.TIMEOUT);
        seconds(0.01);

        engine.run(Query.of(DOCTOR).freshOnly());

        assertThat(cancelled[0]).isEqualTo(1);
        assertThat(hung.runs()).isEqualTo(2);
    }

    @Test
    void aThrowingCancelActionDoesNotFreeTheCheck() {
        var hung = StubCheck.silent();
        var engine = built(doctor("hung.check").ttl(Duration.ofMillis(1)).run(context -> {
            context.onCancel(() -> {
                throw new IllegalStateException("cannot cancel");
            });
            return hung.run(context);
        }));
        var first = engine.run(DOCTOR);
        seconds(3);
        reportOf(first);

        var second = only(reportOf(engine.run(Query.of(DOCTOR).freshOnly())));

        assertThat(second.message()).startsWith("timeout (still running for");
        assertThat(hung.runs()).isEqualTo(1);
    }

    @Test
    void theReportOfAReEntrantCallArrives() {
        var engine = new CheckEngine[1];
        engine[0] = built(
                doctor("plain.check").run(StubCheck.answering(pass())),
                doctor("nested.check")
                        .run(context -> engine[0]
                                .run(Query.of(DOCTOR).only(List.of("plain.check")))
                                .thenApply(Report::message)
                                .thenApply(Outcome::pass)));

        var report = reportOf(engine[0].run(DOCTOR));

        assertThat(resultOf(report, "nested.check").message()).isEqualTo("the check passes");
    }

    @Test
    void aCheckThatRunsItsOwnSuiteTimesOutInsteadOfHanging() {
        var engine = new CheckEngine[1];
        engine[0] = built(
                doctor("nested.check").run(context -> engine[0].run(DOCTOR).thenApply(report -> pass())));

        var report = engine[0].run(DOCTOR);
        seconds(2);

        assertThat(only(reportOf(report)).reason()).isEqualTo(Reason.TIMEOUT);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
