package dev.koda.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A {@code koda up} that has said that it is up, and what a test wants to know of it. */
final class RunningStack {
    private static final Duration UP_LIMIT = Duration.ofSeconds(90);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KodaSandbox sandbox;
    private final RealProcess process;
    private final Path directory;
    private final int port;

    private RunningStack(KodaSandbox sandbox, RealProcess process, Path directory, int port) {
        this.sandbox = sandbox;
        this.process = process;
        this.directory = directory;
        this.port = port;
    }

    /** Starts {@code koda up} in the directory and does not wait for it. */
    static RunningStack start(KodaSandbox sandbox, Path directory, int port, String restartDelay) {
        var process = sandbox.koda(
                "up", "--dir", directory.toString(), "--port", Integer.toString(port), "--restart-delay", restartDelay);
        return new RunningStack(sandbox, process, directory, port);
    }

    /** The same, and waits until it has printed everything. */
    static RunningStack up(KodaSandbox sandbox, Path directory, String restartDelay) {
        var stack = start(sandbox, directory, FreePort.next(), restartDelay);
        stack.awaitUp();
        return stack;
    }

    /** The same on a terminal of its own, where people watch it. */
    static RunningStack upOnATerminal(KodaSandbox sandbox, Path directory) {
        int port = FreePort.next();
        var up = Distribution.installed().program("koda") + " up --dir " + directory + " --port " + port;
        var process = sandbox.run(
                List.of("script", "--quiet", "--return", "--command", "exec env TERM=xterm " + up, "/dev/null"));
        var stack = new RunningStack(sandbox, process, directory, port);
        stack.awaitUp();
        return stack;
    }

    /** Ends it in order, as an operator would whom the lock file has told its process. */
    void end() {
        try {
            long pid = Long.parseLong(
                    Files.readAllLines(directory.resolve("up.lock")).get(0));
            RealProcess.signal(pid, "TERM");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        process.awaitExit(UP_LIMIT);
    }

    void awaitUp() {
        process.awaitOutput("^Ctrl-C stops everything", UP_LIMIT);
    }

    RealProcess process() {
        return process;
    }

    int port() {
        return port;
    }

    Path envFile() {
        return directory.resolve(".env");
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    Http.Answer readiness() {
        return Http.get(url("/api/runtime/readiness"));
    }

    Http.Answer health() {
        return Http.get(url("/health"));
    }

    /** The operations API's doctor, asked with the token of the {@code .env}. */
    Http.Answer doctor(String query) {
        var token = Map.of("Authorization", "Bearer " + setting("CONTROL_PLANE_API_TOKEN"));
        return Http.get(url("/api/operations/doctor" + query), token);
    }

    /** Adds an operator, and gives the token, which is told once. */
    String addOperator(String name, String role) {
        var added = Http.send(HttpRequest.newBuilder(URI.create(url("/api/operations/operators")))
                .header("Authorization", "Bearer " + setting("CONTROL_PLANE_API_TOKEN"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\"" + name + "\",\"role\":\"" + role + "\"}"))
                .build());
        return json(added.text()).path("token").asText();
    }

    /** Starts {@code koda doctor} on the settings of this stack. */
    RealProcess doctorCommand(String... options) {
        var arguments =
                new ArrayList<>(List.of("doctor", "--env-file", envFile().toString()));
        arguments.addAll(List.of(options));
        return sandbox.koda(arguments.toArray(String[]::new));
    }

    /** A value of the {@code .env}; {@code up} writes none that needs quotes. */
    String setting(String name) {
        try (var lines = Files.lines(envFile())) {
            return lines.filter(line -> line.startsWith(name + "="))
                    .map(line -> line.substring(name.length() + 1))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(name + " is not in " + envFile()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Connects as the application would, with this password. */
    Connection connect(String password) throws SQLException {
        var dsn = setting("KNOWLEDGE_V2_POSTGRES_DSN");
        var address = dsn.substring(dsn.indexOf('@') + 1);
        return DriverManager.getConnection("jdbc:postgresql://" + address, setting("POSTGRES_USER"), password);
    }

    Connection connect() throws SQLException {
        return connect(setting("POSTGRES_PASSWORD"));
    }

    /** The process id of the embedded Postgres; 0 while there is none in its file. */
    long postmaster() {
        try {
            var lines = Files.readAllLines(directory.resolve("postgres/postmaster.pid"));
            return lines.isEmpty() ? 0 : Long.parseLong(lines.get(0).strip());
        } catch (IOException | NumberFormatException notNow) {
            return 0;
        }
    }

    /** Whether Postgres lets the application in now. */
    boolean isPostgresBack() {
        try (var connection = connect()) {
            return connection.isValid(1);
        } catch (SQLException notNow) {
            return false;
        }
    }

    /** A JSON document, read. */
    static JsonNode json(String text) {
        try {
            return Objects.requireNonNull(JSON.readTree(text));
        } catch (JsonProcessingException broken) {
            throw new AssertionError("no JSON: " + text, broken);
        }
    }
}
