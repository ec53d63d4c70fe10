package dev.koda.server;

import dev.koda.checks.settings.KnownSettings;
import dev.koda.checks.settings.KodaSettings;
import dev.koda.checks.settings.OwnSettings;
import dev.koda.checks.settings.PostgresDsn;
import dev.koda.checks.settings.Secret;
import dev.koda.checks.settings.Setting;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.StackKind;
import dev.koda.dashboard.StateOptions;
import dev.koda.dashboard.audit.KodaDatabase;
import dev.koda.dashboard.http.Cursors;
import dev.koda.dashboard.http.Sha256;
import dev.koda.dashboard.store.StoreOptions;
import dev.koda.server.logging.HostName;
import io.vertx.pgclient.SslMode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where settings want the operations surface to keep what it remembers: by default where the stack keeps its own. */
final class StateSettings {
    private static final Setting<PostgresDsn> OWN = OwnSettings.OPERATIONS_POSTGRES_DSN;

    private static final Setting<Duration> COLLECTORS = OwnSettings.KODA_COLLECTORS_INTERVAL;

    private final Settings settings;

    StateSettings(Settings settings) {
        this.settings = settings;
    }

    /** Why no server may run with them; empty if one may. */
    Optional<String> problem() {
        var retention = settings.get(OwnSettings.AUDIT_RETENTION_DAYS);
        if (retention.isPresent() && retention.get() == 0) {
            return Optional.of(OwnSettings.AUDIT_RETENTION_DAYS.name() + " is 0, and an event is kept a day at least");
        }
        var interval = settings.get(COLLECTORS).orElse(KodaDatabase.INTERVAL);
        if (!interval.isZero() && interval.compareTo(KodaDatabase.SHORTEST) < 0) {
            return Optional.of(COLLECTORS.name() + " is less than 1s; 0 turns the collectors off");
        }
        return settings.get(OWN)
                .flatMap(dsn -> Optional.ofNullable(obstacle(dsn)).map(why -> OWN.name() + why));
    }

    /** Empty where no Postgres is named that can be used. */
    Optional<StateOptions> options() {
        return settings.get(OWN)
                .or(() -> settings.get(KodaSettings.KNOWLEDGE_V2_POSTGRES_DSN).filter(dsn -> obstacle(dsn) == null))
                .map(this::options);
    }

    private StateOptions options(PostgresDsn dsn) {
        var options = StateOptions.of(store(dsn), directory(), hostName(), ServerSettings.redactor(settings))
                .configuration(revision())
                .auditRetention(Duration.ofDays(
                        settings.get(OwnSettings.AUDIT_RETENTION_DAYS).orElse(90)));
        var archived = settings.get(OwnSettings.AUDIT_ARCHIVE)
                .map(options::auditArchive)
                .orElse(options);
        var named = settings.get(OwnSettings.KODA_AUDIT_HMAC_KEY)
                .map(archived::fingerprintKey)
                .orElse(archived);
        return koda().map(named::koda).orElse(named);
    }

    /** One connection is enough to read what Koda writes. In an embedded stack there may be one that a demo plays. */
    private Optional<KodaDatabase> koda() {
        var interval = settings.stack() == StackKind.EMBEDDED ? Duration.ZERO : KodaDatabase.INTERVAL;
        return settings.get(KodaSettings.KNOWLEDGE_V2_POSTGRES_DSN)
                .filter(dsn -> settings.stack() != StackKind.NONE && obstacle(dsn) == null)
                .map(dsn -> new KodaDatabase(
                        store(dsn).connections(1),
                        settings.get(KodaSettings.KNOWLEDGE_V2_POSTGRES_SCHEMA).orElse("knowledge_v2"),
                        settings.get(COLLECTORS).orElse(interval)));
    }

    private static StoreOptions store(PostgresDsn dsn) {
        var password = Optional.ofNullable(dsn.password()).map(Secret::reveal).orElse("");
        return StoreOptions.of(dsn.host().name(), dsn.host().port(), dsn.database(), dsn.user(), () -> password)
                .tls(SslMode.valueOf(dsn.sslMode().name()), dsn.rootCertificate());
    }

    /** So that every server of these settings takes the cursors of every other; empty without a secret to make them of. */
    Optional<Cursors> cursors() {
        return settings.get(OwnSettings.WEB_OPERATOR_SESSION_SECRET)
                .map(secret -> Cursors.of(Sha256.of("koda-operations-cursors-v1\0" + secret.reveal())));
    }

    /** Of secrets only that there are any: who guesses one must not find out here that it is right. */
    private String revision() {
        var words = settings.values().stream()
                .filter(value -> value.origin().isExplicit()
                        && KnownSettings.find(value.name()).isPresent())
                .map(value -> value.name() + "=" + value.shown())
                .collect(Collectors.joining("\n"));
        var all = settings.declared().isEmpty() ? words : words + "\n\n" + settings.declared();
        return HexFormat.of().formatHex(Sha256.of(all), 0, 6);
    }

    private Path directory() {
        return settings.get(OwnSettings.KODA_OPERATIONS_DIR)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".local", "state", "koda-checks"))
                .toAbsolutePath();
    }

    /** Why it cannot be used, to stand behind its name; null if it can. */
    private static @Nullable String obstacle(PostgresDsn dsn) {
        if (dsn.hosts().size() > 1) {
            return " names several hosts, and the operations store is on one";
        }
        if (dsn.host().isSocket()) {
            return " names a Unix socket, and the operations store is reached by TCP";
        }
        try {
            dsn.rootCertificate();
            return null;
        } catch (InvalidPathException notAPath) {
            return " has an sslrootcert that is no path on this host";
        }
    }

    static String hostName() {
        return HostName.ofThisMachine();
    }
}
