package dev.koda.checks.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.notify.Webhook.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is given up when a receiver takes nothing for long. */
class DeliveryTest {
    private static final int MANY = 150;

    private final ToldChecks checks = new ToldChecks(MANY);
    private final Notifications notifications = Notifications.none(checks.time);
    private final List<String> told = new ArrayList<>();
    private final List<String> dropped = new ArrayList<>();
    private CompletableFuture<Answer> answer = new CompletableFuture<>();

    @BeforeEach
    void begin() {
        var listener = new Notifications.Listener() {
            @Override
            public void sent(String webhook, String check) {}

            @Override
            public void failed(String webhook, String check, String why, boolean isLast) {
                dropped.add(check + " " + why);
            }
        };
        checks.watch(notifications, listener, body -> {
            told.add(body);
            return answer;
        });
    }

    @AfterEach
    void close() {
        notifications.close();
        checks.close();
    }

    private static List<String> each(String event, int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> event + " a.n" + i).toList();
    }

    @Test
    void aReminderIsGivenUpBeforeAProblem() {
        IntStream.range(0, 60).forEach(checks::fails);
        // Sixty reminders come: forty of them find room.
        checks.time.advance(ToldChecks.REMINDER);
        IntStream.range(60, 90).forEach(checks::fails);

        answer.complete(Answer.taken());

        assertThat(told).hasSize(101).containsAll(each("problem", 0, 90));
        assertThat(dropped).hasSize(49).allMatch(line -> line.endsWith(" more than 100 notices wait for it"));
    }

    @Test
    void theEndOfATroubleThatWasToldOfIsNeverGivenUp() {
        answer.complete(Answer.taken());
        IntStream.range(0, MANY).forEach(checks::fails);
        assertThat(told).hasSize(MANY);
        answer = new CompletableFuture<>();
        checks.time.advance(ToldChecks.REMINDER);
        IntStream.range(0, MANY).forEach(checks::passes);

        answer.complete(Answer.taken());

        assertThat(told).containsAll(each("recovery", 0, MANY));
        assertThat(dropped).as("reminders, all but the one on its way").hasSize(MANY - 1);
    }

    /** The first is on its way; of the others those are given up that nobody needs to hear of any more. */
    @Test
    void aTroubleThatIsOverAndWasNeverToldOfIsGivenUpAsAWhole() {
        for (int i = 0; i < 100; i++) {
            checks.fails(0);
            checks.passes(0);
        }
        IntStream.range(1, 11).forEach(checks::fails);

        answer.complete(Answer.taken());

        assertThat(told)
                .startsWith("problem a.n0", "recovery a.n0")
                .endsWith(each("problem", 1, 11).toArray(String[]::new));
        assertThat(told.size() + dropped.size()).isEqualTo(210);
        assertThat(dropped.size() % 2).isZero();
        assertThat(told.stream().filter(one -> one.startsWith("problem a.n0")))
                .hasSameSizeAs(told.stream()
                        .filter(one -> one.startsWith("recovery a.n0"))
                        .toList());
    }

    @Test
    void withNothingElseToGiveUpTheOldestProblemGoes() {
        IntStream.range(0, 110).forEach(checks::fails);

        answer.complete(Answer.taken());

        assertThat(told)
                .isEqualTo(Stream.concat(Stream.of("problem a.n0"), each("problem", 10, 110).stream())
                        .toList());
    }
}
