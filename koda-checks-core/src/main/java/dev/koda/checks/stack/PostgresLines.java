package dev.koda.checks.stack;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.CommandLine;
import dev.koda.checks.settings.KodaSettings;
import dev.koda.checks.settings.PostgresDsn;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.sql.SqlNames;

/** For each check of Postgres the line that shows an operator what it saw: shorter queries than its own, for eyes. */
final class PostgresLines {
    private final PostgresDsn dsn;
    private final ComposeNetwork network;
    private final String schema;

    PostgresLines(PostgresDsn dsn, Settings settings, ComposeNetwork network) {
        this.dsn = dsn;
        this.network = network;
        schema = settings.get(KodaSettings.KNOWLEDGE_V2_POSTGRES_SCHEMA).orElse("public");
    }

    /** The check with its line; as it is if there is none for it. */
    CheckSpec to(CheckSpec spec) {
        return CommandLines.with(spec, line(spec.id().name()));
    }

    private CommandLine line(String id) {
        var host = dsn.host().name();
        if (network.isElsewhere(host)) {
            return inside(id, host);
        }
        return switch (id) {
            case "postgres.dns" -> CommandLines.addresses(dsn.host().name());
            case "postgres.tcp" -> CommandLines.isReady(dsn);
            default -> CommandLines.psql(dsn, query(id));
        };
    }

    /** Inside the container the role needs no password, and its name is of no use here. */
    private CommandLine inside(String id, String service) {
        return switch (id) {
            case "postgres.dns", "postgres.tcp" -> network.inside(service, "pg_isready");
            default -> network.inside(service, "psql", "-U", dsn.user(), "-d", dsn.database(), "-c", query(id));
        };
    }

    private String query(String id) {
        return switch (id) {
            case "postgres.tls" -> "SELECT ssl, version, cipher FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
            case "postgres.version" -> "SELECT version()";
            case "postgres.connections" ->
                "SELECT usename, state, count(*) FROM pg_stat_activity GROUP BY 1, 2 ORDER BY 3 DESC";
            case "postgres.role" ->
                "SELECT current_user, pg_is_in_recovery(), current_setting('transaction_read_only')";
            case "postgres.migrations" ->
                "SELECT version, applied_at FROM " + table("schema_migrations") + " ORDER BY version DESC LIMIT 5";
            case "backup.age" ->
                "SELECT last_archived_wal, last_archived_time, last_failed_wal, last_failed_time FROM pg_stat_archiver";
            case "runtime.supervisors" -> "SELECT heartbeat_at, draining FROM " + table("cp_supervisor_runtimes");
            case "runtime.queue" ->
                "SELECT agent_id, status, count(*), min(queued_at) FROM " + table("runtime_queue_items")
                        + " WHERE status IN ('queued', 'retrying', 'running') GROUP BY 1, 2";
            case "runtime.leases" ->
                "SELECT lease_owner, lease_expires_at FROM " + table("tasks")
                        + " WHERE status = 'running' ORDER BY 2 LIMIT 10";
            case "postgres.replication-lag" -> "SELECT application_name, state, replay_lag FROM pg_stat_replication";
            case "postgres.slots" -> "SELECT slot_name, slot_type, active, restart_lsn FROM pg_replication_slots";
            case "postgres.wraparound" -> "SELECT datname, age(datfrozenxid) FROM pg_database ORDER BY 2 DESC";
            case "postgres.sessions" ->
                "SELECT pid, usename, state, now() - xact_start AS open FROM pg_stat_activity"
                        + " WHERE xact_start IS NOT NULL ORDER BY xact_start LIMIT 10";
            case "postgres.locks" ->
                "SELECT pid, usename, pg_blocking_pids(pid) AS waits_for, state FROM pg_stat_activity"
                        + " WHERE cardinality(pg_blocking_pids(pid)) > 0";
            case "postgres.transaction-rate" ->
                "SELECT xact_commit, xact_rollback, deadlocks FROM pg_stat_database"
                        + " WHERE datname = current_database()";
            default -> "SELECT 1";
        };
    }

    private String table(String name) {
        return SqlNames.quoted(schema) + "." + name;
    }
}
