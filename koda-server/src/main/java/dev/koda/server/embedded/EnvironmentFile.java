package dev.koda.server.embedded;

import dev.koda.checks.settings.EnvFile;
import dev.koda.checks.settings.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The {@code .env} of a state directory. Every setting that the doctor requires is generated once and then belongs to the
 * user: later starts keep it, fill in what is missing, and set only what the place of the directory and the flags decide.
 */
final class EnvironmentFile {
    static final int DEFAULT_SERVER_PORT = 8090;
    private static final int HIGHEST_PORT = 65_535;
    private static final String DSN = "KNOWLEDGE_V2_POSTGRES_DSN";
    private static final String HEAD = """
            # Settings and secrets of this machine's embedded stack, written by `koda up`. Keep this file to yourself.
            # The operations API takes CONTROL_PLANE_API_TOKEN as its Bearer token.
            """;

    private final StateDirectory directory;
    private final OptionalInt port;
    private final Generated generated = new Generated();
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> changes = new LinkedHashMap<>();

    private EnvironmentFile(StateDirectory directory, OptionalInt port) {
        this.directory = directory;
        this.port = port;
    }

    /**
     * Reads the file and completes it, in memory.
     *
     * @param port the server's listen port if the user named one (0 for any free one), else the file's, else 8090
     */
    static EnvironmentFile completed(StateDirectory directory, OptionalInt port) throws StartException {
        try {
            var file = new EnvironmentFile(directory, port);
            file.complete();
            return file;
        } catch (IOException failure) {
            throw new StartException("cannot read " + directory.environment() + " or find a free port", failure);
        }
    }

    /** Writes what was missing or is different now. */
    void write() throws StartException {
        try {
            if (!changes.isEmpty()) {
                PrivateFiles.write(directory.environment(), text());
            }
        } catch (IOException failure) {
            throw new StartException("cannot write " + directory.environment() + "; is its disk full?", failure);
        }
    }

    EmbeddedSettings settings() throws StartException {
        return new EmbeddedSettings(serverPort(), postgres(), objects());
    }

    private void complete() throws IOException, StartException {
        read();
        settleServer();
        settlePostgres();
        settleObjects();
        for (var token : List.of("WEB_OPERATOR_SESSION_SECRET", "CONTROL_PLANE_API_TOKEN", "RUNTIME_LOCAL_UI_TOKEN")) {
            keep(token, generated::token);
        }
    }

    private void read() {
        if (Files.exists(directory.environment())) {
            // Only this file decides: a variable of the caller's shell must not leak into an embedded password.
            EnvFile.read(directory.environment(), name -> null)
                    .entries()
                    .forEach((name, entry) -> values.put(name, entry.value()));
        }
    }

    private void settleServer() throws IOException {
        set("KODA_STACK", "embedded");
        keep("KODA_ENV", () -> "development");
        set("KODA_OPERATIONS_BIND", "127.0.0.1");
        if (port.isPresent()) {
            int wanted = port.getAsInt();
            set("KODA_OPERATIONS_PORT", Integer.toString(wanted == 0 ? LoopbackPorts.free(Set.of()) : wanted));
        }
        keep("KODA_OPERATIONS_PORT", () -> Integer.toString(DEFAULT_SERVER_PORT));
        keep("KODA_DRAIN_DELAY", () -> "0s");
        set("STATE_ROOT_DIR", directory.state().toString());
        set("ARTIFACT_STORE_DIR", directory.artifacts().toString());
        set("KODA_OPERATIONS_DIR", directory.operations().toString());
    }

    private void settlePostgres() throws IOException, StartException {
        keep("STATE_BACKEND", () -> "postgres");
        keep("POSTGRES_DB", () -> "koda");
        keep("POSTGRES_USER", () -> "koda");
        keep("POSTGRES_PASSWORD", generated::password);
        int free = LoopbackPorts.free(Set.of(serverPort()));
        keep(DSN, () -> "postgresql://127.0.0.1:" + free);
        set(DSN, dsn());
    }

