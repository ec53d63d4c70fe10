package dev.koda.dashboard.sessions;

import dev.koda.checks.TimeSource;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Ids that are good no more: of sessions that were ended, and of login links that were used. Known from memory, read
 * again every ten seconds; what the store could not take is offered to it again, and counts here meanwhile. Thread-safe.
 */
final class Spent implements AutoCloseable {
    static final Duration INTERVAL = Duration.ofSeconds(10);

    /** After so long nobody can show one any more; an hour more, since clocks differ. */
    private static final Duration KEPT = Session.LONGEST.plusHours(1);

    private static final int READINGS_OF_AN_HOUR = 360;

    private static final String READ = "SELECT id FROM koda_ops.spent WHERE expires_at > clock_timestamp()";

    /** By the clock of the database, as the other two: {@link #KEPT}. */
    private static final String SPEND = """
            INSERT INTO koda_ops.spent (id, expires_at) VALUES ($1, clock_timestamp() + interval '13 hours')
            ON CONFLICT (id) DO NOTHING
            """;

    private static final String FORGET = "DELETE FROM koda_ops.spent WHERE expires_at < clock_timestamp()";

    private final OperationsStore store;
    private final TimeSource time;
    private volatile Set<UUID> known = Set.of();
    /** What this server has ended: it counts also where a reading does not have it yet. */
    private final Map<UUID, Instant> own = new HashMap<>();

    private final Set<UUID> unstored = new HashSet<>();
    private long readings;
    private TimeSource.@Nullable Timer timer;
    private boolean isClosed;

    Spent(OperationsStore store, TimeSource time) {
        this.store = store;
        this.time = time;
    }

    /** Reads now and from now on. */
    void begin() {
        offerAgain()
                .compose(offered -> store.query(READ))
                .onSuccess(rows -> {
                    var ids = new HashSet<UUID>();
                    rows.forEach(row -> ids.add(row.getUUID("id")));
                    known = ids;
                    forget();
                })
                .onComplete(done -> again());
    }

    private synchronized void again() {
        if (!isClosed) {
            timer = time.schedule(INTERVAL, this::begin);
        }
    }

    private void forget() {
        synchronized (this) {
            own.values().removeIf(end -> end.isBefore(time.now()));
            if (readings++ % READINGS_OF_AN_HOUR != 0) {
                return;
            }
        }
        store.query(FORGET).onFailure(later -> {});
    }

    private Future<Void> offerAgain() {
        Set<UUID> ids;
        synchronized (this) {
            ids = Set.copyOf(unstored);
        }
        Future<Void> all = Future.succeededFuture();
        for (var id : ids) {
            all = all.compose(done -> store(id).mapEmpty());
        }
        return all;
    }

    boolean contains(UUID id) {
        if (known.contains(id)) {
            return true;
        }
        synchronized (this) {
            return own.containsKey(id);
        }
    }

    /** Ends it at once, here; elsewhere as soon as the store knows. */
    void end(UUID id) {
        synchronized (this) {
            own.put(id, time.now().plus(KEPT));
            unstored.add(id);
        }
        store(id).onFailure(later -> {});
    }

    /**
     * Spends it, if nobody has before.
     *
     * @return false if somebody has; fails if the store does not know
     */
    Future<Boolean> spend(UUID id) {
        return store(id).onSuccess(first -> {
            synchronized (this) {
                own.put(id, time.now().plus(KEPT));
            }
        });
    }

    private Future<Boolean> store(UUID id) {
        return store.query(SPEND, Tuple.of(id)).map(rows -> {
            synchronized (this) {
                unstored.remove(id);
            }
            return rows.rowCount() > 0;
        });
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        if (timer != null) {
            timer.cancel();
        }
    }
}
