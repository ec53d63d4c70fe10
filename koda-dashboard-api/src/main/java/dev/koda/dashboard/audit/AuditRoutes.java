package dev.koda.dashboard.audit;

import dev.koda.checks.vertx.VertxTime;
import dev.koda.dashboard.http.Access;
import dev.koda.dashboard.http.Cursors;
import dev.koda.dashboard.http.Gate;
import dev.koda.dashboard.http.Operation;
import dev.koda.dashboard.store.Leases;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.security.PublicKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is served of the audit log. For one event loop. */
final class AuditRoutes {
    private final Vertx vertx;
    private final LogReader reader;
    private final AuditTrail trail;
    private final Cursors cursors;
    private final VerifyRoute verify;
    private final StormBook storms;
    private @Nullable StreamRoute stream;

    AuditRoutes(Vertx vertx, OperationsStore store, AuditTrail trail, @Nullable AuditOptions options) {
        this.vertx = vertx;
        this.trail = trail;
        reader = new LogReader(store);
        // Without a store nobody ever gets one.
        cursors = options == null ? Cursors.ofThisProcess() : options.cursors();
        storms = new StormBook(store, Leases.in(store));
        verify = new VerifyRoute(vertx, store, trail);
    }

    List<Operation> operations(Gate gate) {
        // The one of the first call stays: a drain ends its streams.
        if (stream == null) {
            stream = new StreamRoute(reader, VertxTime.of(vertx), () -> gate);
        }
        return List.of(
                Operation.read("listAuditEvents", "/audit/events", new EventsRoute(reader, cursors))
                        .taking(EventFilter.with("order", "limit", "cursor")),
                Operation.read("getAuditEvent", "/audit/events/{id}", new EventRoute(reader)),
                Operation.read("streamAudit", "/audit/stream", stream).taking(StreamRoute.PARAMETERS),
                Operation.read("listAuditStorms", "/audit/storms", new StormsRoute(storms, cursors))
                        .taking("open", "limit", "cursor"),
                Operation.post("verifyAudit", "/audit/verify", Access.OPERATOR, verify),
                new Operation(
                                "exportAudit",
                                HttpMethod.GET,
                                "/audit/export",
                                Access.ADMIN,
                                new ExportRoute(reader, trail))
                        .taking(EventFilter.PARAMETERS));
    }

    /** From now on the checkpoints of this key are held against it. */
    void trust(PublicKey key) {
        verify.trust(key);
    }

    /** How many streams are open. */
    int streams() {
        return stream == null ? 0 : stream.open();
    }

    void endStreams() {
        if (stream != null) {
            stream.endAll("draining");
        }
    }
}
