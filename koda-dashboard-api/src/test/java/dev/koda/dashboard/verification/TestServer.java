package dev.koda.dashboard.verification;

import dev.koda.checks.CheckId;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Redactor;
import dev.koda.checks.Suite;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.settings.Secret;
import dev.koda.checks.stack.Integration;
import dev.koda.checks.stack.Integrations;
import dev.koda.checks.testing.StubCheck;
import dev.koda.checks.testing.VirtualTime;
import dev.koda.dashboard.audit.AuditEvent;
import dev.koda.dashboard.connections.KodaConnections;
import dev.koda.dashboard.http.Cursors;
import dev.koda.dashboard.http.Refusal;
import dev.koda.dashboard.http.Sender;
import dev.koda.dashboard.store.OperationsDatabase;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One of several servers that share a store: its own time, engine, checks and pool. */
final class TestServer implements AutoCloseable {
    static final Duration EVERY = Duration.ofSeconds(60);

    final VirtualTime time;
    final OperationsStore store;
    final CheckEngine engine;
    final VerificationHistory history;
    final Map<String, StubCheck> checks = new ConcurrentHashMap<>();
    final List<AuditEvent> events = new CopyOnWriteArrayList<>();
    final Integrations declared = Integrations.none();
    volatile boolean isTrailDown;

    /** @param integrations how many there are: {@code provider.key[0]} and so on */
    TestServer(OperationsDatabase database, VirtualTime time, String node, int integrations, String credential) {
        this(database, time, node, integrations, credential, null);
    }

    /** With what is connected to a Koda besides. */
    TestServer(
            OperationsDatabase database,
            VirtualTime time,
            String node,
            int integrations,
            String credential,
            @Nullable KodaConnections connections) {
        this.time = time;
        store = database.store();
        var feed = DoctorFeed.of(time);
        var all = declared;
        var builder = CheckEngine.builder().time(time).listener(feed);
        IntStream.range(0, integrations).forEach(i -> builder.check(spec(i)));
        engine = builder.build();
        IntStream.range(0, integrations).forEach(i -> all.add(integration(i, credential)));
        history = VerificationHistory.of(
                engine,
                time,
                store,
                this::record,
                Cursors.of(new byte[32]),
                new VerificationOptions(
                        node,
                        "start of " + node,
                        all,
                        connections,
                        feed,
                        "fingerprint-key",
                        Redactor.byShape(),
                        request -> Sender.remote("203.0.113.7", true),
                        () -> 0.5));
    }

    private CheckSpec spec(int i) {
        var check = StubCheck.answering(Outcome.pass("accepts the key").observed("status", 200, "status"));
        checks.put("provider.key[" + i + "]", check);
        return CheckSpec.of("provider.key")
                .instance(Integer.toString(i))
                .in(Suite.DOCTOR)
                .every(Duration.ofMinutes(15))
                .timeout(Duration.ofMinutes(10))
                .run(check);
    }

    static Integration integration(int i, String credential) {
        return new Integration(
                new CheckId("provider.key", Integer.toString(i)),
                "provider",
                "Provider " + i,
                "settings",
                EVERY,
                Secret.of(credential),
                "provider " + i);
    }

    StubCheck check(int i) {
        return Objects.requireNonNull(checks.get("provider.key[" + i + "]"));
    }

    private Future<Void> record(AuditEvent event) {
        events.add(event);
        return isTrailDown
                ? Future.failedFuture(Refusal.of(503, "audit_unavailable", "the event cannot be stored"))
                : Future.succeededFuture();
    }

    @Override
    public void close() {
        history.close();
        engine.close();
        store.close();
    }
}
