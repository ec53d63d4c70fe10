package dev.koda.checks.stack;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.TimeSource;
import dev.koda.checks.postgres.state.Limit;
import dev.koda.checks.postgres.state.PostgresStateChecks;
import dev.koda.checks.postgres.state.PostgresStateLimits;
import dev.koda.checks.postgres.state.PostgresStateOptions;
import dev.koda.checks.settings.KodaSettings;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.sql.SqlQueries;
import java.time.Duration;
import java.util.List;

/** The checks of what the stack's Postgres says about itself. */
final class PostgresStatePart {
    /** Short, because the first readiness of a server comes with the first answers of all that depends on Postgres. */
    private static final Duration FIRST_SAMPLE = Duration.ofMillis(200);

    private static final String[] IDS = {
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
        var options = PostgresStateOptions.DEFAULT
                .after("postgres.round-trip")
                .firstSample(FIRST_SAMPLE)
                .limits(limits());
        return schema.isEmpty() ? options : options.migrations(schema.get(), null);
    }

    private PostgresStateLimits limits() {
        var limits = PostgresStateLimits.DEFAULT;
        return limits.lag(limit("postgres.replication-lag", limits.lagSeconds()), limits.lagBytes())
                .retained(limit("postgres.slots", limits.retainedGibibytes()))
                .age(limit("postgres.wraparound", limits.transactionAge()))
                .sessions(limit("postgres.sessions", limits.idleSeconds()), limits.transactionSeconds())
                .locks(limit("postgres.locks", limits.waitSeconds()), limits.preparedSeconds())
                .rollbacks(limit("postgres.transaction-rate", limits.rollbackPercent()));
    }

    private Limit limit(String id, Limit otherwise) {
        return settings.limits(id)
                .map(given -> new Limit(given.warn(), given.fail()))
                .orElse(otherwise);
    }
}