    /** Where the file says that Postgres listens, with the role, password and database that the file gives it. */
    private String dsn() throws StartException {
        portIn(DSN);
        var old = URI.create(value(DSN));
        var parameters = old.getRawQuery() == null ? "" : "?" + old.getRawQuery();
        return old.getScheme() + "://" + encoded("POSTGRES_USER") + ":" + encoded("POSTGRES_PASSWORD") + "@"
                + old.getHost() + ":" + old.getPort() + "/" + encoded("POSTGRES_DB") + parameters;
    }

    private void settleObjects() throws IOException, StartException {
        keep("S3_ACCESS_KEY_ID", generated::keyId);
        keep("S3_SECRET_ACCESS_KEY", generated::password);
        keep("KNOWLEDGE_V2_S3_BUCKET", () -> "koda-objects");
        keep("KNOWLEDGE_V2_S3_PREFIX", () -> "koda");
        keep("KNOWLEDGE_V2_S3_REGION", () -> "us-east-1");
        int free = LoopbackPorts.free(Set.of(serverPort(), portIn(DSN)));
        keep("KNOWLEDGE_V2_S3_ENDPOINT_URL", () -> "http://127.0.0.1:" + free);
    }

    private EmbeddedSettings.Postgres postgres() throws StartException {
        return new EmbeddedSettings.Postgres(
                portIn(DSN), value("POSTGRES_USER"), Secret.of(value("POSTGRES_PASSWORD")), value("POSTGRES_DB"));
    }

    private EmbeddedSettings.Objects objects() throws StartException {
        return new EmbeddedSettings.Objects(
                portIn("KNOWLEDGE_V2_S3_ENDPOINT_URL"),
                value("S3_ACCESS_KEY_ID"),
                Secret.of(value("S3_SECRET_ACCESS_KEY")),
                value("KNOWLEDGE_V2_S3_BUCKET"));
    }

    private int serverPort() throws StartException {
        try {
            int number = Integer.parseInt(value("KODA_OPERATIONS_PORT"));
            if (number > 0 && number <= HIGHEST_PORT) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Said below, with the same words as a number out of range.
        }
        throw wrong("KODA_OPERATIONS_PORT", "a port from 1 to 65535");
    }

    private int portIn(String name) throws StartException {
        try {
            var address = URI.create(value(name));
            if (address.getPort() > 0 && Set.of("127.0.0.1", "localhost").contains(String.valueOf(address.getHost()))) {
                return address.getPort();
            }
        } catch (IllegalArgumentException noAddress) {
            // Said below, without the value: it may hold a password.
        }
        throw wrong(name, "an address on 127.0.0.1 with its port");
    }

    private StartException wrong(String name, String expected) {
        return new StartException(name + " in " + directory.environment() + " must be " + expected
                + "; correct it, or delete the line and koda up writes a new one");
    }

    private String encoded(String name) {
        return URLEncoder.encode(value(name), StandardCharsets.UTF_8).replace("+", "%20");
    }

    private String value(String name) {
        return values.getOrDefault(name, "");
    }

    private void keep(String name, Supplier<String> value) {
        if (value(name).isEmpty()) {
            set(name, value.get());
        }
    }

    private void set(String name, String value) {
        if (!value.equals(values.put(name, value))) {
            changes.put(name, value);
        }
    }

    private String text() throws IOException {
        var lines = new ArrayList<String>();
        var written = new HashSet<String>();
        var old = Files.exists(directory.environment()) ? Files.readString(directory.environment()) : HEAD;
        for (var line : old.lines().toList()) {
            var name = nameIn(line);
            if (!changes.containsKey(name)) {
                lines.add(line);
            } else if (written.add(name)) {
                lines.add(assignment(name));
            }
        }
        changes.keySet().stream().filter(written::add).map(this::assignment).forEach(lines::add);
        return String.join("\n", lines) + "\n";
    }

    private static final Pattern ASSIGNMENT = Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*[=:].*");

    private static String nameIn(String line) {
        var match = ASSIGNMENT.matcher(line);
        return match.matches() ? match.group(1) : "";
    }

    /** Single quotes, where nothing but a quote is special, unless the value is plain. */
    private String assignment(String name) {
        var value = value(name);
        var isPlain = value.matches("[A-Za-z0-9_./:@+-]*");
        return name + "=" + (isPlain ? value : "'" + value.replace("'", "\\'") + "'");
    }
}
