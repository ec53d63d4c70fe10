package dev.koda.dashboard;

import dev.koda.checks.Redactor;
import dev.koda.checks.settings.Secret;
import dev.koda.dashboard.audit.KodaDatabase;
import dev.koda.dashboard.store.StoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the operations surface keeps what it remembers.
 *
 * @param store the Postgres
 * @param directory of this server alone, made with mode 0700 if it is not there: for events that wait for the store, and
 *     for keys
 * @param node the name of this host, which stands in events
 * @param redactor takes secrets out of events
 * @param auditRetention how long an audit event is kept at least
 * @param auditArchive where events go before they are dropped; null if they go nowhere
 * @param koda where a Koda install keeps its own audit events; null if there is none
 * @param fingerprintKey what credentials are told apart with; null if they are not
 * @param configuration changes whenever the settings do, or what koda.yaml declares, and tells nothing of them
 */
public record StateOptions(
        StoreOptions store,
        Path directory,
        String node,
        Redactor redactor,
        Duration auditRetention,
        @Nullable Path auditArchive,
        @Nullable KodaDatabase koda,
        @Nullable Secret fingerprintKey,
        String configuration) {
    /** How long an audit event is kept when nobody says otherwise. */
    public static final Duration AUDIT_RETENTION = Duration.ofDays(90);

    public StateOptions {
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(redactor, "redactor");
        Objects.requireNonNull(configuration, "configuration");
        if (auditRetention.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("auditRetention must be a day or more, not " + auditRetention);
        }
    }

    /** With the usual retention and no archive. */
    public static StateOptions of(StoreOptions store, Path directory, String node, Redactor redactor) {
        return new StateOptions(store, directory, node, redactor, AUDIT_RETENTION, null, null, null, "");
    }

    /** The same with another retention. */
    public StateOptions auditRetention(Duration length) {
        return new StateOptions(
                store, directory, node, redactor, length, auditArchive, koda, fingerprintKey, configuration);
    }

    /** The same with an archive. */
    public StateOptions auditArchive(Path archive) {
        return new StateOptions(
                store, directory, node, redactor, auditRetention, archive, koda, fingerprintKey, configuration);
    }

    /** The same with the revision of the settings and of what koda.yaml declares. */
    public StateOptions configuration(String revision) {
        return new StateOptions(
                store, directory, node, redactor, auditRetention, auditArchive, koda, fingerprintKey, revision);
    }

    /** The same for a Koda install. */
    public StateOptions koda(KodaDatabase place) {
        return new StateOptions(
                store, directory, node, redactor, auditRetention, auditArchive, place, fingerprintKey, configuration);
    }

    /** The same with a key for fingerprints of credentials. */
    public StateOptions fingerprintKey(Secret key) {
        return new StateOptions(
                store, directory, node, redactor, auditRetention, auditArchive, koda, key, configuration);
    }
}
