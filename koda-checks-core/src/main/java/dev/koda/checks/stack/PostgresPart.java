package dev.koda.checks.stack;

import dev.koda.checks.TimeSource;
import dev.koda.checks.postgres.FoundServer;
import dev.koda.checks.postgres.PostgresChecks;
import dev.koda.checks.postgres.PostgresThresholds;
import dev.koda.checks.settings.KodaSettings;
import dev.koda.checks.settings.PostgresDsn;
import dev.koda.checks.settings.Settings;
import java.time.Duration;
import java.util.Optional;
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
    private @Nullable Found found;
    private String why = "";

    /**
     * The stack's Postgres.
     *
     * @param lines what an operator asks it
     */
    record Found(PostgresDsn dsn, PostgresChecks checks, PostgresLines lines) {}

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
            return without(composition, why);
        }
        var obstacle = PostgresOptionsOf.obstacle(dsn.get());
        if (obstacle != null) {
            return without(composition, NAME + obstacle);
        }
        return addTo(composition, dsn.get());
    }

    /** The Postgres that {@link #addTo} found; empty before, and where there is none that can be looked at. */
    Optional<Found> found() {
        return Optional.ofNullable(found);
    }

    /** Why there is none. */
    String why() {
        return why;
    }

    private PlatformPart without(Composition composition, String reason) {
        why = reason;
        skipAll(composition, reason);
        return PlatformPart.without(settings, reason);
    }

    private static void skipAll(Composition composition, String why) {
        composition.skipBoth(why, LADDER);
        PostgresStatePart.skipAll(composition, why);
    }

    private PlatformPart addTo(Composition composition, PostgresDsn dsn) {
        var host = dsn.host().name();
        var service = network.service(host, dsn.host().port());
        var options = PostgresOptionsOf.of(dsn, settings).thresholds(thresholds());
        var postgres = PostgresChecks.at(options, clients::vertx, time, () -> elsewhere(service));
        var queries = new PostgresLines(dsn, settings, network);
        found = new Found(dsn, postgres, queries);
        var ladder = service == null
                ? postgres.specs()
                : service.explain(postgres.specs(), network.inside(host, "pg_isready"));
        ladder.forEach(spec -> composition.add(SettingHint.password(queries.to(spec), source())));
        new PostgresStatePart(settings, time)
                .checks(postgres.queries())
                .forEach(spec -> composition.add(queries.to(spec)));
        return PlatformPart.asking(settings, postgres.queries(), queries);
    }

    /** A DSN counts before its parts. */
    private String source() {
        return SettingHint.source(settings, KodaSettings.KNOWLEDGE_V2_POSTGRES_DSN, KodaSettings.POSTGRES_PASSWORD);
    }

    private static @Nullable FoundServer elsewhere(@Nullable ComposeService service) {
        var address = service == null ? null : service.address();
        return service == null || address == null ? null : new FoundServer(address, service.container());
    }

    private PostgresThresholds thresholds() {
        var limits = PostgresThresholds.DEFAULT;
        var roundTrip = settings.limits("postgres.round-trip");
        return roundTrip.isEmpty()
                ? limits
                : limits.roundTrip(
                        millis(roundTrip.get().warn()), millis(roundTrip.get().fail()));
    }

    private static Duration millis(double count) {
        return Duration.ofNanos((long) (count * 1e6));
    }
}
