package dev.koda.checks.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckResult;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.TimeSource;
import dev.koda.checks.testing.EngineRun;
import dev.koda.checks.testing.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class EventLoopLagTest {
    /** A loop that can be stopped: its timers wait while the clock goes on. */
    private static final class StoppableLoop implements TimeSource {
        private final VirtualTime timers = new VirtualTime();
        private Duration ahead = Duration.ZERO;

        @Override
        public long nanos() {
            return timers.nanos() + ahead.toNanos();
        }

        @Override
        public Instant now() {
            return timers.now().plus(ahead);
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            return timers.schedule(delay, task);
        }

        @Override
        public Executor executor() {
            return timers.executor();
        }

        void turn(Duration duration) {
            timers.advance(duration);
        }

        void hang(Duration duration) {
            ahead = ahead.plus(duration);
        }
    }

    private final StoppableLoop loop = new StoppableLoop();
    private final EventLoopLag lag = EventLoopLag.start(loop);

    @Test
    void passesUpToTwoHundredMillisecondsAndWarnsAbove() {
        loop.turn(Duration.ofSeconds(1));
        loop.hang(Duration.ofMillis(200));
        loop.turn(Duration.ofMillis(100));
        assertThat(result().status()).isEqualTo(Status.PASS);
        assertThat(result().message()).isEqualTo("the event loop was at most 200 ms late, limit 200 ms");

        loop.hang(Duration.ofMillis(201));
        loop.turn(Duration.ofMillis(100));
        assertThat(result().status()).isEqualTo(Status.WARN);
        assertThat(result().reason()).isEqualTo(new Reason("event_loop_late"));
    }

    @Test
    void remembersALagLongEnoughForACheckEveryTenSeconds() {
        loop.hang(Duration.ofSeconds(1));
        loop.turn(Duration.ofMillis(9900));
        assertThat(lag.worst()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));

        loop.turn(Duration.ofSeconds(21));
        assertThat(lag.worst()).isZero();
    }

    @Test
    void noticesALoopThatHangsWithoutItsHelp() {
        loop.turn(Duration.ofSeconds(1));
        loop.hang(Duration.ofSeconds(10));
        assertThat(result().status()).isEqualTo(Status.WARN);

        loop.hang(Duration.ofMillis(1));
        assertThat(result().status()).isEqualTo(Status.FAIL);
        assertThat(result().reason()).isEqualTo(new Reason("event_loop_stuck"));
        assertThat(result().message()).isEqualTo("the event loop has not turned for 10 s, limit 10 s");

        loop.turn(Duration.ofMillis(100));
        assertThat(result().status()).isEqualTo(Status.WARN);
    }

    @Test
    void releasesItsTimerWhenItIsClosed() {
        assertThat(loop.timers.pendingTimers()).isOne();

        lag.close();

        assertThat(loop.timers.pendingTimers()).isZero();
        loop.turn(Duration.ofSeconds(1));
        assertThat(loop.timers.pendingTimers()).isZero();
    }

    private CheckResult result() {
        var spec = RuntimeChecks.inProcess(RuntimeGate.closed(), Loops.of(loop), lag)
                .get(2);
        return EngineRun.result(spec);
    }
}
