package dev.koda.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.testing.VirtualTime;
import dev.koda.dashboard.store.StoreException.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefusalLogTest {
    private final VirtualTime time = new VirtualTime();
    private final RefusalLog log = RefusalLog.of(time);

    @Test
    void eachHasALineUntilThereAreTooManyAndTheNextLineCountsThose() {
        for (int i = 0; i < RefusalLog.LINES; i++) {
            assertThat(log.before()).isZero();
        }
        for (int i = 0; i < 100; i++) {
            assertThat(log.before()).isNegative();
        }

        time.advance(Duration.ofSeconds(1));

        assertThat(log.before()).isEqualTo(100);
        assertThat(log.before()).isNegative();
        time.advance(Duration.ofHours(1));
        assertThat(log.before()).isEqualTo(1);
        assertThat(log.before()).isZero();
    }

    @Test
    void aStoreThatIsNotThereIsToldOnceForEachReasonAndOnceAMinute() {
        assertThat(log.isNews(Kind.NOT_MIGRATED)).isTrue();
        assertThat(log.isNews(Kind.NOT_MIGRATED)).isFalse();
        assertThat(log.isNews(Kind.UNAVAILABLE)).isTrue();
        assertThat(log.isNews(Kind.UNAVAILABLE)).isFalse();

        time.advance(Duration.ofMinutes(1));

        assertThat(log.isNews(Kind.UNAVAILABLE)).isTrue();
    }
}
