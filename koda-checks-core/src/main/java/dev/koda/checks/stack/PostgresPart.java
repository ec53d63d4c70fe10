package dev.koda.checks.stack;

import dev.koda.checks.TimeSource;
import dev.koda.checks.postgres.PostgresChecks;
import dev.koda.checks.postgres.PostgresOptions;
import dev.koda.checks.postgres.PostgresThresholds;
import dev.koda.checks.postgres.SslMode;
import dev.koda.checks.settings.KodaSettings;
import dev.koda.checks.settings.PostgresDsn;
import dev.koda.checks.settings.Settings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The checks of the stack's Postgres. */
final class PostgresPart {
    private static final String[] LADDER = {
        "postgres.dns", "postgres.tcp", "postgres.tls", "postgres.auth", "postgres.round-trip"
    };
    private static final String NAME = KodaSettings.KNOWLEDGE_V2_POSTGRES_DSN.name();

    private final Settings settings;
    private final StackClients clients;
    private final TimeSource time;
    private final ComposeNetwork network;

    PostgresPart(Settings settings, StackClients clients, TimeSource time, ComposeNetwork network) {
        this.settings = settings;
        this.clients = clients;
        this.time = time;
        this.network = network;
    }

    /** Gives what asks the platform's tables, whose checks come later in the report. */
    PlatformPart addTo(Composition composition) {
        var dsn = settings.get(KodaSettings.KNOWLEDGE_V2_POSTGRES_DSN);
        if (dsn.isEmpty()) {
            var absence = new Absence(settings).of(KodaSettings.KNOWLEDGE_V2_POSTGRES_DSN);
            var why = absence.orElse(NAME + " is not set");
            skipAll(composition, why);
            return PlatformPart.without(settings, why);
        }
        var obstacle = obstacle(dsn.get());
        if (obstacle != null) {
            skipAll(composition, NAME + obstacle);
            return PlatformPart.without(settings, NAME + obstacle);
        }
        return addTo(composition, dsn.get());
    }

    private static @Nullable String obstacle(PostgresDsn dsn) {
        if (dsn.hosts().size() > 1) {
            return " names several hosts, of which any may be down: they are not looked at";
        }
        if (dsn.host().isSocket()) {
            return " names a Unix socket, which is not looked at";
        }
        try {
            rootCertificate(dsn);
            return null;
        } catch (InvalidPathException notAPath) {
            return " has an sslrootcert that is no path on this host";
        }
    }

    private static @Nullable Path rootCertificate(PostgresDsn dsn) {
        var root = dsn.parameters().get("sslrootcert");
        return root == null || root.equals("system") ? null : Path.of(root);
    }

    private static void skipAll(Composition composition, String why) {
        composition.skipBoth(why, LADDER);
        composition.skip(why, "postgres.connections");
        PostgresStatePart.skipAll(composition, why);
    }

    private PlatformPart addTo(Composition composition, PostgresDsn dsn) {
        var postgres = PostgresChecks.at(options(dsn), clients::vertx, time);
        var host = dsn.host().name();
        var queries = new PostgresLines(dsn, settings);
        network.explain(postgres.specs(), host, "docker compose exec " + host + " pg_isready")
                .forEach(spec -> composition.add(queries.to(spec)));
        new PostgresStatePart(settings, time)
                .checks(postgres.queries())
                .forEach(spec -> composition.add(queries.to(spec)));
        return PlatformPart.asking(settings, postgres.queries(), queries);
    }

    private PostgresOptions options(PostgresDsn dsn) {
        var secret = dsn.password();
        var password = secret == null ? "" : secret.reveal();
        var options = PostgresOptions.of(
                        dsn.host().name(), dsn.host().port(), dsn.database(), dsn.user(), () -> password)
                .sslMode(
                        SslMode.of(dsn.sslMode().name().toLowerCase(Locale.ROOT).replace('_', '-')))
                .production(settings.isProduction())
                .thresholds(thresholds());
        var root = rootCertificate(dsn);
        return root == null ? options : options.rootCertificate(root);
    }

    private PostgresThresholds thresholds() {
        var limits = PostgresThresholds.DEFAULT;
        var roundTrip = settings.limits("postgres.round-trip");
        if (roundTrip.isPresent()) {
            limits = limits.roundTrip(
                    millis(roundTrip.get().warn()), millis(roundTrip.get().fail()));
        }
        var connections = settings.limits("postgres.connections");
        return connections.isEmpty()
                ? limits
                : limits.connections(connections.get().warn(), connections.get().fail());
    }

    private static Duration millis(double count) {
        return Duration.ofNanos((long) (count * 1e6));
    }
}
