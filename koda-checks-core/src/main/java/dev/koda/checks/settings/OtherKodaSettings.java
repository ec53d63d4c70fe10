package dev.koda.checks.settings;

import static dev.koda.checks.settings.Setting.anyone;
import static dev.koda.checks.settings.Setting.koda;
import static dev.koda.checks.settings.SettingType.BOOLEAN;
import static dev.koda.checks.settings.SettingType.COUNT;
import static dev.koda.checks.settings.SettingType.LIST;
import static dev.koda.checks.settings.SettingType.PATH;
import static dev.koda.checks.settings.SettingType.PORT;
import static dev.koda.checks.settings.SettingType.SECONDS;
import static dev.koda.checks.settings.SettingType.SECRET;
import static dev.koda.checks.settings.SettingType.TEXT;
import static dev.koda.checks.settings.SettingType.URL;

import java.util.List;

/** What Koda reads besides: known so that its values are held against their types and its names are not misspelt. */
final class OtherKodaSettings {
    static final List<Setting<?>> ALL = List.of(
            koda("CONTROL_PLANE_ENABLED", BOOLEAN).otherwise("true"),
            koda("CONTROL_PLANE_BIND", TEXT).otherwise("127.0.0.1"),
            koda("CONTROL_PLANE_AUTH_MODE", TEXT),
            koda("CONTROL_PLANE_MASTER_KEY_PREVIOUS", SECRET),
            koda("CONTROL_PLANE_MASTER_KEY_PREVIOUS_FILE", PATH),
            koda("CONTROL_PLANE_RUNTIME_DIR", PATH),
            koda("CONTROL_PLANE_BOOTSTRAP_CODE", SECRET),
            koda("CONTROL_PLANE_BOOTSTRAP_CODE_TTL_SECONDS", SECONDS).otherwise("900"),
            koda("CONTROL_PLANE_REGISTRATION_TOKEN_TTL_SECONDS", SECONDS).otherwise("1800"),
            koda("CONTROL_PLANE_OPERATOR_SESSION_TTL_SECONDS", SECONDS).otherwise("604800"),
            koda("CONTROL_PLANE_OPERATOR_TOKEN_TTL_DAYS", COUNT).otherwise("90"),
            koda("CONTROL_PLANE_OPERATOR_LOGIN_MAX_FAILURES", COUNT).otherwise("5"),
            koda("CONTROL_PLANE_OPERATOR_LOGIN_LOCKOUT_SECONDS", SECONDS).otherwise("900"),
            koda("CONTROL_PLANE_OPERATOR_PASSWORD_MIN_LENGTH", COUNT).otherwise("12"),
            koda("CONTROL_PLANE_RECOVERY_CODES_PER_USER", COUNT).otherwise("10"),
            koda("CONTROL_PLANE_POLL_INTERVAL_SECONDS", SECONDS).otherwise("5.0"),
            koda("CONTROL_PLANE_RESTART_GRACE_SECONDS", SECONDS).otherwise("15.0"),
            koda("CONTROL_PLANE_STARTUP_GRACE_SECONDS", SECONDS).otherwise("2.0"),
            koda("CONTROL_PLANE_RATE_LIMIT", TEXT),
            koda("CONTROL_PLANE_AUTH_FAILURE_RATE_LIMIT", TEXT),
            anyone("HEALTH_PORT", PORT).otherwise("8080"),
            anyone("HEALTH_BIND", TEXT).otherwise("127.0.0.1"),
            anyone("HEALTHCHECK_URL", URL),
            koda("RUNTIME_FRONTEND_API_ENABLED", BOOLEAN).otherwise("true"),
            koda("RUNTIME_EPHEMERAL_ROOT", PATH),
            koda("KNOWLEDGE_V2_POSTGRES_ACQUIRE_TIMEOUT_MS", COUNT).otherwise("1500"),
            koda("KNOWLEDGE_V2_POSTGRES_QUERY_TIMEOUT_MS", COUNT).otherwise("30000"),
            koda("KNOWLEDGE_V2_POSTGRES_IDLE_TIMEOUT_SECONDS", SECONDS).otherwise("300"),
            koda("KNOWLEDGE_V2_POSTGRES_MAX_LIFETIME_SECONDS", SECONDS).otherwise("1800"),
            koda("KNOWLEDGE_V2_OBJECT_STORE_ROOT", PATH),
            koda("KNOWLEDGE_V2_OTEL_ENABLED", BOOLEAN).otherwise("true"),
            anyone("OTEL_EXPORTER_OTLP_ENDPOINT", URL),
            anyone("OTEL_SERVICE_NAME", TEXT),
            anyone("LOG_FORMAT", TEXT).otherwise("console"),
            anyone("AGENT_ID", TEXT),
            anyone("POD_NAME", TEXT),
            anyone("NODE_NAME", TEXT),
            anyone("POD_NAMESPACE", TEXT),
            anyone("NODE_ENV", TEXT),
            anyone("ALLOWED_USER_IDS", LIST),
            anyone("BROWSER_ALLOW_PRIVATE_NETWORK", BOOLEAN).otherwise("false"),
            koda("KODA_CGROUP_ROOT", PATH),
            koda("KODA_CLUSTER_MODE", TEXT).otherwise("single"),
            koda("KODA_SUPERVISOR_ID", TEXT),
            koda("KODA_SUPERVISOR_CAPACITY", COUNT).otherwise("0"),
            koda("KODA_CLUSTER_HEARTBEAT_STALE_SECONDS", SECONDS).otherwise("30"),
            koda("KODA_BUILD_VERSION", TEXT),
            koda("RUNTIME_STALE_AFTER_SECONDS", SECONDS).otherwise("60"),
            koda("RUNTIME_HEARTBEAT_INTERVAL_SECONDS", SECONDS).otherwise("15"),
            koda("RUNTIME_RESOURCE_SAMPLE_INTERVAL_SECONDS", SECONDS).otherwise("10"),
            koda("TASK_LEASE_DURATION_SECONDS", SECONDS).otherwise("60"),
            koda("TASK_LEASE_HEARTBEAT_SECONDS", SECONDS).otherwise("15"),
            koda("TASK_LEASE_JANITOR_INTERVAL_SECONDS", SECONDS).otherwise("30"),
            koda("INTERNAL_RPC_DEADLINE_MS", COUNT).otherwise("1500"),
            koda("INTERNAL_RPC_BREAKER_THRESHOLD", COUNT).otherwise("5"),
            koda("INTERNAL_RPC_BREAKER_WINDOW_SECONDS", SECONDS).otherwise("30"),
            koda("INTERNAL_RPC_BREAKER_OPEN_SECONDS", SECONDS).otherwise("30"),
            koda("MAX_QUEUED_TASKS_PER_USER", COUNT).otherwise("25"),
            koda("QUEUE_MAX_RECOVERY_ATTEMPTS", COUNT).otherwise("3"),
            koda("RUNTIME_BROWSER_LIVE_ENABLED", BOOLEAN).otherwise("true"),
            koda("RUNTIME_RECOVERY_ENABLED", BOOLEAN).otherwise("true"),
            anyone("GRAFANA_ADMIN_PASSWORD", SECRET),
            anyone("PROMETHEUS_PORT", PORT).otherwise("9090"),
            anyone("GRAFANA_PORT", PORT).otherwise("3001"),
            koda("SEAWEEDFS_ADMIN_PORT", PORT).otherwise("9333"),
            anyone("COMPOSE_PARALLEL_LIMIT", COUNT),
            koda("PRIMARY_STATE_BRIDGE_TIMEOUT_SECONDS", SECONDS).otherwise("30"));

    private OtherKodaSettings() {}
}
