package dev.koda.checks.settings;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What Koda's compose file makes of the settings it reads, for the settings that nobody wrote down. */
final class Derivations {
    private static final String COMPOSE = "Koda's compose file";

    private final Function<String, Optional<String>> written;
    private final Map<String, SettingValue> derived = new LinkedHashMap<>();

    private Derivations(Function<String, Optional<String>> written) {
        this.written = written;
    }

    /**
     * The derived values by name.
     *
     * @param written the value that some layer gives, empty if it is blank or not there
     */
    static Map<String, SettingValue> of(StackKind stack, Function<String, Optional<String>> written) {
        var derivations = new Derivations(written);
        derivations.own();
        if (stack != StackKind.NONE) {
            derivations.copy("S3_ACCESS_KEY_ID", "KNOWLEDGE_V2_S3_ACCESS_KEY_ID");
            derivations.copy("S3_SECRET_ACCESS_KEY", "KNOWLEDGE_V2_S3_SECRET_ACCESS_KEY");
        }
        if (stack == StackKind.KODA) {
            derivations.compose();
        }
        return derivations.derived;
    }

    private void own() {
        var bind = written.apply("KODA_OPERATIONS_BIND").orElse("127.0.0.1").strip();
        var port = written.apply("KODA_OPERATIONS_PORT").orElse("8090").strip();
        boolean isElsewhere = !IpAddress.isLoopback(bind) && !IpAddress.isWildcard(bind);
        var host = isElsewhere ? bind : "127.0.0.1";
        boolean needsBrackets = host.indexOf(':') >= 0 && !host.startsWith("[");
        put(
                "KODA_OPERATIONS_URL",
                "http://" + (needsBrackets ? "[" + host + "]" : host) + ":" + port,
                "KODA_OPERATIONS_BIND, KODA_OPERATIONS_PORT");
    }

    private void compose() {
        put("POSTGRES_DB", "koda", COMPOSE);
        put("POSTGRES_USER", "koda", COMPOSE);
        written.apply("POSTGRES_PASSWORD")
                .ifPresent(password -> put(
                        "KNOWLEDGE_V2_POSTGRES_DSN",
                        dsn(value("POSTGRES_USER"), password, value("POSTGRES_DB")),
                        "POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB"));
        put("KNOWLEDGE_V2_S3_ENDPOINT_URL", "http://seaweedfs:8333", COMPOSE);
        put("KNOWLEDGE_V2_S3_BUCKET", "koda-objects", COMPOSE);
        put("KNOWLEDGE_V2_S3_PREFIX", "koda", COMPOSE);
        put("STATE_ROOT_DIR", "/var/lib/koda/state", COMPOSE);
        put("RUNTIME_EPHEMERAL_ROOT", "/var/lib/koda/runtime", COMPOSE);
        put("ARTIFACT_STORE_DIR", "/var/lib/koda/artifacts", COMPOSE);
        put("CONTROL_PLANE_MASTER_KEY_FILE", value("STATE_ROOT_DIR") + "/control_plane/.master.key", "STATE_ROOT_DIR");
        var port = written.apply("CONTROL_PLANE_PORT").orElse("8090").strip();
        put("CONTROL_PLANE_BASE_URL", "http://127.0.0.1:" + port, "CONTROL_PLANE_PORT");
    }

    private void copy(String from, String to) {
        written.apply(from).ifPresent(text -> put(to, text, from));
    }

    private void put(String name, String text, String from) {
        if (written.apply(name).isEmpty()) {
            derived.put(name, SettingValue.of(name, text, Origin.derivedFrom(from)));
        }
    }

    private String value(String name) {
        var value = derived.get(name);
        return written.apply(name).map(String::strip).orElse(value == null ? "" : value.text());
    }

    /** Koda's compose file puts the password in as it is; escaped, it means the same and cannot break the address. */
    private static String dsn(String user, String password, String database) {
        return "postgresql://" + encode(user) + ":" + encode(password) + "@postgres:5432/" + encode(database);
    }

    private static String encode(String text) {
        var encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean isPlain = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "-._~".indexOf(c) >= 0;
            if (isPlain) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }
}
