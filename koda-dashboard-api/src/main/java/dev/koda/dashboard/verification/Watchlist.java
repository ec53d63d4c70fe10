package dev.koda.dashboard.verification;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Redactor;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.engine.CheckHandle;
import dev.koda.checks.provider.ProviderChecks;
import dev.koda.checks.stack.Integration;
import dev.koda.checks.stack.Integrations;
import dev.koda.dashboard.connections.KodaConnection;
import dev.koda.dashboard.connections.KodaConnections;
import dev.koda.dashboard.connections.KodaConnections.NoTables;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is verified now: where the tables of a Koda install can be read, what is connected to it, in the place of the
 * providers of the settings; else those; and always what koda.yaml asks. Looks for changes every 15 s. Their checks are
 * in an engine of their own, so that the doctor asks the same here and anywhere else. Thread-safe.
 */
final class Watchlist implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watchlist.class);

    static final Duration INTERVAL = Duration.ofSeconds(15);

    private static final CheckId CONTROL_PLANE = CheckId.of("control-plane.reachable");

    private final CheckEngine engine;
    private final CheckEngine connected;
    private final Integrations declared;
    private final @Nullable KodaConnections koda;
    private final TimeSource time;
    private final Promise<Void> ready = Promise.promise();
    private final Map<CheckId, Member> members = new LinkedHashMap<>();

    private volatile @Nullable List<Integration> connections;
    private volatile Runnable onChange = () -> {};
    private @Nullable String told;
    private TimeSource.@Nullable Timer timer;
    private boolean isClosed;

    private record Member(KodaConnection connection, Integration integration, CheckHandle handle) {}

    /**
     * @param engine has the checks of what is declared
     * @param koda where Koda keeps what is connected to it; null if there is none
     */
    Watchlist(
            CheckEngine engine,
            Integrations declared,
            @Nullable KodaConnections koda,
            Redactor redactor,
            TimeSource time) {
        this.engine = engine;
        this.declared = declared;
        this.koda = koda;
        this.time = time;
        connected = CheckEngine.builder().time(time).redactor(redactor).build();
    }

    /** Looks now, and from now on. */
    void begin() {
        if (koda == null) {
            ready.tryComplete();
            return;
        }
        koda.read().onComplete(read -> {
            boolean isChanged = read.succeeded() ? take(read.result()) : read.cause() instanceof NoTables && forget();
            tell(read.cause());
            ready.tryComplete();
            if (isChanged) {
                onChange.run();
            }
            again();
        });
    }

    private synchronized void again() {
        if (!isClosed) {
            timer = time.schedule(INTERVAL, this::begin);
        }
    }

    /** Completes when it has been looked for the first time, whatever came of it. */
    Future<Void> ready() {
        return ready.future();
    }

    /** Is run when there are others, or none any more; the last one that is given here. */
    void onChange(Runnable action) {
        onChange = action;
    }

    /** Those that there are now. */
    List<Integration> all() {
        var known = connections;
        return known == null
                ? declared.all()
                : Stream.concat(
                                known.stream(),
                                declared.all().stream()
                                        .filter(one -> !one.kind().equals(KodaConnection.Kind.PROVIDER.toString())))
                        .toList();
    }

    /** The one of this id. */
    Optional<Integration> find(String id) {
        return all().stream().filter(one -> one.id().toString().equals(id)).findFirst();
    }

    /** In which its check is. */
    CheckEngine engineOf(CheckId id) {
        return connected.checks(Suite.DOCTOR).contains(id) ? connected : engine;
    }

    private synchronized boolean take(List<KodaConnection> found) {
        var fresh = new LinkedHashMap<CheckId, KodaConnection>();
        found.forEach(one -> idOf(one).ifPresent(id -> fresh.putIfAbsent(id, one)));
        var gone = members.entrySet().stream()
                .filter(member -> {
                    var now = fresh.get(member.getKey());
                    return now == null
                            || !now.configuration()
                                    .equals(member.getValue().connection().configuration());
                })
                .map(Map.Entry::getKey)
                .toList();
        gone.forEach(this::remove);
        boolean isChanged = connections == null || !gone.isEmpty();
        for (var entry : fresh.entrySet()) {
            if (!members.containsKey(entry.getKey()) && !isClosed) {
                members.put(entry.getKey(), member(entry.getKey(), entry.getValue()));
                isChanged = true;
            }
        }
        connections = members.values().stream().map(Member::integration).toList();
        return isChanged;
    }

    /** Where there are no tables any more, there is no Koda; what it was connected to is nobody's now. */
    private synchronized boolean forget() {
        boolean isChanged = connections != null;
        List.copyOf(members.keySet()).forEach(this::remove);
        connections = null;
        return isChanged;
    }

    private void remove(CheckId id) {
        var gone = members.remove(id);
        if (gone != null) {
            gone.handle().close();
        }
    }

    /** A name that is no part of an id is one that nobody gives to a connection. */
    private static Optional<CheckId> idOf(KodaConnection connection) {
        try {
            return Optional.of(connection.id());
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }

    private Member member(CheckId id, KodaConnection connection) {
        var handle = connected.register(spec(id, connection));
        var agent = connection.agent();
        var integration = new Integration(
                id,
                connection.kind().toString(),
                agent == null ? connection.key() : connection.key() + " of " + agent,
                "koda",
                ProviderChecks.EVERY,
                null,
                connection.configuration());
        return new Member(connection, integration, handle);
    }

    /** Koda itself verifies it, where it can be told to; else what it noted has to do. */
    private CheckSpec spec(CheckId id, KodaConnection connection) {
        return declared.inKoda()
                .flatMap(verifications -> connection.kind() == KodaConnection.Kind.PROVIDER
                        ? verifications.provider(connection.key())
                        : Optional.of(verifications.connection(id, connection.agent(), connection.key())))
                .map(this::unlessRefused)
                .orElseGet(() -> known().recorded(connection, ProviderChecks.EVERY, time));
    }

    private KodaConnections known() {
        if (koda == null) {
            throw new IllegalStateException("nothing is connected where there is no Koda");
        }
        return koda;
    }

    /** The control plane locks out who shows it a wrong token again and again, and there may be many connections. */
    private CheckSpec unlessRefused(CheckSpec spec) {
        return spec.wrapped(check -> context -> isRefused()
                ? CompletableFuture.completedFuture(
                        Outcome.warn(CONTROL_PLANE + " fails, so whether this works is not known")
                                .reason("provider_unreachable"))
                : check.run(context));
    }

    private boolean isRefused() {
        return engine.checks(Suite.DOCTOR).contains(CONTROL_PLANE)
                && engine.snapshot(Suite.DOCTOR).checks().stream()
                        .anyMatch(result -> result.id().equals(CONTROL_PLANE) && result.status() == Status.FAIL);
    }

    /** What was connected stays known while Koda's Postgres does not answer, which has checks of its own. */
    private synchronized void tell(@Nullable Throwable failure) {
        var why = failure == null ? null : String.valueOf(failure.getMessage());
        if (why != null && !why.equals(told)) {
            LOG.atInfo()
                    .addKeyValue("event", "koda.connections_unknown")
                    .log(
                            "{}: {}",
                            why,
                            connections == null
                                    ? "the integrations are those of the settings and of koda.yaml"
                                    : "the integrations are those that were known");
        }
        told = why;
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        if (timer != null) {
            timer.cancel();
        }
        connected.close();
    }
}
