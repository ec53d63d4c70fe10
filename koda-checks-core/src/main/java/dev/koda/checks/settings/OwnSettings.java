package dev.koda.checks.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The settings of this software itself. */
public final class OwnSettings {
    /** What is checked: see {@link StackKind}; without it the other settings tell. */
    public static final Setting<String> KODA_STACK =
            Setting.ours("KODA_STACK", SettingType.oneOf("koda", "embedded", "none"));
    /** {@code production} turns on what only matters there; see {@link Settings#isProduction()}. */
    public static final Setting<String> KODA_ENV = Setting.ours("KODA_ENV", SettingType.TEXT);
    /** The address the server listens on. */
    public static final Setting<String> KODA_OPERATIONS_BIND =
            Setting.ours("KODA_OPERATIONS_BIND", SettingType.TEXT).otherwise("127.0.0.1");
    /** The port the server listens on. */
    public static final Setting<Integer> KODA_OPERATIONS_PORT =
            Setting.ours("KODA_OPERATIONS_PORT", SettingType.PORT).otherwise("8090");
    /** Where others reach the server; derived from bind address and port. */
    public static final Setting<URI> KODA_OPERATIONS_URL = Setting.ours("KODA_OPERATIONS_URL", SettingType.URL);
    /** Whose {@code X-Forwarded-For} counts; nobody's by default. */
    public static final Setting<List<String>> KODA_TRUSTED_PROXIES =
            Setting.ours("KODA_TRUSTED_PROXIES", SettingType.NETWORKS);
    /** True if {@code X-Forwarded-User} of those proxies says which operator it is, whom they have authenticated. */
    public static final Setting<Boolean> KODA_TRUSTED_PROXY_USERS =
            Setting.ours("KODA_TRUSTED_PROXY_USERS", SettingType.BOOLEAN).otherwise("false");
    /** How many requests of one client to the operations API are answered in a second, for longer; 0 for any number. */
    public static final Setting<Integer> KODA_OPERATIONS_RATE =
            Setting.ours("KODA_OPERATIONS_RATE", SettingType.COUNT).otherwise("20");
    /** How many of them may come at once. */
    public static final Setting<Integer> KODA_OPERATIONS_BURST =
            Setting.ours("KODA_OPERATIONS_BURST", SettingType.COUNT).otherwise("200");
    /** The address of Grafana that the operations page links to. */
    public static final Setting<URI> KODA_GRAFANA_URL = Setting.ours("KODA_GRAFANA_URL", SettingType.URL);
    /** How long the server goes on serving after SIGTERM while its readiness fails. */
    public static final Setting<Duration> KODA_DRAIN_DELAY =
            Setting.ours("KODA_DRAIN_DELAY", SettingType.DURATION).otherwise("5s");
    /** The name in reports; see {@link Settings#serviceName()}. */
    public static final Setting<String> KODA_SERVICE_NAME = Setting.ours("KODA_SERVICE_NAME", SettingType.TEXT);
    /** How much a failed readiness probe tells anonymous callers. */
    public static final Setting<String> PROBE_DETAIL =
            Setting.ours("PROBE_DETAIL", SettingType.oneOf("reasons", "status")).otherwise("reasons");
    /** The URL that people open. */
    public static final Setting<URI> WEB_PUBLIC_BASE_URL = Setting.ours("WEB_PUBLIC_BASE_URL", SettingType.URL);
    /** Bearer tokens of the API, the first of them the current one, divided by commas. */
    public static final Setting<Secret> CONTROL_PLANE_API_TOKEN =
            Setting.ours("CONTROL_PLANE_API_TOKEN", SettingType.SECRET).needed(Setting.Need.ENTRY);
    /** The key that seals the sessions of people. */
    public static final Setting<Secret> WEB_OPERATOR_SESSION_SECRET =
            Setting.ours("WEB_OPERATOR_SESSION_SECRET", SettingType.SECRET).needed(Setting.Need.ENTRY);
    /** The key of the fingerprints in the audit trail. */
    public static final Setting<Secret> KODA_AUDIT_HMAC_KEY = Setting.ours("KODA_AUDIT_HMAC_KEY", SettingType.SECRET);
    /** The token of one heartbeat, for a host that sends it and is no server; koda beat --show-token shows it. */
    public static final Setting<Secret> KODA_HEARTBEAT_TOKEN = Setting.ours("KODA_HEARTBEAT_TOKEN", SettingType.SECRET);
    /** The Postgres that the operations surface remembers in; unset that of the stack. */
    public static final Setting<PostgresDsn> OPERATIONS_POSTGRES_DSN =
            Setting.ours("OPERATIONS_POSTGRES_DSN", SettingType.POSTGRES_DSN);
    /** The server's own directory, for audit events that wait for that Postgres, and for its keys. */
    public static final Setting<Path> KODA_OPERATIONS_DIR = Setting.ours("KODA_OPERATIONS_DIR", SettingType.PATH);
    /** How long audit events are kept at least, here and in Koda. */
    public static final Setting<Integer> AUDIT_RETENTION_DAYS =
            Setting.anyone("AUDIT_RETENTION_DAYS", SettingType.COUNT).otherwise("90");
    /** The directory into which audit events are written before they are dropped; they are just dropped without one. */
    public static final Setting<Path> AUDIT_ARCHIVE = Setting.ours("AUDIT_ARCHIVE", SettingType.PATH);
    /** How often the metrics of a Koda are read from its tables; never if it is 0. */
    public static final Setting<Duration> KODA_COLLECTORS_INTERVAL =
            Setting.ours("KODA_COLLECTORS_INTERVAL", SettingType.DURATION).otherwise("15s");
    /** PEM file with authorities to trust beside those of the JDK, where certificates of servers are looked at. */
    public static final Setting<Path> KODA_TLS_ROOTS = Setting.ours("KODA_TLS_ROOTS", SettingType.PATH);
    /** PEM files of this host whose certificates are looked at, and held against what its servers present. */
    public static final Setting<List<Path>> KODA_TLS_CERTIFICATES =
            Setting.ours("KODA_TLS_CERTIFICATES", SettingType.PATHS);
    /** PEM files with the keys of those certificates, in any order; read only if this names them. */
    public static final Setting<List<Path>> KODA_TLS_KEY_FILES = Setting.ours("KODA_TLS_KEY_FILES", SettingType.PATHS);
    /** Where the workers of a Koda runtime answer {@code /ready}, where the control plane's addresses lead nowhere. */
    public static final Setting<List<URI>> KODA_WORKER_URLS = Setting.ours("KODA_WORKER_URLS", SettingType.URLS);
    /** True if the server may run the programs that {@code exec} checks of koda.yaml name; commands always may. */
    public static final Setting<Boolean> KODA_ALLOW_EXEC =
            Setting.ours("KODA_ALLOW_EXEC", SettingType.BOOLEAN).otherwise("false");
    /** True if URLs may lead to link-local addresses, where clouds tell machines their credentials. */
    public static final Setting<Boolean> KODA_ALLOW_LINK_LOCAL =
            Setting.ours("KODA_ALLOW_LINK_LOCAL", SettingType.BOOLEAN).otherwise("false");
    /** Docker's own: where its engine listens; of its forms only {@code unix://} is asked. */
    public static final Setting<String> DOCKER_HOST = Setting.anyone("DOCKER_HOST", SettingType.TEXT);
    /** Docker Compose's own: the name of the project; unset it is that of its directory. */
    public static final Setting<String> COMPOSE_PROJECT_NAME = Setting.anyone("COMPOSE_PROJECT_NAME", SettingType.TEXT);
    /** A {@code .env} file to read; process environment only. */
    public static final Setting<Path> KODA_ENV_FILE = Setting.ours("KODA_ENV_FILE", SettingType.PATH);

