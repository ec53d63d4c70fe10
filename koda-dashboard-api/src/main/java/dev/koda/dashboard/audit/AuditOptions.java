package dev.koda.dashboard.audit;

import dev.koda.checks.Redactor;
import dev.koda.dashboard.http.Cursors;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a server audits.
 *
 * @param directory of this server alone, for events that wait and for its signing key; made when it is needed
 * @param node the name of this host, which stands in each event
 * @param redactor takes secrets out of events
 * @param cursors for places in listings; servers that share a store should share their key
 * @param retention how long an event is kept at least
 * @param archive where events go before they are dropped; null if they go nowhere
 * @param koda whose events are brought in; null if there is no Koda
 */
public record AuditOptions(
        Path directory,
        String node,
        Redactor redactor,
        Cursors cursors,
        Duration retention,
        @Nullable Path archive,
        @Nullable KodaDatabase koda) {
    public AuditOptions {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(redactor, "redactor");
        Objects.requireNonNull(cursors, "cursors");
        Objects.requireNonNull(retention, "retention");
    }
}
