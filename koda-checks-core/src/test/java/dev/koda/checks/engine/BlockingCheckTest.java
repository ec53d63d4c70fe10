package dev.koda.checks.engine;

import static dev.koda.checks.Suite.DOCTOR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Query;
import dev.koda.checks.Reason;
import dev.koda.checks.Report;
import dev.koda.checks.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real threads and virtual time: what a thread does is awaited, what a clock does is told. */
class BlockingCheckTest extends EngineFixture {
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger bodies = new AtomicInteger();

    @AfterEach
    void releaseThreads() {
        release.countDown();
    }

    private Outcome blockUninterruptibly(CountDownLatch started) {
        bodies.incrementAndGet();
        started.countDown();
        boolean isReleased = false;
        while (!isReleased) {
            try {
                isReleased = release.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException ignored) {
                // A hung mount ignores interruption too.
                LockSupport.parkNanos(1);
            }
        }
        return pass();
    }

    private static Report reportOfThreads(CompletionStage<Report> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void aBlockingBodyRunsOffTheCallersThread() throws Exception {
        var caller = Thread.currentThread();
        var engine = built(doctor("a.check").blocking(context -> {
            assertThat(Thread.currentThread()).isNotSameAs(caller);
            assertThat(Thread.currentThread().isDaemon()).isTrue();
            return Outcome.pass("off the loop");
        }));

        assertThat(only(reportOfThreads(engine.run(DOCTOR))).message()).isEqualTo("off the loop");
    }

    @Test
    void aThrowOfTheBodyIsAnError() throws Exception {
        var engine = built(doctor("a.check").blocking(context -> {
            throw new IOException("secret path");
        }));

        var result = only(reportOfThreads(engine.run(DOCTOR)));

        assertThat(result.reason()).isEqualTo(Reason.ERROR);
        assertThat(result.message()).doesNotContain("secret");
    }

    @Test
    void aBodyIsInterruptedAtItsTimeout() throws Exception {
        var started = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        var engine = built(doctor("a.check").timeout(Duration.ofSeconds(1)).blocking(context -> {
            started.countDown();
            try {
                release.await();
            } catch (InterruptedException expected) {
                interrupted.countDown();
            }
            return pass();
        }));
        var run = engine.run(DOCTOR);
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();

        seconds(1);

        assertThat(only(reportOfThreads(run)).reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aBodyThatIgnoresInterruptionStaysOccupiedAndNoSecondOneStarts() throws Exception {
        var started = new CountDownLatch(1);
        var engine = built(doctor("nfs.mount")
                .timeout(Duration.ofSeconds(1))
                .ttl(Duration.ofMillis(1))
                .blocking(context -> blockUninterruptibly(started)));
        var run = engine.run(DOCTOR);
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
        seconds(1);
        reportOfThreads(run);

        seconds(40);
        var later = only(reportOfThreads(engine.run(Query.of(DOCTOR).freshOnly())));

        assertThat(later.message()).isEqualTo("timeout (still running for 41 s)");
        assertThat(bodies).hasValue(1);
    }

    @Test
    void whatGetsNoThreadBeforeItsTimeoutIsRejected() throws Exception {
        var started = new CountDownLatch(BlockingPool.THREADS);
        var specs = new ArrayList<CheckSpec>();
        for (int i = 0; i < BlockingPool.THREADS + 1; i++) {
            specs.add(doctor("hung.check-" + i)
                    .timeout(Duration.ofSeconds(i < BlockingPool.THREADS ? 10 : 1))
                    .blocking(context -> blockUninterruptibly(started)));
        }
        var run = built(specs.toArray(CheckSpec[]::new)).run(DOCTOR);
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
        seconds(1);
        release.countDown();

        var last = resultOf(reportOfThreads(run), "hung.check-" + BlockingPool.THREADS);

        assertThat(last.reason()).isEqualTo(Reason.REJECTED);
        assertThat(last.message()).isEqualTo("no thread was free: all 8 threads for blocking checks are taken");
        assertThat(bodies).hasValue(BlockingPool.THREADS);
    }

    @Test
    void moreChecksThanThreadsTakeTurns() throws Exception {
        var specs = new ArrayList<CheckSpec>();
        for (int i = 0; i < 5 * BlockingPool.THREADS; i++) {
            specs.add(doctor("quick.check-" + i).blocking(context -> pass()));
        }

        var report = reportOfThreads(built(specs.toArray(CheckSpec[]::new)).run(DOCTOR));

        assertThat(report.status()).isEqualTo(Status.PASS);
    }

    @Test
    void oneCheckHasOneThread() throws Exception {
        var started = new CountDownLatch(1);
        var engine = built(doctor("greedy.check").run(context -> {
            var first = context.blocking(() -> blockUninterruptibly(started));
            var second = context.blocking(() -> pass());
            return second.thenCombine(first, (two, one) -> two);
        }));
        var run = engine.run(DOCTOR);
        assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
        release.countDown();

        var result = only(reportOfThreads(run));
        assertThat(result.reason()).isEqualTo(Reason.REJECTED);
        assertThat(result.message()).contains("while a body of it was still running");
    }
}
