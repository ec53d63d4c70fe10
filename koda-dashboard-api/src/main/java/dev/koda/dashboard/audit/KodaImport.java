package dev.koda.dashboard.audit;

import dev.koda.checks.TimeSource;
import dev.koda.dashboard.store.DutySteps;
import dev.koda.dashboard.store.Leadership;
import dev.koda.dashboard.store.Lease;
import dev.koda.dashboard.store.Leases;
import dev.koda.dashboard.store.OperationsStore;
import dev.koda.dashboard.store.StoreException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the security events of a Koda install into the log. Koda numbers them before it commits, so a window of the
 * numbers is read again and again, as long as a transaction may reasonably take; which events have come in is noted in the
 * same transaction, so each comes once. A duty of one server at a time. Thread-safe.
 */
final class KodaImport implements Leadership.Duty {
    private static final Logger LOG = LoggerFactory.getLogger(KodaImport.class);

    static final Duration INTERVAL = Duration.ofSeconds(5);

    /** Who commits later than so long after a later number was seen is not seen. */
    static final Duration WINDOW = Duration.ofMinutes(15);

    private static final Duration SETBACK = Duration.ofSeconds(10);

    /** So many numbers at once, whatever they are: those of security are few among them, and no index leads to them. */
    private static final long NUMBERS = 20_000;

    private static final String PAGE = "SELECT " + KodaEvent.COLUMNS
            + " FROM %s WHERE id > $1 AND id <= $2 AND starts_with(event_type, 'security.') ORDER BY id";
    private static final String LAST = "SELECT coalesce(max(id), 0) AS last FROM %s";

    private static final String ONE = "SELECT " + KodaEvent.COLUMNS + " FROM %s WHERE id = $1";

    private final OperationsStore koda;
    private final KodaDatabase place;
    private final OperationsStore store;
    private final Leases leases;
    private final EventStamp stamp;
    private final TimeSource time;
    private final DutySteps steps;
    private final ImportedKeys keys;

    /** Up to where numbers went at times of the past, the oldest first. */
    private final Deque<Mark> marks = new ArrayDeque<>();

    private long low;
    private long last;
    /** The newest event that came in, by which a database is known that was restored from an older state; or empty. */
    private String newest = "";

    private @Nullable String told;

    private record Mark(long nanos, long number) {}

    KodaImport(
            OperationsStore koda,
            KodaDatabase place,
            OperationsStore store,
            Leases leases,
            EventStamp stamp,
            TimeSource time) {
        this.koda = koda;
        this.place = place;
        this.store = store;
        this.leases = leases;
        this.stamp = stamp;
        this.time = time;
        steps = DutySteps.of(time);
        keys = new ImportedKeys(store, place.source());
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
                tell(ready.cause());
                steps.after(SETBACK, held, this::prepare);
            }
        });
    }

    /** Begins a window before where the last holder has been, however long ago that was. */
    Future<Void> resume() {
        return keys.before(WINDOW)
                .compose(seen -> keys.newest().map(key -> {
                    low = seen;
                    last = low;
                    newest = key;
                    marks.clear();
                    return null;
                }));
    }

    private void turn(Lease held) {
        pass(held).onComplete(done -> {
            if (done.failed()) {
                tell(done.cause());
            } else {
                told = null;
            }
            steps.after(done.failed() ? SETBACK : INTERVAL, held, this::turn);
        });
    }

    /** Looks through the window once; completes with how many events came in. */
    Future<Integer> pass(Lease held) {
        return keys.isThere(newest)
                .compose(isThere -> isThere ? Future.<Void>succeededFuture() : restored("the operations store"))
                .compose(ready -> koda.query(LAST.formatted(place.table())))
                .map(rows -> rows.iterator().next().getLong("last"))
                .compose(end -> beginning(end)
                        .compose(begun -> pages(held, low, end, 0).compose(count -> {
                            long before = low;
                            advance(end);
                            return before == low
                                    ? Future.succeededFuture(count)
                                    : keys.forget(low, newest).map(count);
                        })));
    }

    private Future<Void> restored(String what) {
        warn(what);
        return resume();
    }

    /** A Koda whose numbers went back, or whose newest event is another one, is read again from some way before that. */
    private Future<Void> beginning(long end) {
        return isSame(end).map(isSame -> {
            if (!isSame) {
                warn("the database of Koda");
                low = Math.max(0, Math.min(low, end) - NUMBERS);
                newest = "";
                marks.clear();
            }
            last = end;
            return null;
        });
    }

    private Future<Boolean> isSame(long end) {
        if (newest.isEmpty() || end < last) {
            return Future.succeededFuture(end >= last);
        }
        return koda.query(ONE.formatted(place.table()), Tuple.of(KodaEvent.numberOf(newest)))
                .map(rows -> {
                    var row = rows.iterator();
                    return row.hasNext() && KodaEvent.of(row.next()).key().equals(newest);
                });
    }

    private static void warn(String what) {
        LOG.atWarn()
                .addKeyValue("event", "audit.import_restored")
                .log("{} is another one than before, as after a restore: Koda's audit events are read again", what);
    }

    private Future<Integer> pages(Lease held, long from, long last, int count) {
        if (from >= last) {
            return Future.succeededFuture(count);
        }
        long to = Math.min(last, from + NUMBERS);
        return koda.query(PAGE.formatted(place.table()), Tuple.of(from, to)).compose(rows -> {
            var events = new ArrayList<KodaEvent>(rows.size());
            for (Row row : rows) {
                events.add(KodaEvent.of(row));
            }
            return bring(held, events).compose(more -> pages(held, to, last, count + more));
        });
    }

    private Future<Integer> bring(Lease held, List<KodaEvent> events) {
        if (events.isEmpty()) {
            return Future.succeededFuture(0);
        }
        return store.transaction(connection -> leases.fence(connection, held)
                        .compose(mine -> note(connection, events))
                        .compose(fresh -> put(connection, fresh)))
                .onSuccess(count -> noteNewest(events.get(events.size() - 1)));
    }

    private void noteNewest(KodaEvent event) {
        if (newest.isEmpty() || event.number() > KodaEvent.numberOf(newest)) {
            newest = event.key();
        }
    }

    private Future<List<KodaEvent>> note(SqlConnection connection, List<KodaEvent> events) {
        return keys.note(connection, events.stream().map(KodaEvent::key).toList())
                .map(fresh -> events.stream()
                        .filter(event -> fresh.contains(event.key()))
                        .toList());
    }

    private Future<Integer> put(SqlConnection connection, List<KodaEvent> events) {
        if (events.isEmpty()) {
            return Future.succeededFuture(0);
        }
        var stamped =
                events.stream().map(event -> stamp.stamp(event, place.source())).toList();
        return Inbox.put(connection, stamped, true).map(events.size());
    }

    /** What was the last number a window ago is where the window begins now. */
    private void advance(long last) {
        marks.addLast(new Mark(time.nanos(), last));
        while (marks.size() > 1 && time.nanos() - marks.getFirst().nanos() >= WINDOW.toNanos()) {
            low = Math.max(low, marks.removeFirst().number());
        }
    }

    /** A Koda that has no such table yet is no fault, and one that is down has checks of its own. */
    private void tell(Throwable failure) {
        var why = String.valueOf(failure.getMessage());
        if (!why.equals(told)) {
            told = why;
            (failure instanceof StoreException ? LOG.atInfo() : LOG.atError().setCause(failure))
                    .addKeyValue("event", "audit.import_waits")
                    .log("the audit events of Koda cannot be read now: {}", why);
        }
    }
}
