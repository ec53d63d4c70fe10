package dev.koda.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SystemTimeTest {
    private final TimeSource time = TimeSource.system();

    @Test
    void aTimedTaskThatWaitsForAnotherOneHoldsNoTimerUp() throws Exception {
        var second = new CountDownLatch(1);
        var first = new CountDownLatch(1);
        time.schedule(Duration.ZERO, () -> {
            if (isOpened(second)) {
                first.countDown();
            }
        });
        time.schedule(Duration.ofMillis(1), second::countDown);

        assertThat(first.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void threeTasksThatWaitLeaveAThreadForTheFourth() throws Exception {
        var last = new CountDownLatch(1);
        var all = new CountDownLatch(3);
        for (int i = 0; i < 3; i++) {
            time.executor().execute(() -> {
                if (isOpened(last)) {
                    all.countDown();
                }
            });
        }
        time.executor().execute(last::countDown);

        assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aCancelledTimerDoesNotRun() throws Exception {
        var ran = new CountDownLatch(1);
        time.schedule(Duration.ofMillis(200), ran::countDown).cancel();
        var later = new CountDownLatch(1);
        time.schedule(Duration.ofMillis(250), later::countDown);

        assertThat(later.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(ran.getCount()).isEqualTo(1);
    }

    private static boolean isOpened(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
