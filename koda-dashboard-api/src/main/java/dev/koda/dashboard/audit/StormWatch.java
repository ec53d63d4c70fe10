package dev.koda.dashboard.audit;

import dev.koda.checks.TimeSource;
import dev.koda.dashboard.store.DutySteps;
import dev.koda.dashboard.store.Leadership;
import dev.koda.dashboard.store.Lease;
import dev.koda.dashboard.store.StoreException;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks through the log for storms as it grows, and keeps a record of each. Nothing is left out of the log for that: a
 * record says which events a page may show as one. A duty of one server at a time. Thread-safe.
 */
final class StormWatch implements Leadership.Duty {
    private static final Logger LOG = LoggerFactory.getLogger(StormWatch.class);

    static final Duration INTERVAL = Duration.ofSeconds(2);

    private static final Duration SETBACK = Duration.ofSeconds(10);
    private static final Duration LONGEST_WINDOW = StormKind.REJECTED_MESSAGES.window();
    private static final int PAGE = 1_000;

    private final StormBook book;
    private final LogReader reader;
    private final AuditTrail trail;
    private final TimeSource time;
    private final DutySteps steps;

    private StormWindows windows = new StormWindows();
    private long place;

    StormWatch(StormBook book, LogReader reader, AuditTrail trail, TimeSource time) {
        this.book = book;
        this.reader = reader;
        this.trail = trail;
        this.time = time;
        steps = DutySteps.of(time);
    }

    @Override
    public void begin(Lease held) {
        steps.begin(held);
        steps.after(Duration.ZERO, held, this::prepare);
    }

    @Override
    public void end() {
        steps.end();
    }

    private void prepare(Lease held) {
        resume().onComplete(ready -> {
            if (ready.succeeded()) {
                turn(held);
            } else {
                failed(ready.cause());
                steps.after(SETBACK, held, this::prepare);
            }
        });
    }

    private void turn(Lease held) {
        pass(held).onComplete(done -> {
            if (done.failed()) {
                failed(done.cause());
                // What was noted here and not written is found again.
                steps.after(SETBACK, held, this::prepare);
            } else {
                steps.after(INTERVAL, held, this::turn);
            }
        });
    }

    /** Knows again what the last holder knew: the storms that go on, and the events of the last minutes. */
    Future<Void> resume() {
        windows = new StormWindows();
        return book.open()
                .onSuccess(open -> open.forEach(
                        storm -> windows.resume(StormKind.valueOf(storm.kind().toUpperCase(Locale.ROOT)), storm)))
                .compose(open -> book.place())
                .compose(seq -> book.placeAt(time.now().minus(LONGEST_WINDOW), seq)
                        .compose(from -> {
                            place = seq;
                            return warm(from, seq);
                        }));
    }

    private Future<Void> warm(long from, long to) {
        if (from >= to) {
            return Future.succeededFuture();
        }
        return reader.seen(from, PAGE).compose(page -> {
            long last = to;
            for (var event : page) {
                last = event.seq();
                if (last <= to) {
                    windows.add(event, false);
                }
            }
            return warm(page.isEmpty() ? to : last, to);
        });
    }

    /** Looks at what is new; completes when it is written. */
    Future<Void> pass(Lease held) {
        return reader.seen(place, PAGE)
                .compose(page -> book.isWaiting(StormKind.SILENCE.window())
                        .compose(waits -> note(held, page, waits))
                        .compose(noted -> page.size() == PAGE ? pass(held) : Future.succeededFuture()));
    }

    private Future<Void> note(Lease held, List<SeenEvent> page, boolean waits) {
        var changed = new LinkedHashMap<UUID, Storm>();
        var begun = new LinkedHashMap<UUID, Storm>();
        long seq = place;
        for (var event : page) {
            seq = event.seq();
            for (var change : windows.add(event, true)) {
                changed.put(change.storm().id(), change.storm());
                if (change.isBegun()) {
                    begun.put(change.storm().id(), change.storm());
                }
            }
        }
        var silence = windows.silence(waits, time.now(), seq);
        if (silence != null) {
            changed.put(silence.id(), silence);
            if (silence.endedAt() == null) {
                begun.put(silence.id(), silence);
            }
        }
        windows.quiet(time.now()).forEach(ended -> changed.put(ended.id(), ended));
        return write(held, changed, begun, seq);
    }

    private Future<Void> write(Lease held, Map<UUID, Storm> changed, Map<UUID, Storm> begun, long seq) {
        if (changed.isEmpty() && seq == place) {
            return Future.succeededFuture();
        }
        return book.write(held, changed.values(), seq).onSuccess(written -> {
            place = seq;
            begun.values().forEach(storm -> tell(AuditEventType.STORM_STARTED, storm));
            changed.values().stream()
                    .filter(storm -> storm.endedAt() != null)
                    .forEach(storm -> tell(AuditEventType.STORM_ENDED, storm));
        });
    }

    private void tell(AuditEventType type, Storm storm) {
        trail.record(AuditEvent.of(type)
                .to(storm.kind())
                .because(storm.kind())
                .with("storm", storm.id().toString())
                .with("key", storm.key())
                .with("events", storm.events())
                .with("first_seq", storm.firstSeq()));
    }

    private static void failed(Throwable failure) {
        boolean isKnown = failure instanceof StoreException;
        (isKnown ? LOG.atWarn() : LOG.atError().setCause(failure))
                .addKeyValue("event", "audit.storms_unseen")
                .log("the log is not looked through for storms now: {}", failure.getMessage());
    }
}