    /** How many standbys must be connected to the stack's Postgres; none if it is not set. */
    public static final Setting<Integer> KODA_POSTGRES_STANDBYS =
            Setting.ours("KODA_POSTGRES_STANDBYS", SettingType.COUNT);
    /** The migration that must be the last one in {@code schema_migrations}; any if it is not set. */
    public static final Setting<String> KODA_POSTGRES_MIGRATION =
            Setting.ours("KODA_POSTGRES_MIGRATION", SettingType.TEXT);

    /** The stanza whose backups {@code pgbackrest} is asked for. */
    public static final Setting<String> KODA_BACKUP_PGBACKREST_STANZA =
            Setting.ours("KODA_BACKUP_PGBACKREST_STANZA", SettingType.TEXT);
    /** The file of settings with which {@code wal-g} is asked for backups. */
    public static final Setting<Path> KODA_BACKUP_WALG_CONFIG =
            Setting.ours("KODA_BACKUP_WALG_CONFIG", SettingType.PATH);
    /** The server whose backups {@code barman} is asked for. */
    public static final Setting<String> KODA_BACKUP_BARMAN_SERVER =
            Setting.ours("KODA_BACKUP_BARMAN_SERVER", SettingType.TEXT);
    /** The files that are backups: an absolute path whose last part is a glob. */
    public static final Setting<String> KODA_BACKUP_FILES = Setting.ours("KODA_BACKUP_FILES", SettingType.TEXT);
    /** A file that the backup job touches when it has succeeded. */
    public static final Setting<Path> KODA_BACKUP_MARKER = Setting.ours("KODA_BACKUP_MARKER", SettingType.PATH);
    /** The bucket whose objects are backups; unset it is that of the stack, if {@link #KODA_BACKUP_S3_PREFIX} is set. */
    public static final Setting<String> KODA_BACKUP_S3_BUCKET = Setting.ours("KODA_BACKUP_S3_BUCKET", SettingType.TEXT);
    /** With what the keys of the objects begin that are backups; unset all of the bucket are. */
    public static final Setting<String> KODA_BACKUP_S3_PREFIX = Setting.ours("KODA_BACKUP_S3_PREFIX", SettingType.TEXT);
    /** Where that bucket is; unset where the one of the stack is. */
    public static final Setting<URI> KODA_BACKUP_S3_ENDPOINT_URL =
            Setting.ours("KODA_BACKUP_S3_ENDPOINT_URL", SettingType.URL);
    /** The region of that bucket; unset that of the stack. */
    public static final Setting<String> KODA_BACKUP_S3_REGION = Setting.ours("KODA_BACKUP_S3_REGION", SettingType.TEXT);
    /** Who may list that bucket; unset who uses the one of the stack. */
    public static final Setting<Secret> KODA_BACKUP_S3_ACCESS_KEY_ID =
            Setting.ours("KODA_BACKUP_S3_ACCESS_KEY_ID", SettingType.SECRET);
    /** The other half of {@link #KODA_BACKUP_S3_ACCESS_KEY_ID}. */
    public static final Setting<Secret> KODA_BACKUP_S3_SECRET_ACCESS_KEY =
            Setting.ours("KODA_BACKUP_S3_SECRET_ACCESS_KEY", SettingType.SECRET);
    /** True if the stack's Postgres is meant to archive its WAL, and to keep base backups that go with it. */
    public static final Setting<Boolean> KODA_BACKUP_ARCHIVER =
            Setting.ours("KODA_BACKUP_ARCHIVER", SettingType.BOOLEAN);
    /** A file that is touched after each restore that was looked at. */
    public static final Setting<Path> KODA_BACKUP_RESTORE_MARKER =
            Setting.ours("KODA_BACKUP_RESTORE_MARKER", SettingType.PATH);

