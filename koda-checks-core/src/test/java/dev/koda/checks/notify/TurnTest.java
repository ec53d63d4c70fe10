package dev.koda.checks.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.notify.Webhook.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One server of several: it is told whose turn it is. */
class TurnTest {
    private static final Duration ASKED = Duration.ofMillis(2_500);

    private final ToldChecks checks = new ToldChecks(3);
    private final Notifications notifications = Notifications.none(checks.time);
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void begin() {
        notifications.share();
        var listener = new Notifications.Listener() {
            @Override
            public void sent(String webhook, String check) {}

            @Override
            public void failed(String webhook, String check, String why, boolean isLast) {
                told.add("failed");
            }
        };
        checks.watch(notifications, listener, body -> {
            told.add(body);
            return CompletableFuture.completedFuture(Answer.taken());
        });
    }

    @AfterEach
    void close() {
        notifications.close();
        checks.close();
    }

    private void othersFor(Duration length) {
        for (var past = Duration.ZERO; past.compareTo(length) < 0; past = past.plus(ASKED)) {
            notifications.othersTurn();
            checks.time.advance(ASKED);
        }
    }

    @Test
    void tellsAtOnceWhatItKeptUntilItsTurn() {
        checks.fails(0);
        checks.time.advance(Duration.ofSeconds(3));
        assertThat(told).isEmpty();

        notifications.ownTurn();
        checks.fails(1);

        assertThat(told).containsExactly("problem a.n0", "problem a.n1");
    }

    @Test
    void staysQuietWhileAnotherTells() {
        othersFor(Duration.ofMinutes(2));
        checks.fails(0);
        othersFor(Duration.ofHours(3));
        checks.passes(0);
        othersFor(Duration.ofMinutes(2));

        notifications.ownTurn();

        assertThat(told).isEmpty();
    }

    /** Nobody has told of the first, or nobody knows. */
    @Test
    void tellsWhatCameWhileTheOtherDied() {
        othersFor(Duration.ofSeconds(30));
        checks.fails(0);
        checks.time.advance(Duration.ofSeconds(10));

        notifications.ownTurn();

        assertThat(told).containsExactly("problem a.n0");
    }

    @Test
    void goesOnWithRemindersAndTheEndWhereTheOtherStopped() {
        othersFor(Duration.ofSeconds(10));
        checks.fails(0);
        othersFor(Duration.ofMinutes(10));
        notifications.ownTurn();

        checks.time.advance(ToldChecks.REMINDER);
        checks.passes(0);

        assertThat(told).containsExactly("reminder a.n0", "recovery a.n0");
    }

    /** Postgres is away, and with it the word of who tells. */
    @Test
    void tellsByItselfWhenNobodyIsKnownToTell() {
        othersFor(Duration.ofSeconds(10));
        checks.fails(0);

        checks.time.advance(Duration.ofSeconds(20));
        checks.fails(1);

        assertThat(told).containsExactly("problem a.n0", "problem a.n1");
    }

    @Test
    void tellsByItselfAMinuteAfterAStartWithoutTheStore() {
        checks.fails(0);
        checks.time.advance(Duration.ofSeconds(58));
        assertThat(told).isEmpty();

        checks.time.advance(Duration.ofSeconds(2));

        assertThat(told).containsExactly("problem a.n0");
    }

    @Test
    void theEndOfWhatItToldItTellsWhoeversTurnItIs() {
        notifications.ownTurn();
        checks.fails(0);
        othersFor(Duration.ofMinutes(1));
        checks.fails(1);
        checks.passes(0);
        checks.passes(1);

        assertThat(told).containsExactly("problem a.n0", "recovery a.n0");
    }

    @Test
    void keepsNothingAfterItsEnd() {
        checks.fails(0);

        notifications.close();
        checks.time.advance(ToldChecks.REMINDER.multipliedBy(3));

        assertThat(told).isEmpty();
    }
}
