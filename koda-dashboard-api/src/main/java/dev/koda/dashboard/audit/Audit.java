package dev.koda.dashboard.audit;

import dev.koda.checks.Redactor;
import dev.koda.checks.TimeSource;
import dev.koda.dashboard.http.Gate;
import dev.koda.dashboard.http.Operation;
import dev.koda.dashboard.store.Leadership;
import dev.koda.dashboard.store.Leases;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The audit part of a server: the one trail that every other part gives its events to, the log that they are sealed into,
 * and what serves it. The trail is thread-safe; the rest is for one event loop.
 */
public final class Audit {
    /** A last checkpoint is worth a moment, and no more: the log is whole without it. */
    private static final Duration LAST_WORD = Duration.ofSeconds(2);

    /** Those who look at the log share these: a search of it takes seconds, and a lease does not wait so long. */
    private static final int READERS = 3;

    private final Vertx vertx;
    private final TimeSource time;
    private final OperationsStore store;
    private final OperationsStore readers;
    private final @Nullable AuditOptions options;
    private final @Nullable OwnDirectory own;
    private final Intake intake;
    private final @Nullable StoredTrail stored;
    private final FoldedTrail trail;
    private final AuditRoutes routes;
    private final List<Leadership> duties = new ArrayList<>();
    private final EventStamp stamp;
    private @Nullable Sealer sealer;
    private @Nullable OperationsStore foreign;
    private boolean isEnding;

    private Audit(Vertx vertx, TimeSource time, OperationsStore store, @Nullable AuditOptions options) {
        this.vertx = vertx;
        this.time = time;
        this.store = store;
        this.options = options;
        own = options == null ? null : OwnDirectory.of(options.directory());
        intake = new Intake(new Inbox(store), time);
        if (options == null || own == null) {
            stored = null;
            stamp = EventStamp.of(time, Redactor.byShape(), "");
            trail = new FoldedTrail(new LoggedTrail(stamp), time);
        } else {
            stamp = EventStamp.of(time, options.redactor(), options.node());
            stored = StoredTrail.open(stamp, intake, own, vertx, time);
            trail = new FoldedTrail(stored, time);
        }
        readers = store.beside(READERS);
        routes = new AuditRoutes(vertx, readers, trail, options);
    }

    /** Events go to the log alone, and what may not happen unrecorded does not happen. */
    public static Audit logged(Vertx vertx, TimeSource time) {
        return new Audit(vertx, time, OperationsStore.absent(), null);
    }

    /** Events go to the log and to the store, or wait on the disk for it. */
    public static Audit stored(Vertx vertx, TimeSource time, OperationsStore store, AuditOptions options) {
        return new Audit(vertx, time, store, options);
    }

    /** Where events go. */
    public AuditTrail trail() {
        return trail;
    }

    /**
     * What is served.
     *
     * @param gate is asked again, for who watches a stream
     */
    public List<Operation> operations(Gate gate) {
        return routes.operations(gate);
    }

    /**
     * Begins what one of several servers does at a time; the schema must be there.
     *
     * @param holder the name of this start of this process, unlike that of any other
     */
    public void begin(String holder, Leases leases) {
        var directory = own;
        if (options == null || directory == null) {
            return;
        }
        vertx.executeBlocking(() -> KeyFile.open(directory)).onSuccess(found -> {
            if (!found.reason().isEmpty()) {
                tell(found);
            }
            routes.trust(found.key().publicKey());
            var signed = new LastSigned(vertx, directory);
            begin(holder, leases, new Checkpoints(store, time, found.key(), signed, trail), options);
        });
    }

    /** What the new key signs comes later, but nothing waits for this to be stored. */
    private void tell(KeyFile.Found found) {
        trail.record(AuditEvent.of(AuditEventType.AUDIT_KEY_ROTATED)
                .to(found.key().id())
                .because(found.reason())
                .with("public_key", found.key().publicText()));
    }

    private void begin(String holder, Leases leases, Checkpoints checkpoints, AuditOptions options) {
        if (isEnding) {
            return;
        }
        var partitions = new Partitions(store, leases, Partitions.EVENTS);
        sealer = new Sealer(new Sealing(store, leases), checkpoints, partitions, time);
        intake.sealWith(sealer);
        duties.add(Leadership.start("audit-sealer", holder, leases, time, sealer));
        var storms = new StormWatch(new StormBook(store, leases), new LogReader(store), trail, time);
        duties.add(Leadership.start("audit-storms", holder, leases, time, storms));
        var koda = options.koda();
        if (koda != null) {
            var source = OperationsStore.of(vertx, koda.database());
            foreign = source;
            var duty = new KodaImport(source, koda, store, leases, stamp, time);
            duties.add(Leadership.start("audit-import", holder, leases, time, duty));
        }
        duties.add(Leadership.start(
                "audit-retention",
                holder,
                leases,
                time,
                retention(partitions, options.retention(), options.archive())));
    }

    private Retention retention(Partitions partitions, Duration kept, @Nullable Path directory) {
        var archive = directory == null ? null : new Archive(vertx, new LogReader(store), directory);
        return new Retention(store, partitions, archive, trail, time, kept);
    }

    /** A kind of event, in the words of its JSON. */
    public record EventKind(String type, String severity) {}

    /**
     * What this process knows of its own part, for meters.
     *
     * @param events that it has recorded or brought in, since it began
     * @param spooled events that wait on the disk for the store
     * @param writeFailures attempts to write into the store that failed, since the process began
     * @param streams that are open
     */
    public record Figures(Map<EventKind, Long> events, long spooled, long writeFailures, int streams) {}

    /** How it stands now. */
    public Figures figures() {
        var events = stamp.counts().now();
        return stored == null
                ? new Figures(events, 0, 0, routes.streams())
                : new Figures(events, stored.spooled(), stored.failures(), routes.streams());
    }

    /** The kinds of storms that there are. */
    public static List<String> stormKinds() {
        return Stream.of(StormKind.values()).map(StormKind::toString).toList();
    }

    /** Says goodbye to who watches, seals and signs once more, and gives back what was taken; never fails. */
    public Future<Void> drain() {
        isEnding = true;
        routes.endStreams();
        trail.close();
        var last = sealer == null ? Future.<Void>succeededFuture() : sealer.finish();
        return last.timeout(LAST_WORD.toMillis(), TimeUnit.MILLISECONDS)
                .otherwiseEmpty()
                .compose(signed ->
                        Future.join(duties.stream().map(Leadership::stop).toList()))
                .otherwiseEmpty()
                .mapEmpty();
    }

    /** Waits until what was recorded is stored or on the disk; never fails. */
    public Future<Void> stop() {
        if (foreign != null) {
            foreign.close();
        }
        readers.close();
        return stored == null ? Future.succeededFuture() : stored.close().eventually(this::leaveDirectory);
    }

    private Future<Void> leaveDirectory() {
        var directory = own;
        return directory == null
                ? Future.succeededFuture()
                : vertx.executeBlocking(() -> {
                    directory.close();
                    return null;
                });
    }
}
