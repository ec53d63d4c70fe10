package dev.koda.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The lines that a doctor offers, in the shell of an operator who has the secrets at hand, on a stack that is well. */
class CopyableLinesIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @RegisterExtension
    static final KodaSandbox sandbox = new KodaSandbox();

    private static @Nullable RunningStack running;

    @BeforeAll
    static void start() throws SQLException {
        running = RunningStack.up(sandbox, sandbox.root().resolve("stack"), "2s");
        try (var connection = running.connect();
                var statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA knowledge_v2");
            statement.execute("CREATE TABLE knowledge_v2.schema_migrations (version TEXT, applied_at TEXT)");
        }
    }

    private static RunningStack stack() {
        return Objects.requireNonNull(running);
    }

    @TestFactory
    Stream<DynamicTest> everyLineRunsAsItStands() {
        var lines = lines();
        assertThat(lines.keySet())
                .contains("postgres.tcp", "postgres.auth", "postgres.slots", "object-store.canary", "runtime.readiness")
                .contains("disk.space[STATE_ROOT_DIR]");
        return lines.entrySet().stream()
                .map(line -> DynamicTest.dynamicTest(line.getKey(), () -> runs(line.getValue())));
    }

    private static void runs(String line) {
        var secrets = Map.of(
                "PGPASSWORD", stack().setting("POSTGRES_PASSWORD"),
                "S3_ACCESS_KEY_ID", stack().setting("S3_ACCESS_KEY_ID"),
                "S3_SECRET_ACCESS_KEY", stack().setting("S3_SECRET_ACCESS_KEY"));
        var process = sandbox.run(List.of("sh", "-c", line), secrets);

        assertThat(process.awaitExit(LIMIT)).as(process.toString()).isZero();
        if (line.startsWith("curl -sSi")) {
            assertThat(process.output()).as(line).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void noLineHoldsASecret() {
        for (var name : List.of("POSTGRES_PASSWORD", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY")) {
            assertThat(lines().values()).as(name).noneMatch(line -> line.contains(stack().setting(name)));
        }
    }

    private static Map<String, String> lines() {
        var list = sandbox.koda(
                "checks", "list", "--json", "--env-file", stack().envFile().toString());
        assertThat(list.awaitExit(LIMIT)).as(list.toString()).isZero();
        var lines = new TreeMap<String, String>();
        for (JsonNode check : RunningStack.json(list.output()).path("checks")) {
            if (check.has("command")) {
                var instance = check.path("instance").asText();
                lines.put(
                        check.path("id").asText() + (instance.isEmpty() ? "" : "[" + instance + "]"),
                        check.path("command").asText());
            }
        }
        return lines;
    }
}
