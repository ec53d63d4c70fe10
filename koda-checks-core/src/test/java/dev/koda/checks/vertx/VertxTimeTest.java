package dev.koda.checks.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.engine.CheckEngine;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VertxTimeTest {
    private static final Duration DELAY = Duration.ofNanos(20_500_001);

    private final Vertx vertx = Vertx.vertx();
    private final VertxTime time = VertxTime.of(vertx);

    @AfterEach
    void close() throws Exception {
        await(vertx.close().toCompletionStage().toCompletableFuture());
    }

    @Test
    void runsTimersOnItsContextAndNeverEarly() throws Exception {
        var context = new CompletableFuture<Context>();
        long started = time.nanos();

        time.schedule(DELAY, () -> context.complete(vertx.getOrCreateContext()));

        assertThat(await(context).isEventLoopContext()).isTrue();
        assertThat(time.nanos() - started).isGreaterThanOrEqualTo(DELAY.toNanos());
    }

    @Test
    void runsAtOnceWithoutDelay() throws Exception {
        var ran = new CompletableFuture<Boolean>();

        time.schedule(Duration.ZERO, () -> ran.complete(true));

        assertThat(await(ran)).isTrue();
    }

    @Test
    void forgetsATimerThatIsCancelled() throws Exception {
        List<String> ran = new CopyOnWriteArrayList<>();
        var later = new CompletableFuture<Boolean>();
        var cancelled = time.schedule(DELAY, () -> ran.add("cancelled"));

        cancelled.cancel();
        time.schedule(DELAY.multipliedBy(2), () -> later.complete(true));

        assertThat(await(later)).isTrue();
        assertThat(ran).isEmpty();
    }

    @Test
    void runsTasksOfOneContextInOrder() throws Exception {
        List<Integer> ran = new CopyOnWriteArrayList<>();
        var last = new CompletableFuture<Boolean>();

        for (int i = 0; i < 100; i++) {
            int number = i;
            time.executor().execute(() -> ran.add(number));
        }
        time.executor().execute(() -> last.complete(true));

        await(last);
        assertThat(ran).hasSize(100).isSorted();
    }

    @Test
    void tellsTheSystemsTime() {
        assertThat(Duration.between(java.time.Instant.now(), time.now()).abs()).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void carriesAnEngine() throws Exception {
        var spec = CheckSpec.of("orders.db")
                .in(Suite.DOCTOR)
                .timeout(DELAY)
                .run(context -> new CompletableFuture<Outcome>());
        try (var engine = CheckEngine.builder().time(time).check(spec).build()) {
            var report = await(engine.run(Suite.DOCTOR).toCompletableFuture());

            assertThat(report.status()).isEqualTo(Status.FAIL);
            assertThat(report.checks().get(0).reason()).hasToString("timeout");
        }
    }

    private static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }
}
