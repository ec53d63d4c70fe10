package dev.koda.checks.notify;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Service;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.testing.StubCheck;
import dev.koda.checks.testing.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Checks {@code a.n0} and so on that pass until somebody says something else, and webhooks that hear of them. */
final class ToldChecks implements AutoCloseable {
    static final Duration REMINDER = Duration.ofHours(1);

    final VirtualTime time = new VirtualTime();
    private final CheckEngine engine;

    ToldChecks(int number) {
        var builder = CheckEngine.builder().time(time);
        IntStream.range(0, number)
                .forEach(i ->
                        builder.check(CheckSpec.of("a.n" + i).in(Suite.DOCTOR).run(StubCheck.silent())));
        engine = builder.build();
        IntStream.range(0, number).forEach(this::passes);
    }

    void fails(int check) {
        take(check, Outcome.fail("away"));
    }

    void passes(int check) {
        take(check, Outcome.pass("there"));
    }

    private void take(int check, Outcome outcome) {
        time.advance(Duration.ofSeconds(1));
        engine.record(CheckId.of("a.n" + check), outcome, time.now());
        time.advance(Duration.ZERO);
    }

    /** Bodies are the event and the check, such as {@code problem a.n0}. */
    void watch(
            Notifications notifications,
            Notifications.Listener listener,
            Function<String, CompletionStage<Webhook.Answer>> sender) {
        var template = BodyTemplate.of("[\"{{event}} {{check}}\"]");
        notifications.add(new Webhook(
                "ops",
                Set.of(Status.FAIL),
                List.of(),
                REMINDER,
                template,
                json -> sender.apply(json.substring(2, json.length() - 2))));
        notifications.start(engine, new Service("shop", null, null), listener);
        time.advance(Duration.ZERO);
    }

    @Override
    public void close() {
        engine.close();
    }
}
