package dev.koda.dashboard.connections;

import dev.koda.dashboard.store.OperationsDatabase;

/** The tables of connections of a Koda's control plane, as its migrations make them, in a real Postgres. */
public final class KodaTables {
    public static final String SCHEMA = "knowledge_v2";

    private final OperationsDatabase database;

    private KodaTables(OperationsDatabase database) {
        this.database = database;
    }

    /** All of them, which the serving role may read. */
    public static KodaTables in(OperationsDatabase database) {
        database.execute("CREATE SCHEMA knowledge_v2; GRANT USAGE ON SCHEMA knowledge_v2 TO koda;"
                + "CREATE TABLE knowledge_v2.cp_provider_connections (provider_id TEXT PRIMARY KEY,"
                + " auth_mode TEXT NOT NULL DEFAULT 'subscription_login', configured INTEGER NOT NULL DEFAULT 0,"
                + " verified INTEGER NOT NULL DEFAULT 0, account_label TEXT NOT NULL DEFAULT '',"
                + " plan_label TEXT NOT NULL DEFAULT '', project_id TEXT NOT NULL DEFAULT '', last_verified_at TEXT,"
                + " last_error TEXT NOT NULL DEFAULT '', created_at TEXT NOT NULL DEFAULT '',"
                + " updated_at TEXT NOT NULL DEFAULT '');"
                + "CREATE TABLE knowledge_v2.cp_connection_defaults (connection_key TEXT PRIMARY KEY,"
                + " kind TEXT NOT NULL DEFAULT 'core', integration_key TEXT NOT NULL DEFAULT '',"
                + " auth_method TEXT NOT NULL DEFAULT 'none', configured INTEGER NOT NULL DEFAULT 0,"
                + " verified INTEGER NOT NULL DEFAULT 0, account_label TEXT, provider_account_id TEXT, expires_at TEXT,"
                + " source_origin TEXT NOT NULL DEFAULT 'system_default', last_verified_at TEXT NOT NULL DEFAULT '',"
                + " last_error TEXT NOT NULL DEFAULT '', auth_expired INTEGER NOT NULL DEFAULT 0,"
                + " checked_via TEXT NOT NULL DEFAULT '', metadata_json TEXT NOT NULL DEFAULT '{}',"
                + " created_at TEXT NOT NULL DEFAULT '', updated_at TEXT NOT NULL DEFAULT '');"
                + "CREATE TABLE knowledge_v2.cp_agent_connections (agent_id TEXT NOT NULL, connection_key TEXT NOT NULL,"
                + " auth_method TEXT NOT NULL DEFAULT 'none', enabled INTEGER NOT NULL DEFAULT 1,"
                + " configured INTEGER NOT NULL DEFAULT 0, verified INTEGER NOT NULL DEFAULT 0,"
                + " last_verified_at TEXT NOT NULL DEFAULT '', last_error TEXT NOT NULL DEFAULT '',"
                + " auth_expired INTEGER NOT NULL DEFAULT 0, config_json TEXT NOT NULL DEFAULT '{}',"
                + " PRIMARY KEY (agent_id, connection_key));"
                + "GRANT SELECT ON ALL TABLES IN SCHEMA knowledge_v2 TO koda");
        return new KodaTables(database);
    }

    /** A provider that was verified at this time; the empty text for one that was not. */
    public void provider(String id, String mode, boolean isVerified, String error, String verifiedAt) {
        database.execute("INSERT INTO knowledge_v2.cp_provider_connections"
                + " (provider_id, auth_mode, configured, verified, last_error, last_verified_at) VALUES ('" + id
                + "', '"
                + mode + "', 1, " + (isVerified ? 1 : 0) + ", '" + error + "', '" + verifiedAt + "')"
                + " ON CONFLICT (provider_id) DO UPDATE SET auth_mode = excluded.auth_mode,"
                + " verified = excluded.verified, last_error = excluded.last_error,"
                + " last_verified_at = excluded.last_verified_at");
    }

    public void connection(String key, boolean isConfigured) {
        database.execute("INSERT INTO knowledge_v2.cp_connection_defaults (connection_key, configured) VALUES ('" + key
                + "', " + (isConfigured ? 1 : 0) + ")");
    }

    public void agentConnection(String agent, String key, boolean isEnabled) {
        database.execute("INSERT INTO knowledge_v2.cp_agent_connections (agent_id, connection_key, enabled, configured)"
                + " VALUES ('" + agent + "', '" + key + "', " + (isEnabled ? 1 : 0) + ", 1)");
    }

    public void change(String sql) {
        database.execute(sql);
    }
}
