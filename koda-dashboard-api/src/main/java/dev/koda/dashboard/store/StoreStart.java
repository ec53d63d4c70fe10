package dev.koda.dashboard.store;

import dev.koda.checks.TimeSource;
import dev.koda.dashboard.store.StoreException.Kind;
import io.vertx.core.AsyncResult;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the schema up to date in the background, however long the store takes to answer: asks again with growing pauses,
 * says once why it waits, and once that it is there. Thread-safe.
 */
public final class StoreStart implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoreStart.class);

    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final OperationsStore store;
    private final Migrator migrator;
    private final TimeSource time;
    private final Runnable whenThere;

    private Duration pause = FIRST_PAUSE;
    private @Nullable String told;
    private TimeSource.@Nullable Timer timer;
    private boolean isClosed;

    private StoreStart(OperationsStore store, Migrator migrator, TimeSource time, Runnable whenThere) {
        this.store = store;
        this.migrator = migrator;
        this.time = time;
        this.whenThere = whenThere;
    }

    /**
     * Begins at once.
     *
     * @param holder the name of this start of this process, unlike that of any other
     * @param whenThere is run once, when the schema is this software's; must not block; not after {@link #close}
     */
    public static StoreStart begin(OperationsStore store, String holder, TimeSource time, Runnable whenThere) {
        var start = new StoreStart(
                store,
                Migrator.of(store, holder),
                Objects.requireNonNull(time, "time"),
                Objects.requireNonNull(whenThere, "whenThere"));
        start.attempt();
        return start;
    }

    private void attempt() {
        migrator.migrate().onComplete(this::answered);
    }

    private synchronized void answered(AsyncResult<Void> answer) {
        if (isClosed) {
            return;
        }
        if (answer.succeeded()) {
            LOG.atInfo()
                    .addKeyValue("event", "store.there")
                    .addKeyValue("store", store.name())
                    .log("the operations store {} is there", store.name());
            whenThere.run();
            return;
        }
        tell(answer.cause());
        timer = time.schedule(pause, this::attempt);
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
    }

    /** Another reason is news; that another process is at it is none. */
    private void tell(Throwable failure) {
        if (failure instanceof StoreException known && known.kind() == Kind.FENCED) {
            return;
        }
        var why = failure instanceof StoreException ? String.valueOf(failure.getMessage()) : failure.toString();
        if (!why.equals(told)) {
            told = why;
            LOG.atWarn()
                    .addKeyValue("event", "store.awaited")
                    .addKeyValue("store", store.name())
                    .log("{} ({}); until it is there, what needs it answers 503", why, store.name());
        }
    }

    /** Asks no more. */
    @Override
    public synchronized void close() {
        isClosed = true;
        if (timer != null) {
            timer.cancel();
        }
    }
}
