package dev.koda.dashboard.verification;

import dev.koda.checks.TimeSource;
import dev.koda.checks.stack.Integration;
import dev.koda.dashboard.store.DutySteps;
import dev.koda.dashboard.store.Leadership;
import dev.koda.dashboard.store.Lease;
import dev.koda.dashboard.store.Leases;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The duty of the one server that verifies: says what there is to verify, keeps the schedule, and tends the tables.
 * Thread-safe.
 */
final class Verifying implements Leadership.Duty {
    private static final Logger LOG = LoggerFactory.getLogger(Verifying.class);

    /** The name of the lease. */
    static final String LEASE = "verifications";

    private static final Duration SETBACK = Duration.ofSeconds(2);
    private static final Duration TENDING = Duration.ofHours(1);

    private final OperationsStore store;
    private final Leases leases;
    private final Verifier verifier;
    private final TimeSource time;
    private final DutySteps steps;
    private final DoubleSupplier random;
    private final BooleanSupplier isHeld;
    private final Watchlist watchlist;
    private final Subjects subjects;
    private final Results results;

    private @Nullable Schedule schedule;

    /** @param isHeld whether the lease cannot have run out */
    Verifying(
            OperationsStore store,
            Leases leases,
            Results results,
            Verifier verifier,
            TimeSource time,
            DoubleSupplier random,
            BooleanSupplier isHeld,
            Watchlist watchlist) {
        this.store = store;
        this.leases = leases;
        this.results = results;
        this.verifier = verifier;
        this.time = time;
        steps = DutySteps.of(time);
        this.random = random;
        this.isHeld = isHeld;
        this.watchlist = watchlist;
        subjects = new Subjects(store);
    }

    @Override
    public void begin(Lease held) {
        steps.begin(held);
        watchlist.onChange(() -> prepare(held));
        prepare(held);
    }

    @Override
    public synchronized void end() {
        steps.end();
        if (schedule != null) {
            schedule.end();
            schedule = null;
        }
    }

    private void prepare(Lease held) {
        if (steps.isHeld(held)) {
            watchlist.ready().onComplete(known -> prepare(held, watchlist.all()));
        }
    }

    private void prepare(Lease held, List<Integration> integrations) {
        var ids = integrations.stream().map(one -> one.id().toString()).toList();
        tables(held)
                .compose(done -> subjects.declare(
                        integrations.stream().map(Verifier::subject).toList()))
                .compose(done -> subjects.retireOthers(Subject.Type.INTEGRATION, null, ids))
                .compose(done -> subjects.lastOf(ids))
                .onSuccess(last -> start(held, integrations, last))
                .onFailure(failure -> {
                    failed(failure);
                    steps.after(SETBACK, held, this::prepare);
                });
    }

    /** A schedule of others ends; what it has begun is stored all the same. */
    private synchronized void start(Lease held, List<Integration> integrations, Map<String, Instant> last) {
        if (!steps.isHeld(held)) {
            return;
        }
        if (schedule != null) {
            schedule.end();
        }
        schedule = new Schedule(
                verifier, results, time, random, isHeld, held, connection -> leases.fence(connection, held));
        schedule.begin(integrations, last);
        steps.after(TENDING, held, this::tend);
    }

    private void tend(Lease held) {
        if (steps.isHeld(held)) {
            tables(held).onComplete(done -> {
                if (done.failed()) {
                    failed(done.cause());
                }
                steps.after(done.failed() ? Duration.ofMinutes(1) : TENDING, held, this::tend);
            });
        }
    }

    private Future<Void> tables(Lease held) {
        // By the clock of the database: that of a server may be wrong, and what is dropped is gone.
        return store.query("SELECT clock_timestamp() AS now")
                .map(rows -> Subjects.instant(rows.iterator().next(), "now"))
                .compose(now -> tables(held, now));
    }

    private Future<Void> tables(Lease held, Instant now) {
        Future<Void> all = Future.succeededFuture();
        for (var partitions : TimePartitions.ALL) {
            all = all.compose(done -> partitions.tend(store, leases, held, now));
        }
        return all.compose(done -> Retention.apply(store, leases, held, now));
    }

    private static void failed(Throwable failure) {
        LOG.atWarn()
                .addKeyValue("event", "verification.tables_failed")
                .log("the tables of verifications could not be tended: {}", failure.getMessage());
    }
}
