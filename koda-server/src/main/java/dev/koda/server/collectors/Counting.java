package dev.koda.server.collectors;

import dev.koda.dashboard.store.Lease;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Asks collectors, and adds up what counters say. For one holder of the lease at a time, one collector after another. */
final class Counting {
    /** So many steps for good in one pass; a backlog that is longer goes on in the next. */
    private static final int MOST_STEPS = 10;

    private final KodaReader reader;
    private final CounterStates states;
    private final Map<String, CounterState> current = new ConcurrentHashMap<>();
    private final Map<String, Amounts> shown = new ConcurrentHashMap<>();

    Counting(KodaReader reader, CounterStates states) {
        this.reader = reader;
        this.states = states;
    }

    /** Goes on where the last holder has stopped. */
    Future<Void> resume() {
        return states.load().map(loaded -> {
            current.clear();
            shown.clear();
            current.putAll(loaded);
            return null;
        });
    }

    /** What the metrics of the collector are now. */
    Future<Amounts> ask(Collector collector, Lease held) {
        var before = shown.getOrDefault(collector.name(), Amounts.none());
        var answer = switch (collector.kind()) {
            case GAUGES -> read(collector, Tuple.tuple()).map(now -> now.orZero(before));
            case COUNTERS -> follow(collector, held).map(now -> now.atLeast(before));
            case LATEST -> follow(collector, held);
        };
        return answer.onSuccess(now -> shown.put(collector.name(), now));
    }

    private Future<Amounts> read(Collector collector, Tuple parameters) {
        return reader.read(collector.sql(reader.schema()), parameters)
                .map(rows -> Amounts.of(rows, collector.metrics()));
    }

    private Future<Amounts> follow(Collector collector, Lease held) {
        return reader.read(collector.headSql(reader.schema()), Tuple.tuple()).compose(rows -> {
            var row = rows.iterator().next();
            long head = row.getLong("head");
            long now = row.getOffsetDateTime("now").toInstant().toEpochMilli();
            var before = current.get(collector.name());
            var seen = before == null ? CounterState.startingAt(head, now) : before.seen(head, now);
            var kept = seen.equals(before) ? Future.succeededFuture(seen) : keep(collector, held, seen);
            return kept.compose(state -> close(collector, held, state, now, MOST_STEPS))
                    .compose(state -> show(collector, state, head));
        });
    }

    private Future<CounterState> close(Collector collector, Lease held, CounterState state, long now, int steps) {
        long to = state.closedTo(now);
        if (to == state.countedTo() || steps == 0) {
            return Future.succeededFuture(state);
        }
        return read(collector, Tuple.of(state.countedTo(), to))
                .compose(more ->
                        keep(collector, held, state.counted(to, collector.kind().join(state.totals(), more))))
                .compose(counted -> close(collector, held, counted, now, steps - 1));
    }

    /** What is not kept did not happen: the next holder must not count less than was shown. */
    private Future<CounterState> keep(Collector collector, Lease held, CounterState state) {
        return states.save(held, collector.name(), state).map(kept -> {
            current.put(collector.name(), state);
            return state;
        });
    }

    private Future<Amounts> show(Collector collector, CounterState state, long head) {
        long to = state.shownTo(head);
        return to == state.countedTo()
                ? Future.succeededFuture(state.totals())
                : read(collector, Tuple.of(state.countedTo(), to))
                        .map(open -> collector.kind().join(state.totals(), open));
    }
}
