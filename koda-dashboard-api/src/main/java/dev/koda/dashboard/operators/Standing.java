package dev.koda.dashboard.operators;

import dev.koda.checks.TimeSource;
import dev.koda.dashboard.operators.OperatorTable.Entry;
import io.vertx.core.Future;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is an operator, in memory: a request asks no database, and reading survives an outage of the store. Read again
 * every ten seconds. Thread-safe.
 */
final class Standing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Standing.class);

    static final Duration INTERVAL = Duration.ofSeconds(10);

    /** Two readings may fail before it counts as old. */
    static final Duration FRESH = Duration.ofSeconds(30);

    private final OperatorTable table;
    private final TimeSource time;
    private volatile @Nullable Reading last;
    private long begun;
    private boolean isOldTold;
    private TimeSource.@Nullable Timer timer;
    private boolean isClosed;

    /**
     * What was read.
     *
     * @param number of the reading: one that began earlier never replaces it
     * @param nanos when it began
     */
    private record Reading(long number, long nanos, List<Entry> entries) {}

    Standing(OperatorTable table, TimeSource time) {
        this.table = table;
        this.time = time;
    }

    /** Reads now and from now on. */
    void begin() {
        read().onComplete(done -> again());
    }

    private synchronized void again() {
        if (!isClosed) {
            timer = time.schedule(INTERVAL, this::begin);
        }
    }

    /** Reads now; what was known stays known if that fails. Never fails. */
    Future<Void> read() {
        long number;
        synchronized (this) {
            number = ++begun;
        }
        long nanos = time.nanos();
        return table.live().transform(read -> {
            keep(number, nanos, read.succeeded() ? read.result() : null);
            return Future.succeededFuture();
        });
    }

    private synchronized void keep(long number, long nanos, @Nullable List<Entry> entries) {
        var before = last;
        if (entries != null && (before == null || before.number() < number)) {
            last = new Reading(number, nanos, entries);
        }
        boolean isOld = last != null && knowledge() == Knowledge.OLD;
        if (isOld != isOldTold) {
            isOldTold = isOld;
            LOG.atWarn()
                    .addKeyValue("event", isOld ? "operators.old" : "operators.fresh")
                    .log(
                            isOld
                                    ? "the operators cannot be read from the store: who was known may look, and change"
                                            + " nothing"
                                    : "the operators are read from the store again");
        }
    }

    Knowledge knowledge() {
        var now = last;
        if (now == null) {
            return Knowledge.NONE;
        }
        return time.nanos() - now.nanos() < FRESH.toNanos() ? Knowledge.FRESH : Knowledge.OLD;
    }

    /** Looks at all of them, wherever it is found, so that the time says nothing. */
    Optional<Operator> byDigest(byte[] digest) {
        Operator found = null;
        for (var entry : entries()) {
            if (MessageDigest.isEqual(entry.digest().getBytes(), digest)) {
                found = entry.operator();
            }
        }
        return Optional.ofNullable(found);
    }

    Optional<Operator> first(Predicate<Operator> condition) {
        return entries().stream().map(Entry::operator).filter(condition).findFirst();
    }

    private List<Entry> entries() {
        var now = last;
        return now == null ? List.of() : now.entries();
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        if (timer != null) {
            timer.cancel();
        }
    }
}
