package dev.koda.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The lines that a server logs while its Postgres comes and goes, held against the schema and sent through the pipelines. */
class ShippedLogsIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @RegisterExtension
    static final KodaSandbox sandbox = new KodaSandbox();

    private static List<String> lines = List.of();

    @BeforeAll
    static void log() throws Exception {
        try (var server = WatchedServer.start(sandbox)) {
            Http.get(
                    server.url("/api/operations/doctor?cached=true"),
                    Map.of("Authorization", "Bearer " + WatchedServer.TOKEN));
            server.cutPostgresOff();
            Within.limit(LIMIT, "a change is logged", () -> server.log().contains("\"event\":\"check.changed\""));
            server.bringPostgresBack();
            Within.limit(LIMIT, "an audit event is logged", () -> server.log().contains("\"event\":\"security."));
            lines = server.log().lines().toList();
        }
    }

    @Test
    void everyLineIsAsTheSchemaSays() {
        var schema = JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(Shipped.text(
                        Distribution.unpacked().home().resolve("docs").resolve("log-schema.json")));

        assertThat(lines)
                .hasSizeGreaterThan(3)
                .allSatisfy(line -> assertThat(schema.validate(RunningStack.json(line)))
                        .as(line)
                        .isEmpty());
    }

    @Test
    void everyLineNamesOneServiceAndOneNodeAndNoSecret() {
        assertThat(lines.stream()
                        .map(line -> RunningStack.json(line).path("service").asText()))
                .containsOnly("koda");
        assertThat(lines.stream()
                        .map(line -> RunningStack.json(line).path("node").asText())
                        .distinct())
                .hasSize(1);
        assertThat(lines).noneMatch(line -> line.contains(WatchedServer.TOKEN) || line.contains("horse"));
    }

    /** Both pipelines give a line the same labels, of which each has few values, and the time that it tells. */
    @Test
    void thePipelinesLabelEveryLineAlike() {
        var promtail = Shipped.read(Shipped.file("promtail/promtail.yaml"));
        var vector = Shipped.read(Shipped.file("vector/vector.yaml"));
        int ofSecurity = 0;
        for (var line : lines) {
            var one = LogPipeline.ofPromtail(promtail, line);
            var other = LogPipeline.ofVector(vector, line);

            var expected = expectedLabels(line);
            assertThat(one.labels()).as(line).isEqualTo(expected);
            expected.putIfAbsent("event_family", "none");
            assertThat(other.labels()).as(line).isEqualTo(expected);
            assertThat(one.metadata()).as(line).isEqualTo(other.metadata()).containsKey("node");
            assertThat(one.time())
                    .isEqualTo(other.time())
                    .isEqualTo(
                            Instant.parse(RunningStack.json(line).path("time").asText()));
            ofSecurity += "security".equals(expected.get("stream")) ? 1 : 0;
        }
        assertThat(ofSecurity).isPositive().isLessThan(lines.size());
    }

    private static Map<String, String> expectedLabels(String line) {
        var json = RunningStack.json(line);
        var labels = new TreeMap<String, String>();
        labels.put("service", json.path("service").asText());
        labels.put("level", json.path("level").asText());
        labels.put("stream", "koda");
        var event = json.path("event").asText();
        if (!event.isEmpty()) {
            labels.put("event_family", event.substring(0, event.indexOf('.')));
        }
        if (event.startsWith("security.")) {
            labels.put("stream", "security");
        }
        return labels;
    }
}
