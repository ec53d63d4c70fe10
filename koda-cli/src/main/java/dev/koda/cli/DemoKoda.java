package dev.koda.cli;

import dev.koda.checks.sql.SqlNames;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** What a Koda keeps in its Postgres, as far as the demo plays it. Blocks; every failure is a DoctorException. */
final class DemoKoda implements AutoCloseable {
    /** By this a schema is known as ours. */
    private static final String MARK = "made by koda demo";

    private static final String OWNER_OF =
            "SELECT coalesce(obj_description(oid, 'pg_namespace'), '')" + " FROM pg_namespace WHERE nspname = ?";

    /** As the migrations of Koda make them. */
    private static final List<String> TABLES = List.of(
            "CREATE TABLE IF NOT EXISTS %s.cp_provider_connections (provider_id TEXT PRIMARY KEY,"
                    + " auth_mode TEXT NOT NULL DEFAULT 'subscription_login', configured INTEGER NOT NULL DEFAULT 0,"
                    + " verified INTEGER NOT NULL DEFAULT 0, account_label TEXT NOT NULL DEFAULT '',"
                    + " plan_label TEXT NOT NULL DEFAULT '', project_id TEXT NOT NULL DEFAULT '', last_verified_at TEXT,"
                    + " last_error TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL DEFAULT '',"
                    + " updated_at TEXT NOT NULL DEFAULT '')",
            "CREATE TABLE IF NOT EXISTS %s.audit_events (id BIGSERIAL PRIMARY KEY, agent_id TEXT NOT NULL,"
                    + " timestamp TIMESTAMPTZ NOT NULL, event_type TEXT NOT NULL, pod_name TEXT NOT NULL DEFAULT '',"
                    + " user_id BIGINT, task_id BIGINT, trace_id TEXT NOT NULL DEFAULT '',"
                    + " details_json JSONB NOT NULL DEFAULT '{}', cost_usd DOUBLE PRECISION,"
                    + " duration_ms DOUBLE PRECISION, created_at TIMESTAMPTZ NOT NULL DEFAULT now())");

    private final Connection connection;
    private final String schema;

    private DemoKoda(Connection connection, String schema) {
        this.connection = connection;
        this.schema = schema;
    }

    /** In the Postgres of these settings, and in the schema where its server looks for a Koda. */
    static DemoKoda in(Map<String, String> settings) {
        var dsn = URI.create(settings.getOrDefault("KNOWLEDGE_V2_POSTGRES_DSN", ""));
        var user = String.valueOf(dsn.getRawUserInfo()).split(":", 2);
        var properties = new Properties();
        properties.setProperty("user", decoded(user[0]));
        properties.setProperty("password", user.length > 1 ? decoded(user[1]) : "");
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("loginTimeout", "30");
        properties.setProperty("socketTimeout", "30");
        properties.setProperty("ApplicationName", "koda-demo");
        try {
            var address = "jdbc:postgresql://" + dsn.getHost() + ":" + dsn.getPort() + dsn.getRawPath();
            return new DemoKoda(
                    DriverManager.getConnection(address, properties),
                    settings.getOrDefault("KNOWLEDGE_V2_POSTGRES_SCHEMA", "knowledge_v2"));
        } catch (SQLException failure) {
            throw broken(failure);
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** What went wrong may quote what is secret; its code does not. */
    private static DoctorException broken(SQLException failure) {
        return new DoctorException(
                ExitCode.FAIL,
                "the embedded Postgres does not do what the demo asks (SQLSTATE " + failure.getSQLState()
                        + "); koda doctor says what is wrong with it");
    }

    String schema() {
        return schema;
    }

    /** Makes what is not there yet, and empties nothing. */
    void make() {
        if (!isThere()) {
            execute("BEGIN; CREATE SCHEMA " + SqlNames.quoted(schema) + "; COMMENT ON SCHEMA " + SqlNames.quoted(schema)
                    + " IS '" + MARK + "'; COMMIT");
        }
        TABLES.forEach(table -> execute(table.formatted(SqlNames.quoted(schema))));
    }

    /** Removes what a demo has made; false if there is nothing. */
    boolean drop() {
        boolean isThere = isThere();
        if (isThere) {
            execute("DROP SCHEMA " + SqlNames.quoted(schema) + " CASCADE");
        }
        return isThere;
    }

    /** Whether a demo has made the schema; one that somebody else has made is not touched. */
    private boolean isThere() {
        try (var query = connection.prepareStatement(OWNER_OF)) {
            query.setString(1, schema);
            try (var rows = query.executeQuery()) {
                if (!rows.next()) {
                    return false;
                }
                if (rows.getString(1).equals(MARK)) {
                    return true;
                }
            }
        } catch (SQLException failure) {
            throw broken(failure);
        }
        throw new DoctorException(
                ExitCode.USAGE, "there is a schema " + schema + " that is not of a demo, so it is left as it is");
    }

    /**
     * Notes what came of a verification, as Koda does.
     *
     * @param error empty if it went well
     */
    void verified(String provider, String error, Instant at) {
        var sql = "INSERT INTO " + SqlNames.quoted(schema) + ".cp_provider_connections AS old"
                + " (provider_id, auth_mode, configured, verified, last_verified_at, last_error, created_at, updated_at)"
                + " VALUES (?, 'api_key', 1, ?, ?, ?, ?, ?) ON CONFLICT (provider_id) DO UPDATE SET"
                + " verified = excluded.verified, last_verified_at = excluded.last_verified_at,"
                + " last_error = excluded.last_error, updated_at = excluded.updated_at";
        boolean isVerified = error.isEmpty();
        var now = at.toString();
        execute(sql, provider, isVerified ? 1 : 0, isVerified ? now : "", error, now, now);
    }

    /** Notes a message that an agent has rejected, because its sender is nobody whom it knows. */
    void rejected(String agent, long user) {
        execute(
                "INSERT INTO " + SqlNames.quoted(schema) + ".audit_events (agent_id, timestamp, event_type, pod_name,"
                        + " user_id, details_json) VALUES (?, now(), 'security.auth_failure', 'local', ?, '{}')",
                agent,
                user);
    }

    private void execute(String sql, Object... parameters) {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.execute();
        } catch (SQLException failure) {
            throw broken(failure);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException ignored) {
            // It ends with the process.
        }
    }
}
