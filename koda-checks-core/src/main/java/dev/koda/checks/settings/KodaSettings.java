package dev.koda.checks.settings;

import static dev.koda.checks.settings.Setting.anyone;
import static dev.koda.checks.settings.Setting.koda;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** The settings of Koda that checks look at; the others that Koda knows are in {@link KnownSettings}. */
public final class KodaSettings {
    /** The database of the whole stack; derived from the three below. */
    public static final Setting<PostgresDsn> KNOWLEDGE_V2_POSTGRES_DSN =
            koda("KNOWLEDGE_V2_POSTGRES_DSN", SettingType.POSTGRES_DSN).needed(Setting.Need.STACK);
    /** The schema that holds Koda's tables. */
    public static final Setting<String> KNOWLEDGE_V2_POSTGRES_SCHEMA =
            koda("KNOWLEDGE_V2_POSTGRES_SCHEMA", SettingType.TEXT).otherwise("knowledge_v2");

    public static final Setting<Integer> KNOWLEDGE_V2_POSTGRES_POOL_MIN_SIZE =
            koda("KNOWLEDGE_V2_POSTGRES_POOL_MIN_SIZE", SettingType.COUNT).otherwise("1");
    public static final Setting<Integer> KNOWLEDGE_V2_POSTGRES_POOL_MAX_SIZE =
            koda("KNOWLEDGE_V2_POSTGRES_POOL_MAX_SIZE", SettingType.COUNT).otherwise("6");
    public static final Setting<String> POSTGRES_DB = anyone("POSTGRES_DB", SettingType.TEXT);
    public static final Setting<String> POSTGRES_USER = anyone("POSTGRES_USER", SettingType.TEXT);
    public static final Setting<Secret> POSTGRES_PASSWORD = anyone("POSTGRES_PASSWORD", SettingType.SECRET);

    /** The S3 endpoint of the object storage; derived from Koda's compose file. */
    public static final Setting<URI> KNOWLEDGE_V2_S3_ENDPOINT_URL =
            koda("KNOWLEDGE_V2_S3_ENDPOINT_URL", SettingType.URL).needed(Setting.Need.OBJECT_STORE);

    public static final Setting<String> KNOWLEDGE_V2_S3_BUCKET =
            koda("KNOWLEDGE_V2_S3_BUCKET", SettingType.TEXT).needed(Setting.Need.OBJECT_STORE);
    public static final Setting<String> KNOWLEDGE_V2_S3_PREFIX = koda("KNOWLEDGE_V2_S3_PREFIX", SettingType.TEXT);
    public static final Setting<String> KNOWLEDGE_V2_S3_REGION =
            koda("KNOWLEDGE_V2_S3_REGION", SettingType.TEXT).otherwise("us-east-1");
    /** Derived from {@link #S3_ACCESS_KEY_ID}. */
    public static final Setting<Secret> KNOWLEDGE_V2_S3_ACCESS_KEY_ID =
            koda("KNOWLEDGE_V2_S3_ACCESS_KEY_ID", SettingType.SECRET).needed(Setting.Need.OBJECT_STORE);
    /** Derived from {@link #S3_SECRET_ACCESS_KEY}. */
    public static final Setting<Secret> KNOWLEDGE_V2_S3_SECRET_ACCESS_KEY =
            koda("KNOWLEDGE_V2_S3_SECRET_ACCESS_KEY", SettingType.SECRET).needed(Setting.Need.OBJECT_STORE);

    public static final Setting<Secret> S3_ACCESS_KEY_ID = anyone("S3_ACCESS_KEY_ID", SettingType.SECRET);
    public static final Setting<Secret> S3_SECRET_ACCESS_KEY = anyone("S3_SECRET_ACCESS_KEY", SettingType.SECRET);
    public static final Setting<Boolean> OBJECT_STORAGE_REQUIRED =
            koda("OBJECT_STORAGE_REQUIRED", SettingType.BOOLEAN).otherwise("true");
    public static final Setting<String> KNOWLEDGE_V2_STORAGE_MODE =
            koda("KNOWLEDGE_V2_STORAGE_MODE", SettingType.TEXT).otherwise("primary");

    public static final Setting<String> STATE_BACKEND =
            koda("STATE_BACKEND", SettingType.oneOf("postgres")).otherwise("postgres");
    public static final Setting<Path> STATE_ROOT_DIR = koda("STATE_ROOT_DIR", SettingType.PATH);
    public static final Setting<Path> ARTIFACT_STORE_DIR = koda("ARTIFACT_STORE_DIR", SettingType.PATH);

    /** The port of Koda's control plane. */
    public static final Setting<Integer> CONTROL_PLANE_PORT =
            koda("CONTROL_PLANE_PORT", SettingType.PORT).otherwise("8090");
    /** Where the dashboard reaches the control plane; derived from the port. */
    public static final Setting<URI> CONTROL_PLANE_BASE_URL = koda("CONTROL_PLANE_BASE_URL", SettingType.URL);
    /** The port of Koda's dashboard. */
    public static final Setting<Integer> WEB_PORT =
            anyone("WEB_PORT", SettingType.PORT).otherwise("3000");
    /** The key of Koda's runtime tokens. */
    public static final Setting<Secret> RUNTIME_LOCAL_UI_TOKEN =
            koda("RUNTIME_LOCAL_UI_TOKEN", SettingType.SECRET).needed(Setting.Need.ENTRY);

