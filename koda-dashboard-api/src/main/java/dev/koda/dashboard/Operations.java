package dev.koda.dashboard;

import dev.koda.checks.Redactor;
import dev.koda.checks.TimeSource;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.dashboard.audit.Audit;
import dev.koda.dashboard.audit.AuditOptions;
import dev.koda.dashboard.connections.KodaConnections;
import dev.koda.dashboard.heartbeat.HeartbeatRoutes;
import dev.koda.dashboard.http.Cursors;
import dev.koda.dashboard.http.Operation;
import dev.koda.dashboard.http.OperationRoutes;
import dev.koda.dashboard.http.RefusalLog;
import dev.koda.dashboard.operators.Operators;
import dev.koda.dashboard.sessions.Sessions;
import dev.koda.dashboard.store.Leadership;
import dev.koda.dashboard.store.Leases;
import dev.koda.dashboard.store.OperationsStore;
import dev.koda.dashboard.store.StoreStart;
import dev.koda.dashboard.verification.VerificationHistory;
import dev.koda.dashboard.verification.VerificationOptions;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operations surface of one server: what it serves, what it remembers, and the duties that one of several servers has
 * at a time. Here its parts are put together; each is made in the constructor, and what asks the store by itself begins
 * in {@link #storeIsThere}. For one event loop.
 *
 * <p>Every route asks who calls first; every error is a problem document. {@code GET /doctor} needs no store; what needs
 * one answers 503 {@code operations_store_unavailable} while there is none.
 */
public final class Operations implements AutoCloseable {
    /** Where a server mounts {@link #router}. */
    public static final String PATH = "/api/operations/*";

    private static final Logger LOG = LoggerFactory.getLogger(Operations.class);

    private final CheckEngine engine;
    private final OperationsOptions options;
    private final TimeSource time;
    /** The name of this start of this process, unlike that of any other. */
    private final String holder = UUID.randomUUID().toString();

    private final Context context;
    private final OperationsStore store;
    /** Koda's own Postgres, which is only read. */
    private final OperationsStore koda;

    private final Leases leases;
    private final Audit audit;
    private final Operators operators;
    private final Sessions sessions;
    private final VerificationHistory verification;
    private final HeartbeatRoutes heartbeats;
    private final ServerEvents events;
    private final @Nullable SurfaceFigures figures;
    private final RefusalLog refusals;
    private final List<Leadership> duties = new ArrayList<>();
    private @Nullable StoreStart opening;

    private Operations(Vertx vertx, CheckEngine engine, OperationsOptions options) {
        this.engine = Objects.requireNonNull(engine, "engine");
        this.options = Objects.requireNonNull(options, "options");
        time = options.time();
        refusals = RefusalLog.of(time);
        context = vertx.getOrCreateContext();
        var state = options.state();
        store = state == null ? OperationsStore.absent() : OperationsStore.of(vertx, state.store());
        leases = Leases.in(store);
        audit = state == null
                ? Audit.logged(vertx, time)
                : Audit.stored(vertx, time, store, auditOptions(state, options.cursors()));
        operators = Operators.of(store, audit.trail(), time);
        sessions = Sessions.of(options.access(), store, operators, audit.trail(), time);
        var install = state == null ? null : state.koda();
        koda = install == null ? OperationsStore.absent() : OperationsStore.of(vertx, install.database());
        verification = VerificationHistory.of(
                engine, time, store, audit.trail(), options.cursors(), verificationOptions(state));
        heartbeats = HeartbeatRoutes.of(
                options.watched().heartbeats(),
                store,
                options.access().secret(),
                options.access().senderOf(),
                sessions.rates());
        events = new ServerEvents(store, audit.trail(), state);
        options.watched().refused().tell(events::refused);
        var samples = options.figures();
        figures = samples == null
                ? null
                : new SurfaceFigures(store, samples, audit, sessions, verification, time, context);
    }

    private static AuditOptions auditOptions(StateOptions state, Cursors cursors) {
        return new AuditOptions(
                state.directory(),
                state.node(),
                state.redactor(),
                cursors,
                state.auditRetention(),
                state.auditArchive(),
                state.koda());
    }

    private VerificationOptions verificationOptions(@Nullable StateOptions state) {
        var key = state == null ? null : state.fingerprintKey();
        var install = state == null ? null : state.koda();
        return VerificationOptions.of(
                state == null ? "" : state.node(),
                holder,
                options.watched().integrations(),
                install == null ? null : KodaConnections.in(koda, install.schema()),
                options.watched().doctor(),
                key == null ? null : key.reveal(),
                state == null ? Redactor.byShape() : state.redactor(),
                options.access().senderOf());
    }

    /**
     * The surface over this engine, which stays the caller's to close. Nothing is asked before {@link #begin}. Belongs to
     * the event loop that makes it.
     */
    public static Operations of(Vertx vertx, CheckEngine engine, OperationsOptions options) {
        return new Operations(vertx, engine, options);
    }

    /** True if there is a store to be opened; false if nothing is remembered here. */
    public boolean hasStore() {
        return !store.isAbsent();
    }

    /**
     * Opens the store, in the background, and asks again for as long as it does not answer; duties and schedules begin
     * when it does. Once.
     */
    public void begin() {
        if (figures != null) {
            figures.begin();
        }
        if (store.isAbsent()) {
            LOG.atInfo()
                    .addKeyValue("event", "store.absent")
                    .log("no operations store, since neither OPERATIONS_POSTGRES_DSN nor the stack names a Postgres:"
                            + " nothing is remembered, and what needs it answers 503");
        } else {
            events.begun();
            opening = StoreStart.begin(store, holder, time, () -> context.runOnContext(there -> storeIsThere()));
        }
    }

    /** Duties and schedules begin here, once, when the schema is this software's. */
    private void storeIsThere() {
        events.storeIsThere();
        audit.begin(holder, leases);
        operators.begin();
        sessions.begin();
        verification.begin();
        options.duties()
                .forEach(duty ->
                        duties.add(Leadership.start(duty.lease(), holder, leases, time, duty.duty(store, leases))));
    }

    /** Where what is refused is logged, for those who refuse elsewhere: one bound for all. */
    public RefusalLog refusals() {
        return refusals;
    }

    /** A router for {@link #PATH}. */
    public Router router(Vertx vertx) {
        return OperationRoutes.of(operations(), sessions.gate()).log(refusals).router(vertx);
    }

    /** All that is served. */
    List<Operation> operations() {
        var all = new ArrayList<Operation>();
        all.add(Operation.read("getOpenApi", "/openapi.json", OpenApiRoute.ofThisBuild()));
        all.add(Operation.read("runDoctor", "/doctor", new DoctorRoute(engine, options))
                .taking("cached", "strict", "stable", "only", "skip"));
        all.addAll(audit.operations(sessions.gate()));
        all.addAll(operators.operations());
        all.addAll(sessions.operations());
        all.addAll(verification.operations());
        all.addAll(heartbeats.operations());
        return all;
    }

    /** Notes that this server takes its leave; to be called when it begins to. */
    public void noteDrain() {
        events.draining();
    }

    /**
     * Ends the duties and gives their leases back, so that another server follows at once. Requests are still answered.
     *
     * @return completes when it is done; never fails
     */
    public Future<Void> drain() {
        if (figures != null) {
            figures.close();
        }
        if (opening != null) {
            opening.close();
        }
        return verification.drain().eventually(this::endDuties).eventually(audit::drain);
    }

    private Future<Void> endDuties() {
        return Future.join(duties.stream().map(Leadership::stop).toList()).mapEmpty();
    }

    /**
     * The same, and then what waits is written down and the store closed.
     *
     * @return completes when it is done; never fails
     */
    public Future<Void> stop() {
        return drain().eventually(audit::stop).eventually(() -> {
            verification.close();
            sessions.close();
            operators.close();
            koda.close();
            options.duties().forEach(StoreDuty::close);
            store.close();
            return Future.succeededFuture();
        });
    }

    /** {@link #stop} without a word when it is done. */
    @Override
    public void close() {
        stop();
    }
}
