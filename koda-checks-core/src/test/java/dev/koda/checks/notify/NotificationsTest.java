package dev.koda.checks.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Glob;
import dev.koda.checks.Outcome;
import dev.koda.checks.Service;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.notify.Webhook.Answer;
import dev.koda.checks.testing.StubCheck;
import dev.koda.checks.testing.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NotificationsTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Answer BUSY = new Answer("answers 503", false, null);

    private final VirtualTime time = new VirtualTime();
    private final StubCheck database = StubCheck.answering(Outcome.pass("there"));
    private final CheckEngine engine = CheckEngine.builder()
            .time(time)
            .check(spec("db.up").run(database))
            .check(spec("db.table").dependsOn("db.up").run(StubCheck.answering(Outcome.pass("full"))))
            .build();
    private final List<JsonNode> bodies = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private final Notifications notifications = Notifications.none(time);
    private Answer answer = Answer.taken();

    @AfterEach
    void close() {
        notifications.close();
        engine.close();
    }

    @Test
    void tellsAProblemItsRemindersAndItsRecovery() {
        begin(webhook(Set.of(Status.FAIL), List.of(), HOUR));

        failing();
        assertThat(told()).containsExactly("problem db.up fail");
        time.advance(HOUR.multipliedBy(2));
        assertThat(told()).containsExactly("problem db.up fail", "reminder db.up fail", "reminder db.up fail");
        passing();
        time.advance(HOUR.multipliedBy(3));

        assertThat(told()).hasSize(4).last().isEqualTo("recovery db.up pass");
        assertThat(bodies)
                .extracting(body -> body.path("id").textValue())
                .containsOnly(bodies.get(0).path("id").textValue());
        assertThat(bodies.get(2).path("lasted").textValue()).isEqualTo("2 h 0 min");
        assertThat(bodies.get(0).path("before").textValue()).isEqualTo("pass");
        assertThat(bodies.get(0).path("service").textValue()).isEqualTo("shop");
    }

    /** What is wrong may change while the status stays. */
    @Test
    void aReminderHasTheMessageOfNow() {
        begin(webhook(Set.of(Status.FAIL), List.of(), HOUR));
        take("db.up", Outcome.fail("no route to it"));
        time.advance(HOUR.minusSeconds(2));
        take("db.up", Outcome.fail("the password is refused"));

        time.advance(HOUR.minusSeconds(2));
        take("db.up", Outcome.fail("it starts up"));
        time.advance(Duration.ofSeconds(2));

        assertThat(bodies)
                .extracting(body -> body.path("event").textValue() + ": "
                        + body.path("message").textValue())
                .containsExactly(
                        "problem: no route to it", "reminder: the password is refused", "reminder: it starts up");
    }

    @Test
    void tellsTheCauseAndNotWhatWaitsForIt() {
        database.answer(Outcome.fail("away"));
        notifications.add(webhook(Set.of(Status.WARN, Status.FAIL), List.of(), Duration.ZERO));
        start();

        engine.schedule();
        time.advance(HOUR);

        assertThat(told()).containsExactly("problem db.up fail");
        assertThat(engine.snapshot(Suite.DOCTOR).summary().notRun()).isEqualTo(1);
    }

    @Test
    void tellsWhatGetsWorseAndNotTheSameTwice() {
        begin(webhook(Set.of(Status.WARN, Status.FAIL), List.of(new Glob("db.t*")), Duration.ZERO));

        take("db.table", Outcome.warn("nearly"));
        take("db.table", Outcome.warn("nearly"));
        take("db.table", Outcome.fail("gone"));
        take("db.table", Outcome.warn("nearly"));
        take("db.table", Outcome.pass("full"));

        assertThat(told()).containsExactly("problem db.table warn", "problem db.table fail", "recovery db.table pass");
    }

    @Test
    void tellsAtTheStartWhatIsBad() {
        take("db.table", Outcome.fail("gone"));

        notifications.add(webhook(Set.of(Status.FAIL), List.of(), HOUR));
        start();

        assertThat(told()).containsExactly("problem db.table fail");
        assertThat(bodies.get(0).has("before")).isFalse();
    }

    @Test
    void saysNothingOfAServerThatEnds() {
        begin(webhook(Set.of(Status.WARN, Status.FAIL), List.of(), HOUR));

        take("db.table", Outcome.fail("the server ends").reason("draining"));

        assertThat(told()).isEmpty();
    }

    @Test
    void sendsAgainInOrderUntilItIsTaken() {
        begin(webhook(Set.of(Status.FAIL), List.of(), Duration.ZERO));
        answer = BUSY;
        failing();
        passing();

        time.advance(Duration.ofSeconds(6));
        assertThat(told()).containsExactly("problem db.up fail", "problem db.up fail", "problem db.up fail");
        answer = Answer.taken();
        time.advance(Duration.ofSeconds(30));

        assertThat(told()).hasSize(5).last().isEqualTo("recovery db.up pass");
        assertThat(log)
                .containsExactly(
                        "retry answers 503", "retry answers 503", "retry answers 503", "sent db.up", "sent db.up");
    }

    @Test
    void waitsAsLongAsItIsAskedToAndGivesUpAfterHalfAnHour() {
        begin(webhook(Set.of(Status.FAIL), List.of(), Duration.ZERO));
        answer = new Answer("answers 429", false, Duration.ofMinutes(3));
        failing();

        time.advance(Duration.ofSeconds(179));
        assertThat(told()).hasSize(1);
        time.advance(Duration.ofHours(2));

        assertThat(told()).hasSize(8);
        assertThat(log).hasSize(8).last().isEqualTo("gave up answers 429");
    }

    @Test
    void givesUpAtOnceWhatIsRefusedForGood() {
        begin(webhook(Set.of(Status.FAIL), List.of(), Duration.ZERO));
        answer = new Answer("answers 404", true, null);
        failing();
        answer = Answer.taken();
        passing();

        assertThat(log).containsExactly("gave up answers 404", "sent db.up");
    }

    @Test
    void aSenderThatThrowsIsNoAnswer() {
        notifications.add(
                new Webhook("ops", Set.of(Status.FAIL), List.of(), Duration.ZERO, BodyTemplate.standard(), json -> {
                    throw new IllegalStateException("secret");
                }));
        start();
        failing();

        assertThat(log).containsExactly("retry gives no answer");
    }

    @Test
    void tellsNothingAfterItsEnd() {
        begin(webhook(Set.of(Status.FAIL), List.of(), HOUR));
        failing();

        notifications.close();
        time.advance(HOUR.multipliedBy(5));
        passing();

        assertThat(told()).containsExactly("problem db.up fail");
    }

    private void begin(Webhook webhook) {
        take("db.up", Outcome.pass("there"));
        take("db.table", Outcome.pass("full"));
        notifications.add(webhook);
        start();
    }

    private void start() {
        notifications.start(engine, new Service("shop", "1.0", "test"), new Notifications.Listener() {
            @Override
            public void sent(String webhook, String check) {
                log.add("sent " + check);
            }

            @Override
            public void failed(String webhook, String check, String why, boolean isLast) {
                log.add((isLast ? "gave up " : "retry ") + why);
            }
        });
        time.advance(Duration.ZERO);
    }

    private Webhook webhook(Set<Status> on, List<Glob> checks, Duration reminder) {
        return new Webhook("ops", on, checks, reminder, BodyTemplate.standard(), json -> {
            bodies.add(read(json));
            return CompletableFuture.completedFuture(answer);
        });
    }

    private void failing() {
        take("db.up", Outcome.fail("away"));
    }

    private void passing() {
        take("db.up", Outcome.pass("there"));
    }

    /** As if the check had been evaluated once more. */
    private void take(String check, Outcome outcome) {
        time.advance(Duration.ofSeconds(1));
        engine.record(CheckId.of(check), outcome, time.now());
        time.advance(Duration.ZERO);
    }

    private List<String> told() {
        return bodies.stream()
                .map(body -> body.path("event").textValue() + " "
                        + body.path("check").textValue() + " "
                        + body.path("status").textValue())
                .toList();
    }

    private static CheckSpec.Builder spec(String name) {
        return CheckSpec.of(name).in(Suite.DOCTOR);
    }

    private static JsonNode read(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new AssertionError(json, e);
        }
    }
}