    /** Where Koda's processes reach its sidecars: {@code host:port}, or the path of a socket. */
    public static final Setting<String> SECURITY_GRPC_TARGET = koda("SECURITY_GRPC_TARGET", SettingType.TEXT);

    public static final Setting<String> MEMORY_GRPC_TARGET = koda("MEMORY_GRPC_TARGET", SettingType.TEXT);
    public static final Setting<String> ARTIFACT_GRPC_TARGET = koda("ARTIFACT_GRPC_TARGET", SettingType.TEXT);
    public static final Setting<String> RETRIEVAL_GRPC_TARGET = koda("RETRIEVAL_GRPC_TARGET", SettingType.TEXT);
    /** Koda takes it before {@link #RUNTIME_KERNEL_GRPC_TARGET}. */
    public static final Setting<String> RUNTIME_KERNEL_SOCKET = koda("RUNTIME_KERNEL_SOCKET", SettingType.TEXT);

    public static final Setting<String> RUNTIME_KERNEL_GRPC_TARGET =
            koda("RUNTIME_KERNEL_GRPC_TARGET", SettingType.TEXT);
    /** Of a sidecar that only some installs have. */
    public static final Setting<String> BOT_GATEWAY_GRPC_TARGET = koda("BOT_GATEWAY_GRPC_TARGET", SettingType.TEXT);
    /** Of a sidecar that only some installs have. */
    public static final Setting<String> POLICY_ENGINE_GRPC_TARGET = koda("POLICY_ENGINE_GRPC_TARGET", SettingType.TEXT);

    public static final Setting<Boolean> ALLOW_LOOPBACK_BOOTSTRAP =
            koda("ALLOW_LOOPBACK_BOOTSTRAP", SettingType.BOOLEAN);
    public static final Setting<Boolean> ALLOW_INSECURE_COOKIES =
            koda("ALLOW_INSECURE_COOKIES", SettingType.BOOLEAN).otherwise("false");
    public static final Setting<Boolean> ALLOW_INSECURE_WEB_OPERATOR_SESSION_SECRET = koda(
                    "ALLOW_INSECURE_WEB_OPERATOR_SESSION_SECRET", SettingType.BOOLEAN)
            .otherwise("false");
    /** Refused by Koda when it first uses a secret: the key belongs in a file. */
    public static final Setting<Secret> CONTROL_PLANE_MASTER_KEY = koda("CONTROL_PLANE_MASTER_KEY", SettingType.SECRET);
    /** Derived: {@code control_plane/.master.key} under the state directory. */
    public static final Setting<Path> CONTROL_PLANE_MASTER_KEY_FILE =
            koda("CONTROL_PLANE_MASTER_KEY_FILE", SettingType.PATH);

    private static final List<Setting<?>> ALL = List.of(
            KNOWLEDGE_V2_POSTGRES_DSN,
            KNOWLEDGE_V2_POSTGRES_SCHEMA,
            KNOWLEDGE_V2_POSTGRES_POOL_MIN_SIZE,
            KNOWLEDGE_V2_POSTGRES_POOL_MAX_SIZE,
            POSTGRES_DB,
            POSTGRES_USER,
            POSTGRES_PASSWORD,
            KNOWLEDGE_V2_STORAGE_MODE,
            OBJECT_STORAGE_REQUIRED,
            KNOWLEDGE_V2_S3_ENDPOINT_URL,
            KNOWLEDGE_V2_S3_REGION,
            KNOWLEDGE_V2_S3_BUCKET,
            KNOWLEDGE_V2_S3_PREFIX,
            KNOWLEDGE_V2_S3_ACCESS_KEY_ID,
            KNOWLEDGE_V2_S3_SECRET_ACCESS_KEY,
            S3_ACCESS_KEY_ID,
            S3_SECRET_ACCESS_KEY,
            STATE_BACKEND,
            STATE_ROOT_DIR,
            ARTIFACT_STORE_DIR,
            CONTROL_PLANE_PORT,
            CONTROL_PLANE_BASE_URL,
            WEB_PORT,
            RUNTIME_LOCAL_UI_TOKEN,
            SECURITY_GRPC_TARGET,
            MEMORY_GRPC_TARGET,
            ARTIFACT_GRPC_TARGET,
            RETRIEVAL_GRPC_TARGET,
            RUNTIME_KERNEL_SOCKET,
            RUNTIME_KERNEL_GRPC_TARGET,
            BOT_GATEWAY_GRPC_TARGET,
            POLICY_ENGINE_GRPC_TARGET,
            ALLOW_LOOPBACK_BOOTSTRAP,
            ALLOW_INSECURE_COOKIES,
            ALLOW_INSECURE_WEB_OPERATOR_SESSION_SECRET,
            CONTROL_PLANE_MASTER_KEY,
            CONTROL_PLANE_MASTER_KEY_FILE);

    private KodaSettings() {}

    static List<Setting<?>> all() {
        return ALL;
    }
}
