package dev.koda.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.koda.checks.stack.KodaVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the README, compiled and run as a reader would: by a javac and a java of their own. */
class EmbeddingIT {
    private static final Path README = Path.of("..", "README.md");
    private static final int MOST_LINES = 15;

    /** The one that the library writes reports with: the embedded object store brings a Jackson 3 beside it. */
    private static final String JACKSON = "jackson-core-2.";

    @TempDir
    private static Path programs;

    private static final Map<String, JavaProgram> COMPILED = new HashMap<>();

    @TempDir
    private Path work;

    private Path spool;

    @BeforeEach
    void makeSpool() throws IOException {
        spool = Files.createDirectory(work.resolve("spool"));
    }

    @Test
    void plainJavaNeedsThreeJarsAndNoVertx() throws Exception {
        var jars = Jars.ofCore().and(JACKSON);
        assertThat(jars.files()).hasSize(3);
        var program = compiled("plain", jars);

        var report = lastLine(program.run("OrdersDoctor", spool.toString()));

        assertThat(report.path("status").asText()).isEqualTo("pass");
        assertThat(report.path("checks").findValuesAsText("id")).containsExactly("orders.spool", "orders.backlog");
        assertThat(report.at("/checks/1/observed/waiting/value").asInt(-1)).isZero();
    }

    @Test
    void plainJavaNamesTheCauseOfWhatWasNotRun() throws Exception {
        Files.delete(spool);
        var program = compiled("plain", Jars.ofCore().and(JACKSON));

        var report = lastLine(program.run("OrdersDoctor", spool.toString()));

        assertThat(report.path("status").asText()).isEqualTo("fail");
        assertThat(report.at("/checks/1/reason").asText()).isEqualTo("not_run");
        assertThat(report.at("/checks/1/root_cause").asText()).isEqualTo("orders.spool");
    }

    @Test
    void postgresNeedsADriverAndNoVertx() throws Exception {
        var program = compiled("postgres", Jars.ofCore().and(JACKSON, "postgresql-"));
        try (var postgres = ScramPostgres.start(Files.createDirectory(work.resolve("server")), "hunter22")) {
            var report = lastLine(program.run(
                    "PostgresDoctor",
                    "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/koda?user=koda&password=hunter22"));

            assertThat(report.path("status").asText()).as(report::toString).isEqualTo("pass");
            assertThat(report.path("checks").findValuesAsText("id"))
                    .startsWith("postgres.connections", "postgres.version", "postgres.role")
                    .contains("postgres.replication-lag", "postgres.slots", "postgres.wraparound", "postgres.sessions")
                    .contains("postgres.locks", "postgres.transaction-rate", "orders.waiting");
        }
    }

    @Test
    void vertxAnswersItsProbeFromTheEngine() throws Exception {
        var program = compiled("vertx", Jars.ofCore().and(JACKSON, "vertx-core-", "netty-"));
        try (var broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var output = program.run("Ask", Integer.toString(broker.getLocalPort()));

            assertThat(output).contains("200 {\"status\":\"pass\",\"ready\":true}");
            assertThat(lastLine(output).path("status").asText()).isEqualTo("pass");
        }
    }

    @Test
    void vertxNamesWhatIsUnavailable() throws Exception {
        var program = compiled("vertx", Jars.ofCore().and(JACKSON, "vertx-core-", "netty-"));

        var output = program.run("Ask", Integer.toString(closedPort()));

        assertThat(output).contains("503 {\"status\":\"fail\",\"ready\":false,\"reasons\":[\"broker_unavailable\"]}");
        assertThat(lastLine(output).at("/checks/0/hint").asText()).isEqualTo("start the broker");
    }

    @Test
    void springBootAnswersItsProbeFromTheEngine() throws Exception {
        var program = compiled("spring", Jars.ofCore().andAllIn(Path.of("target", "spring-boot")));

        var output = program.run("Ask", spool.toString());

        assertThat(output).contains("200 {\"status\":\"pass\",\"ready\":true}");
        assertThat(lastLine(output).at("/checks/0/id").asText()).isEqualTo("orders.spool");
    }

    @Test
    void springBootFailsItsProbeWithThePublicReason() throws Exception {
        Files.delete(spool);
        var program = compiled("spring", Jars.ofCore().andAllIn(Path.of("target", "spring-boot")));

        var output = program.run("Ask", spool.toString());

        assertThat(output).contains("503 {\"status\":\"fail\",\"ready\":false,\"reasons\":[\"spool_unavailable\"]}");
    }

    @Test
    void metersRecordUnderTheNamesOfAKoda() throws Exception {
        var program = compiled("metrics", Jars.ofCore().and(JACKSON, "prometheus-metrics-"));

        assertThat(program.run("AgentMeters", ""))
                .contains(
                        "koda_tool_executions_total{agent_id=\"atlas\",status=\"completed\",tool_name=\"web_search\"} 1.0")
                .contains("koda_requests_total{agent_id=\"atlas\",status=\"completed\"} 1.0")
                .contains(
                        "koda_request_duration_seconds_sum{agent_id=\"atlas\",model=\"claude-sonnet\",provider=\"anthropic\"} 3.2")
                .contains(
                        "koda_cost_total_usd_total{agent_id=\"atlas\",model=\"claude-sonnet\",provider=\"anthropic\"} 0.0042");
    }

    @Test
    void coordinatesAreThoseOfThisBuild() throws IOException {
        assertThat(Files.readString(README))
                .contains("<artifactId>koda-checks-core</artifactId>\n  <version>" + KodaVersion.text() + "</version>");
    }

    /** Each example once: what is done with it afterwards does not change it. */
    private static JavaProgram compiled(String name, Jars jars) throws Exception {
        var known = COMPILED.get(name);
        if (known != null) {
            return known;
        }
        var example = ReadmeExample.of(README, name);
        assertThat(example.codeLines()).as("lines without imports").isLessThanOrEqualTo(MOST_LINES);
        var program = JavaProgram.compile(programs.resolve(name), example, jars);
        COMPILED.put(name, program);
        return program;
    }

    private static JsonNode lastLine(String output) throws IOException {
        var lines = output.lines().toList();
        return new ObjectMapper().readTree(lines.get(lines.size() - 1));
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
