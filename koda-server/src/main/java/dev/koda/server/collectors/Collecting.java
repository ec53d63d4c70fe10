package dev.koda.server.collectors;

import dev.koda.checks.TimeSource;
import dev.koda.dashboard.store.DutySteps;
import dev.koda.dashboard.store.Leadership;
import dev.koda.dashboard.store.Lease;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks every collector once an interval, one after another, for as long as the lease is held, and shows what they say.
 * When it is lost nothing is shown any more, for the next holder shows it. Thread-safe.
 */
final class Collecting implements Leadership.Duty {
    private static final Logger LOG = LoggerFactory.getLogger(Collecting.class);

    private final List<Collector> collectors;
    private final Duration interval;
    private final Counting counting;
    private final Publication publication;
    private final CollectorMeters meters;
    private final TimeSource time;
    private final DutySteps steps;
    private final Map<String, Attempts> attempts = new LinkedHashMap<>();

    Collecting(
            List<Collector> collectors,
            Duration interval,
            Counting counting,
            Publication publication,
            CollectorMeters meters,
            TimeSource time) {
        this.collectors = List.copyOf(collectors);
        this.interval = interval;
        this.counting = counting;
        this.publication = publication;
        this.meters = meters;
        this.time = time;
        steps = DutySteps.of(time);
        this.collectors.forEach(one -> attempts.put(one.name(), new Attempts(one.name())));
    }

    @Override
    public void begin(Lease held) {
        hold(held);
        steps.after(Duration.ZERO, held, this::resume);
    }

    void hold(Lease held) {
        steps.begin(held);
    }

    @Override
    public synchronized void end() {
        steps.end();
        collectors.forEach(publication::hide);
        meters.clear();
    }

    private void resume(Lease held) {
        counting.resume().onComplete(ready -> {
            if (ready.succeeded()) {
                round(held);
            } else {
                steps.after(interval, held, this::resume);
            }
        });
    }

    private void round(Lease held) {
        long started = time.nanos();
        pass(held).onComplete(done -> {
            if (done.failed()) {
                LOG.error("a round of the collectors broke off", done.cause());
            }
            var left = interval.minusNanos(time.nanos() - started);
            steps.after(left.isNegative() ? Duration.ZERO : left, held, this::round);
        });
    }

    /** Asks each that is due once; completes when all have answered or failed. */
    Future<Void> pass(Lease held) {
        var round = new Round();
        Function<Collector, Future<Void>> ask = collector -> ask(collector, held, round);
        Future<Void> all = Future.succeededFuture();
        for (var collector : collectors) {
            all = all.compose(done -> ask.apply(collector));
        }
        return all;
    }

    /** What one learns of the database in a round the others need not learn again. */
    private static final class Round {
        volatile boolean isAway;
    }

    private Future<Void> ask(Collector collector, Lease held, Round round) {
        if (!steps.isHeld(held)) {
            return Future.succeededFuture();
        }
        var mine = attempts(collector);
        if (round.isAway || !mine.isDue(time.nanos())) {
            mine.missed();
            hideIfStale(collector, held, round.isAway);
            return Future.succeededFuture();
        }
        long started = time.nanos();
        return counting.ask(collector, held)
                .map(amounts -> show(collector, held, amounts))
                .transform(answer -> {
                    take(collector, held, answer, Duration.ofNanos(time.nanos() - started), round);
                    return Future.succeededFuture();
                });
    }

    private synchronized Amounts show(Collector collector, Lease held, Amounts amounts) {
        if (steps.isHeld(held)) {
            publication.show(collector, amounts);
        }
        return amounts;
    }

    private synchronized void take(
            Collector collector, Lease held, AsyncResult<Amounts> answer, Duration took, Round round) {
        if (!steps.isHeld(held)) {
            return;
        }
        if (answer.succeeded()) {
            attempts(collector).succeeded();
            meters.succeeded(collector.name(), took, time.now());
            return;
        }
        var failure = Failure.of(answer.cause());
        round.isAway = failure.kind() == Failure.Kind.AWAY;
        attempts(collector).failed(failure, time.nanos());
        meters.failed(collector.name(), took, failure.kind() == Failure.Kind.UNKNOWN_SCHEMA);
        hideIfStale(collector, held, false);
    }

    private synchronized void hideIfStale(Collector collector, Lease held, boolean isAway) {
        if (!steps.isHeld(held)) {
            return;
        }
        if (isAway) {
            meters.failed(collector.name(), Duration.ZERO, false);
        }
        if (attempts(collector).isStale()) {
            publication.hide(collector);
        }
    }

    private Attempts attempts(Collector collector) {
        return attempts.computeIfAbsent(collector.name(), Attempts::new);
    }
}
