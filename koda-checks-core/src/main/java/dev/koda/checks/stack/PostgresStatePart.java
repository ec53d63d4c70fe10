package dev.koda.checks.stack;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.TimeSource;
import dev.koda.checks.postgres.state.Limit;
import dev.koda.checks.postgres.state.PostgresStateChecks;
import dev.koda.checks.postgres.state.PostgresStateLimits;
import dev.koda.checks.postgres.state.PostgresStateOptions;
import dev.koda.checks.settings.KodaSettings;
import dev.koda.checks.settings.OwnSettings;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.sql.SqlQueries;
import java.time.Duration;
import java.util.List;

/** The checks of what the stack's Postgres says about itself. */
final class PostgresStatePart {
    /** Short, because the first readiness of a server comes with the first answers of all that depends on Postgres. */
    private static final Duration FIRST_SAMPLE = Duration.ofMillis(200);

    private static final double MEBIBYTE = 1 << 20;

    private static final String[] IDS = {
        "postgres.connections",
        "postgres.version",
        "postgres.role",
        "postgres.migrations",
        "postgres.replication-lag",
        "postgres.slots",
        "postgres.wraparound",
        "postgres.sessions",
        "postgres.locks",
        "postgres.transaction-rate"
    };

    private final Settings settings;
    private final TimeSource time;

    PostgresStatePart(Settings settings, TimeSource time) {
        this.settings = settings;
        this.time = time;
    }

    static void skipAll(Composition composition, String why) {
        composition.skip(why, IDS);
    }

    List<CheckSpec> checks(SqlQueries queries) {
        return PostgresStateChecks.of(queries, options(), time);
    }

    private PostgresStateOptions options() {
        var schema = settings.get(KodaSettings.KNOWLEDGE_V2_POSTGRES_SCHEMA);
        var options = PostgresStateOptions.DEFAULT;
        return options.after("postgres.round-trip")
                .firstSample(FIRST_SAMPLE)
                .standbys(settings.get(OwnSettings.KODA_POSTGRES_STANDBYS).orElse(options.standbys()))
                .migrations(
                        schema.orElse(options.schema()),
                        settings.get(OwnSettings.KODA_POSTGRES_MIGRATION).orElse(null))
                .limits(limits());
    }

    private PostgresStateLimits limits() {
        var limits = PostgresStateLimits.DEFAULT;
        return limits.connections(limit("postgres.connections", limits.connectionsPercent()))
                .lag(limit("postgres.replication-lag", limits.lagSeconds()), lagBytes(limits.lagBytes()))
                .slots(
                        limit("postgres.slots", limits.retainedGibibytes()),
                        limit("postgres.slots.inactive", limits.inactiveMinutes()))
                .age(limit("postgres.wraparound", limits.transactionAge()))
                .sessions(
                        limit("postgres.sessions", limits.idleSeconds()),
                        limit("postgres.sessions.transaction", limits.transactionSeconds()))
                .locks(
                        limit("postgres.locks", limits.waitSeconds()),
                        limit("postgres.locks.prepared", limits.preparedSeconds()))
                .transactions(
                        limit("postgres.transaction-rate", limits.rollbackPercent()),
                        limit("postgres.transaction-rate.deadlocks", limits.deadlocksAMinute()));
    }

    private Limit lagBytes(Limit otherwise) {
        return settings.limits("postgres.replication-lag.bytes")
                .map(given -> new Limit(given.warn() * MEBIBYTE, given.fail() * MEBIBYTE))
                .orElse(otherwise);
    }

    private Limit limit(String id, Limit otherwise) {
        return settings.limits(id)
                .map(given -> new Limit(given.warn(), given.fail()))
                .orElse(otherwise);
    }
}
