package dev.koda.dashboard.verification;

import dev.koda.checks.TimeSource;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.dashboard.audit.AuditTrail;
import dev.koda.dashboard.http.Access;
import dev.koda.dashboard.http.Cursors;
import dev.koda.dashboard.http.Operation;
import dev.koda.dashboard.store.Leadership;
import dev.koda.dashboard.store.Leases;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Verifies integrations on a schedule, each on one of all servers, keeps what is found with what the doctor finds, and
 * shows it. Nothing is asked before {@link #begin}. For one event loop.
 */
public final class VerificationHistory implements AutoCloseable {
    private final OperationsStore store;
    private final Leases leases;
    private final TimeSource time;
    private final VerificationOptions options;
    private final Watchlist watchlist;
    private final Verifier verifier;
    private final Subjects subjects;
    private final Results results;
    private final DoctorHistory doctor;
    private final AuditTrail trail;
    private final Cursors cursors;
    private volatile @Nullable Leadership leadership;

    private VerificationHistory(
            CheckEngine engine,
            TimeSource time,
            OperationsStore store,
            AuditTrail trail,
            Cursors cursors,
            VerificationOptions options) {
        this.store = Objects.requireNonNull(store, "store");
        this.time = Objects.requireNonNull(time, "time");
        this.trail = Objects.requireNonNull(trail, "trail");
        this.cursors = Objects.requireNonNull(cursors, "cursors");
        this.options = Objects.requireNonNull(options, "options");
        leases = Leases.in(store);
        var fingerprints = Fingerprints.of(options.fingerprintKey());
        watchlist = new Watchlist(engine, options.integrations(), options.connections(), options.redactor(), time);
        verifier = new Verifier(watchlist::engineOf, time, fingerprints, options.node());
        subjects = new Subjects(store);
        results = new Results(store, trail);
        doctor = new DoctorHistory(engine, options.doctor(), subjects, results, time, options.node());
    }

    /**
     * The history in a store that stays the caller's, as does the engine.
     *
     * @param engine runs the checks of the integrations
     * @param trail hears who verifies and annotates
     */
    public static VerificationHistory of(
            CheckEngine engine,
            TimeSource time,
            OperationsStore store,
            AuditTrail trail,
            Cursors cursors,
            VerificationOptions options) {
        return new VerificationHistory(engine, time, store, trail, cursors, options);
    }

    /** Begins to strive for the schedule, and to store what the doctor finds. Once, when the store is there. */
    public void begin() {
        doctor.watch();
        doctor.begin();
        watchlist.begin();
        var duty = new Verifying(store, leases, results, verifier, time, options.random(), this::isLeader, watchlist);
        leadership = Leadership.start(Verifying.LEASE, options.holder(), leases, time, duty);
    }

    private boolean isLeader() {
        var known = leadership;
        return known != null && known.lease().isPresent();
    }

    /** Verifications of one integration that ended in one way, in the words of its JSON. */
    public record Kind(String integration, String status) {}

    /** How many verifications this process has made, since it began. */
    public Map<Kind, Long> made() {
        return verifier.made();
    }

    /** What it serves. */
    public List<Operation> operations() {
        var uptimes = new Uptimes(store);
        var incidents = new Incidents(store, cursors, time);
        var annotations = new Annotations(store, trail, cursors, options.redactor(), time);
        var integrations = new IntegrationList(store, uptimes, cursors, time);
        var checks = new Listing(store, uptimes, cursors, time);
        var history = new HistoryAnswer(new HistoryReader(store));
        var verify = new VerifyRoute(watchlist, verifier, subjects, results, trail, time, options.senderOf());
        return List.of(
                Operation.read("getSummary", "/summary", new Summary(store, uptimes, incidents, time)::show),
                Operation.read("listIntegrations", "/integrations", integrations::list)
                        .taking(IntegrationList.PARAMETERS),
                Operation.read("getIntegrationHistory", "/integrations/{id}/history", context -> show(context, history))
                        .taking("range", "from", "to", "buckets"),
                Operation.read(
                                "listVerifications",
                                "/integrations/{id}/verifications",
                                new VerificationList(store, cursors, time)::list)
                        .taking("status", "limit", "cursor"),
                Operation.post("verifyIntegration", "/integrations/{id}/verify", Access.OPERATOR, verify),
                Operation.read("listIncidents", "/incidents", incidents::list)
                        .taking("range", "from", "to", "integration", "open", "limit", "cursor"),
                Operation.read("listAnnotations", "/annotations", annotations::list)
                        .taking("range", "from", "to", "integration", "limit", "cursor"),
                Operation.post("addAnnotation", "/annotations", Access.OPERATOR, annotations::add),
                Operation.read(
                                "getDoctorHistory",
                                "/doctor/history",
                                new DoctorHistoryRoute(checks, history, doctor, time, options.node()))
                        .taking(
                                "node", "check", "status", "kind", "q", "limit", "cursor", "range", "from", "to",
                                "buckets"));
    }

    private void show(RoutingContext context, HistoryAnswer history) {
        var asked = Asked.of(context, "range", "from", "to", "buckets");
        var now = time.now();
        int buckets = asked.number("buckets", 90, HistoryAnswer.MOST_BUCKETS);
        Answers.with(
                context, 200, history.of(Asked.id(context), Subject.Type.INTEGRATION, asked.kept(now), buckets, now));
    }

    /**
     * Ends the schedule and gives its lease back, so that another server follows at once.
     *
     * @return completes when it is done; never fails
     */
    public Future<Void> drain() {
        var known = leadership;
        return known == null ? Future.succeededFuture() : known.stop();
    }

    /** The same, and begins nothing any more. */
    @Override
    public void close() {
        doctor.close();
        watchlist.close();
        drain();
    }
}