    /** How much the bucket of the stack may hold. */
    public static final Setting<Long> KODA_OBJECT_STORAGE_QUOTA =
            Setting.ours("KODA_OBJECT_STORAGE_QUOTA", SettingType.SIZE);
    /** Where the object storage says how much room it has. */
    public static final Setting<URI> KODA_OBJECT_STORAGE_CAPACITY_URL =
            Setting.ours("KODA_OBJECT_STORAGE_CAPACITY_URL", SettingType.URL);
    /** The bearer token with which it says so, if it wants one. */
    public static final Setting<Secret> KODA_OBJECT_STORAGE_CAPACITY_TOKEN =
            Setting.ours("KODA_OBJECT_STORAGE_CAPACITY_TOKEN", SettingType.SECRET);
    /** How large a volume of SeaweedFS gets: {@code -volumeSizeLimitMB} of its master. */
    public static final Setting<Long> KODA_OBJECT_STORAGE_VOLUME_SIZE =
            Setting.ours("KODA_OBJECT_STORAGE_VOLUME_SIZE", SettingType.SIZE);

    private static final List<Setting<?>> ALL = List.of(
            KODA_STACK,
            KODA_ENV,
            KODA_ENV_FILE,
            KODA_SERVICE_NAME,
            KODA_OPERATIONS_BIND,
            KODA_OPERATIONS_PORT,
            KODA_OPERATIONS_URL,
            KODA_TRUSTED_PROXIES,
            KODA_TRUSTED_PROXY_USERS,
            KODA_OPERATIONS_RATE,
            KODA_OPERATIONS_BURST,
            KODA_GRAFANA_URL,
            KODA_DRAIN_DELAY,
            PROBE_DETAIL,
            KODA_ALLOW_EXEC,
            KODA_ALLOW_LINK_LOCAL,
            WEB_PUBLIC_BASE_URL,
            WEB_OPERATOR_SESSION_SECRET,
            CONTROL_PLANE_API_TOKEN,
            KODA_AUDIT_HMAC_KEY,
            KODA_HEARTBEAT_TOKEN,
            OPERATIONS_POSTGRES_DSN,
            KODA_OPERATIONS_DIR,
            AUDIT_RETENTION_DAYS,
            AUDIT_ARCHIVE,
            KODA_COLLECTORS_INTERVAL,
            KODA_TLS_ROOTS,
            KODA_TLS_CERTIFICATES,
            KODA_TLS_KEY_FILES,
            KODA_POSTGRES_STANDBYS,
            KODA_POSTGRES_MIGRATION,
            KODA_WORKER_URLS,
            DOCKER_HOST,
            COMPOSE_PROJECT_NAME,
            KODA_BACKUP_PGBACKREST_STANZA,
            KODA_BACKUP_WALG_CONFIG,
            KODA_BACKUP_BARMAN_SERVER,
            KODA_BACKUP_FILES,
            KODA_BACKUP_MARKER,
            KODA_BACKUP_S3_BUCKET,
            KODA_BACKUP_S3_PREFIX,
            KODA_BACKUP_S3_ENDPOINT_URL,
            KODA_BACKUP_S3_REGION,
            KODA_BACKUP_S3_ACCESS_KEY_ID,
            KODA_BACKUP_S3_SECRET_ACCESS_KEY,
            KODA_BACKUP_ARCHIVER,
            KODA_BACKUP_RESTORE_MARKER,
            KODA_OBJECT_STORAGE_QUOTA,
            KODA_OBJECT_STORAGE_CAPACITY_URL,
            KODA_OBJECT_STORAGE_CAPACITY_TOKEN,
            KODA_OBJECT_STORAGE_VOLUME_SIZE);

    private OwnSettings() {}

    static List<Setting<?>> all() {
        return ALL;
    }
}
