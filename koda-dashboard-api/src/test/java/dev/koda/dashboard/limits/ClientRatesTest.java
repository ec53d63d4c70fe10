package dev.koda.dashboard.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.testing.VirtualTime;
import dev.koda.dashboard.audit.AuditEvent;
import dev.koda.dashboard.audit.AuditEventType;
import dev.koda.dashboard.http.Sender;
import dev.koda.dashboard.sessions.RecordedTrail;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientRatesTest {
    private static final Sender HERE = Sender.remote("203.0.113.7", true);
    private static final Sender THERE = Sender.remote("203.0.113.8", true);

    private final VirtualTime time = new VirtualTime();
    private final RecordedTrail trail = new RecordedTrail();
    private final ClientRates rates = ClientRates.of(new RateLimits(2, 10), trail, time);

    @Test
    void soManyAtOnceAndThenAsManyASecond() {
        assertThat(asked("alice", 100)).isEqualTo(10);
        time.advance(Duration.ofMillis(500));
        assertThat(asked("alice", 100)).isEqualTo(1);
        time.advance(Duration.ofSeconds(3));
        assertThat(asked("alice", 100)).isEqualTo(6);
        time.advance(Duration.ofHours(1));
        assertThat(asked("alice", 100)).isEqualTo(10);
    }

    @Test
    void theRefusalSaysWhenToComeBackAndThenOneIsLetIn() {
        asked("alice", 10);

        var refusal = rates.refusal(HERE, "alice", null).orElseThrow();

        assertThat(refusal.problem().status()).isEqualTo(429);
        assertThat(refusal.problem().reason()).isEqualTo("rate_limited");
        assertThat(refusal.retryAfter()).contains(Duration.ofMillis(500));
        time.advance(refusal.retryAfter().orElseThrow());
        assertThat(rates.refusal(HERE, "alice", null)).isEmpty();
    }

    @Test
    void nobodyIsHeldOffForWhatOthersDo() {
        for (int i = 0; i < 50; i++) {
            rates.refusal(HERE);
        }
        asked("alice", 50);

        assertThat(rates.refusal(HERE)).isPresent();
        assertThat(rates.refusal(HERE, "bob", null)).isEmpty();
        assertThat(rates.refusal(HERE, "alice", "session-1")).isEmpty();
        assertThat(rates.refusal(THERE, "alice", null)).isEmpty();
        assertThat(rates.refusal(THERE)).isEmpty();
    }

    @Test
    void anIpv6NetworkIsOneClient() {
        for (int i = 0; i < 10; i++) {
            rates.refusal(Sender.remote("2001:db8:1:2::" + i, true));
        }

        assertThat(rates.refusal(Sender.remote("2001:db8:1:2:ffff::1", true))).isPresent();
        assertThat(rates.refusal(Sender.remote("2001:db8:1:3::1", true))).isEmpty();
    }

    @Test
    void theFirstIsToldAtOnceAndTheOthersTogetherAsLongAsItGoesOn() {
        for (int second = 0; second < 120; second++) {
            asked("alice", 5);
            time.advance(Duration.ofSeconds(1));
        }
        time.advance(Excess.WINDOW);

        var events = told();
        var refused = events.stream()
                .mapToLong(
                        event -> Long.parseLong(String.valueOf(event.details().get("refused"))))
                .sum();
        assertThat(events).hasSize(5);
        assertThat(refused).isEqualTo(120 * 5 - 10 - 119 * 2);
        assertThat(events.get(0).details()).containsEntry("refused", 1).containsEntry("per_second", 2);
        assertThat(events.get(1).details()).containsKeys("first", "last");
        assertThat(events).extracting(AuditEvent::actor).containsOnly("alice");
        assertThat(events).extracting(AuditEvent::source).containsOnly("203.0.113.7");
        assertThat(time.pendingTimers()).isLessThanOrEqualTo(1);
        time.advance(Excess.WINDOW.multipliedBy(2));
        assertThat(told()).hasSize(5);
        assertThat(time.pendingTimers()).isZero();
    }

    @Test
    void theEndTellsWhatWasNotToldYet() {
        asked("alice", 13);

        rates.close();

        assertThat(told()).extracting(event -> event.details().get("refused")).containsExactly(1, 2L);
        assertThat(time.pendingTimers()).isZero();
    }

    @Test
    void whoAskedNothingForTheLongestTimeIsForgottenFirst() {
        asked("alice", 10);
        for (int i = 0; i < ClientRates.CLIENTS - 1; i++) {
            rates.refusal(HERE, "client " + i, null);
        }
        assertThat(asked("alice", 1)).isZero();

        rates.refusal(HERE, "one more", null);

        assertThat(asked("alice", 1)).isZero();
        assertThat(asked("client 0", 10)).isEqualTo(10);
    }

    @Test
    void withoutALimitEverybodyIsLetIn() {
        var free = ClientRates.of(RateLimits.none(), trail, time);

        for (int i = 0; i < 1_000; i++) {
            assertThat(free.refusal(HERE)).isEmpty();
        }
    }

    /** How many of so many were let in. */
    private int asked(String name, int count) {
        int in = 0;
        for (int i = 0; i < count; i++) {
            in += rates.refusal(HERE, name, null).isEmpty() ? 1 : 0;
        }
        return in;
    }

    private List<AuditEvent> told() {
        return trail.events(AuditEventType.RATE_LIMITED);
    }
}
