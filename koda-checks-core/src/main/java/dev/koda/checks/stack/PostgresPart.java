package dev.koda.checks.stack;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.TimeSource;
import dev.koda.checks.postgres.PostgresChecks;
import dev.koda.checks.postgres.PostgresOptions;
import dev.koda.checks.postgres.PostgresThresholds;
import dev.koda.checks.postgres.SslMode;
import dev.koda.checks.settings.KodaCompose;
import dev.koda.checks.settings.KodaSettings;
import dev.koda.checks.settings.PostgresDsn;
import dev.koda.checks.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The checks of the stack's Postgres. */
final class PostgresPart {
    private static final String[] LADDER = {
        "postgres.dns", "postgres.tcp", "postgres.tls", "postgres.auth", "postgres.round-trip"
    };
    private static final String NAME = KodaSettings.KNOWLEDGE_V2_POSTGRES_DSN.name();

    private final Settings settings;
    private final StackClients clients;
    private final TimeSource time;

    PostgresPart(Settings settings, StackClients clients, TimeSource time) {
        this.settings = settings;
        this.clients = clients;
        this.time = time;
    }

    void addTo(Composition composition) {
        var dsn = settings.get(KodaSettings.KNOWLEDGE_V2_POSTGRES_DSN);
        if (dsn.isEmpty()) {
            skipAll(composition, settings.text(NAME).isPresent() ? NAME + " is not as expected" : NAME + " is not set");
        } else if (dsn.get().host().isSocket()) {
            skipAll(composition, NAME + " names a Unix socket, which is not looked at");
        } else {
            composition.add(checks(dsn.get()));
        }
    }

    private static void skipAll(Composition composition, String why) {
        composition.skipBoth(why, LADDER);
        composition.skip(why, "postgres.connections");
    }

    private List<CheckSpec> checks(PostgresDsn dsn) {
        var specs = PostgresChecks.of(options(dsn), clients::vertx, time);
        var host = dsn.host().name();
        if (!KodaCompose.isServiceName(host)) {
            return specs;
        }
        var command = "docker compose exec " + host + " pg_isready";
        return specs.stream()
                .map(spec -> ComposeNetwork.explain(spec, host, command))
                .toList();
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
        var root = dsn.parameters().get("sslrootcert");
        return root == null || root.equals("system") ? options : options.rootCertificate(Path.of(root));
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
