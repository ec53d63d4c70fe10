package dev.koda.checks.postgres.state;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.sql.SqlQueries;
import java.time.Duration;
import java.util.List;

/** The checks of a Postgres that answers: is it well, and will it stay so? */
public final class PostgresStateChecks {
    private static final int TWO_SAMPLES = 2;

    private final PostgresStateOptions options;

    private PostgresStateChecks(PostgresStateOptions options) {
        this.options = options;
    }

    /**
     * All of them, for the doctor, each with one query or two; they read what Postgres says about itself and change
     * nothing. A role that is no member of {@code pg_monitor} gets a warning with the {@code GRANT} where it would see
     * itself alone.
     *
     * @param queries how to ask; an embedder has {@link dev.koda.checks.sql.DataSourceQueries}
     * @param time the date for the version's end of life, and the time between samples
     * @return the checks in their order; nothing is asked here
     */
    public static List<CheckSpec> of(SqlQueries queries, PostgresStateOptions options, TimeSource time) {
        var checks = new PostgresStateChecks(options);
        var limits = options.limits();
        return List.of(
                checks.spec("postgres.connections", "Connections are left")
                        .run(new ConnectionsCheck(queries, limits.connectionsPercent())),
                checks.spec("postgres.version", "Version gets fixes").run(new VersionCheck(queries, time)),
                checks.spec("postgres.role", "Role may write").run(new RoleCheck(queries)),
                checks.spec("postgres.migrations", "Schema is migrated")
                        .run(new MigrationsCheck(queries, options.schema(), options.expectedVersion())),
                checks.spec("postgres.replication-lag", "Standbys keep up")
                        .run(new ReplicationLagCheck(queries, options, time)),
                checks.spec("postgres.slots", "Slots keep little WAL")
                        .run(new SlotsCheck(queries, limits.retainedGibibytes(), limits.inactiveMinutes())),
                checks.spec("postgres.wraparound", "Transaction ids are left")
                        .run(new WraparoundCheck(queries, limits.transactionAge())),
                checks.spec("postgres.sessions", "Transactions are short")
                        .run(new SessionsCheck(queries, limits.idleSeconds(), limits.transactionSeconds())),
                checks.spec("postgres.locks", "Locks are given back")
                        .run(new LocksCheck(queries, limits.waitSeconds(), limits.preparedSeconds())),
                checks.spec("postgres.transaction-rate", "Transactions succeed")
                        .timeout(options.timeout().multipliedBy(TWO_SAMPLES))
                        .run(new TransactionRateCheck(queries, options, time)));
    }

    private CheckSpec.Builder spec(String id, String title) {
        return CheckSpec.of(id)
                .documented()
                .title(title)
                .in(Suite.DOCTOR)
                .dependsOn(options.after().toArray(String[]::new))
                .timeout(options.timeout())
                .every(Duration.ofSeconds(60));
    }
}
