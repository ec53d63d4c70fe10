package dev.koda.dashboard;

import dev.koda.checks.network.RefusedAddresses.Refused;
import dev.koda.dashboard.audit.AuditEvent;
import dev.koda.dashboard.audit.AuditEventType;
import dev.koda.dashboard.audit.AuditTrail;
import dev.koda.dashboard.store.OperationsStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a server tells of itself in the audit log. Thread-safe. */
final class ServerEvents {
    private static final Logger LOG = LoggerFactory.getLogger(ServerEvents.class);

    private static final String KNOWN = "SELECT revision FROM koda_ops.configuration WHERE node = $1";

    private static final String KEEP = """
            INSERT INTO koda_ops.configuration AS c (node, revision, since) VALUES ($1, $2, clock_timestamp())
            ON CONFLICT (node) DO UPDATE SET revision = excluded.revision, since = excluded.since
            WHERE c.revision <> excluded.revision
            """;

    private final OperationsStore store;
    private final AuditTrail trail;
    private final @Nullable StateOptions state;

    /** @param state null if nothing is remembered here */
    ServerEvents(OperationsStore store, AuditTrail trail, @Nullable StateOptions state) {
        this.store = store;
        this.trail = trail;
        this.state = state;
    }

    /** With which configuration it begins. */
    void begun() {
        if (state != null) {
            trail.record(AuditEvent.of(AuditEventType.CONFIGURATION_LOADED)
                    .to(state.node())
                    .with("revision", state.configuration()));
        }
    }

    /** Whether that is another one than before, which the store knows. */
    void storeIsThere() {
        if (state != null && !state.configuration().isEmpty()) {
            compare(state.node(), state.configuration())
                    .onFailure(failure -> LOG.atWarn()
                            .addKeyValue("event", "configuration.unknown")
                            .log("whether the configuration has changed is not known: {}", failure.getMessage()));
        }
    }

    /** It is told before it is kept: a change that is told twice is better than one that is never told. */
    private Future<Void> compare(String node, String revision) {
        return store.query(KNOWN, Tuple.of(node))
                .compose(rows -> {
                    var known =
                            rows.size() == 0 ? revision : rows.iterator().next().getString("revision");
                    return known.equals(revision)
                            ? Future.<Void>succeededFuture()
                            : trail.record(AuditEvent.of(AuditEventType.CONFIGURATION_CHANGED)
                                    .to(node)
                                    .with("from_revision", known)
                                    .with("revision", revision));
                })
                .compose(told -> store.query(KEEP, Tuple.of(node, revision)))
                .mapEmpty();
    }

    /** Where a check was not let to. */
    void refused(Refused refused) {
        if (state != null) {
            trail.record(AuditEvent.of(AuditEventType.SSRF_BLOCKED)
                    .to(refused.check().toString())
                    .because("address_refused")
                    .with("node", state.node())
                    .with("url", refused.target())
                    .with("address", refused.address()));
        }
    }

    /** It takes its leave. */
    void draining() {
        if (state != null) {
            trail.record(AuditEvent.of(AuditEventType.DRAIN_STARTED));
        }
    }
}
