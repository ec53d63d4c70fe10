package dev.koda.server.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.testing.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchdogTest {
    private static final Duration RESTART_DELAY = Duration.ofSeconds(60);

    private final VirtualTime time = new VirtualTime();
    private final StubService service = new StubService();
    private final List<String> news = new ArrayList<>();
    private final Watchdog watchdog = new Watchdog(List.of(service), RESTART_DELAY, time, Runnable::run, news::add);

    @BeforeEach
    void start() {
        watchdog.start();
    }

    @Test
    void leavesARunningServiceAlone() {
        time.advance(Duration.ofHours(1));

        assertThat(service.starts).isZero();
    }

    @Test
    void startsADeadServiceAgainAfterTheDelayAndNotBefore() {
        service.alive = false;

        time.advance(Duration.ofSeconds(60));
        assertThat(service.starts).isZero();

        time.advance(Duration.ofSeconds(1));
        assertThat(service.starts).isEqualTo(1);
        assertThat(service.alive).isTrue();
    }

    @Test
    void triesAgainForAsLongAsItTakes() {
        service.alive = false;
        service.failuresToCome = 3;

        time.advance(Duration.ofMinutes(5));

        assertThat(service.starts).isEqualTo(4);
        assertThat(service.alive).isTrue();
    }

    @Test
    void tellsOfEachDeathAndEachRestartOnce() {
        service.alive = false;
        service.failuresToCome = 1;

        time.advance(Duration.ofMinutes(5));

        assertThat(news)
                .containsExactly(
                        "the stub has died; it is started again in 60 s",
                        "the stub could not be started again; the logs say why",
                        "the stub has died; it is started again in 60 s",
                        "the stub runs again");
    }

    @Test
    void survivesAServiceThatThrows() {
        service.alive = false;
        service.bug = new IllegalStateException("of the service");

        time.advance(Duration.ofSeconds(61));
        service.bug = null;
        time.advance(Duration.ofSeconds(61));

        assertThat(service.alive).isTrue();
    }

    @Test
    void goesOnLookingAfterALookThatThrew() {
        service.bug = new IllegalStateException("of the look");
        time.advance(Duration.ofSeconds(1));

        service.bug = null;
        service.alive = false;
        time.advance(Duration.ofSeconds(61));

        assertThat(service.alive).isTrue();
    }

    @Test
    void startsNothingOnceClosed() {
        service.alive = false;
        time.advance(Duration.ofSeconds(1));

        watchdog.close();
        time.advance(Duration.ofHours(1));

        assertThat(service.starts).isZero();
        assertThat(time.pendingTimers()).isZero();
    }

    private static final class StubService implements EmbeddedService {
        private boolean alive = true;
        private int failuresToCome;
        private int starts;
        private @Nullable RuntimeException bug;

        @Override
        public String name() {
            return "the stub";
        }

        @Override
        public void start() throws StartException {
            starts++;
            if (bug != null) {
                throw bug;
            }
            if (failuresToCome > 0) {
                failuresToCome--;
                throw new StartException("not yet");
            }
            alive = true;
        }

        @Override
        public boolean isAlive() {
            if (alive && bug != null) {
                throw bug;
            }
            return alive;
        }

        @Override
        public void stop() {
            alive = false;
        }
    }
}
