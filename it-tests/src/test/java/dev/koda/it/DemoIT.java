package dev.koda.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code koda demo} on a real {@code koda up}: the operations API knows afterwards what the demo says that it showed. */
class DemoIT {
    private static final Duration DEMO_LIMIT = Duration.ofMinutes(4);
    private static final Duration SHORT = Duration.ofSeconds(30);
    private static final String FAILED = "provider.key[demo-provider]";

    @RegisterExtension
    static final KodaSandbox sandbox = new KodaSandbox();

    private static @Nullable RunningStack running;

    @BeforeAll
    static void start() {
        running = RunningStack.up(sandbox, sandbox.root().resolve("stack"), "60s");
    }

    private static RunningStack up() {
        return Objects.requireNonNull(running);
    }

    /** The whole minute is for {@code -Dkoda.long=true}; always on are its beginning and what it leaves alone. */
    @Test
    void showsWhatItSaysAndTakesItsKodaAwayAgain() throws SQLException {
        touchesNoSchemaOfSomebodyElse();

        var demo = demo("--hold", "1s");
        Within.limit(SHORT, "it has begun", () -> demo.errors().contains("1/4"));
        assertRefused(demo("--clean"), "another koda demo runs in ");
        if (Boolean.getBoolean("koda.long")) {
            playsToItsEnd(demo);
            letsPostgresGoOnHoweverItEnds();
        } else {
            Within.limit(DEMO_LIMIT, "a storm is shown", () -> demo.errors().contains("3/4"));
            assertStorm();
            demo.signal("KILL");
            demo.awaitExit(SHORT);
        }
        cleans();
    }

    private static void playsToItsEnd(RealProcess demo) {
        Within.limit(DEMO_LIMIT, "readiness is 503", () -> up().readiness().status() == 503);
        assertThat(demo.awaitExit(DEMO_LIMIT)).as(demo.toString()).isZero();

        assertThat(up().readiness().status()).isEqualTo(200);
        assertThat(demo.output()).isEmpty();
        assertThat(demo.errors())
                .contains("1/4", "2/4", "3/4", "4/4", "/operations?view=", "demo --clean")
                .doesNotContain(up().setting("CONTROL_PLANE_API_TOKEN"), up().setting("POSTGRES_PASSWORD"));
        assertStorm();
        assertRotationThenIncident();
    }

    private static void touchesNoSchemaOfSomebodyElse() throws SQLException {
        sql("CREATE SCHEMA knowledge_v2; CREATE TABLE knowledge_v2.kept AS SELECT 42 AS answer");
        assertRefused(demo(), "there is a schema knowledge_v2 that is not of a demo, so it is left as it is");
        assertRefused(demo("--clean"), "there is a schema knowledge_v2 that is not of a demo");
        sql("SELECT answer FROM knowledge_v2.kept; DROP SCHEMA knowledge_v2 CASCADE");
    }

    private static void assertStorm() {
        Within.limit(
                SHORT,
                "all its events are counted",
                () -> storm().path("events").asInt() == 36);
        assertThat(storm().path("key").asText()).isEqualTo("demo-agent");
    }

    private static JsonNode storm() {
        var storms = items("/audit/storms").stream()
                .filter(storm -> storm.path("kind").asText().equals("rejected_messages"))
                .toList();
        assertThat(storms).hasSize(1);
        return storms.get(0);
    }

    /** The mark stands where the failures begin. */
    private static void assertRotationThenIncident() {
        var incidents = items("/incidents");
        assertThat(incidents).hasSize(1);
        var incident = incidents.get(0);
        assertThat(incident.path("integration").asText()).isEqualTo(FAILED);
        assertThat(incident.path("reason").asText()).isEqualTo("key_rejected");
        assertThat(incident.path("closed_at").isTextual()).isTrue();
        var marks = items("/annotations").stream()
                .filter(mark -> mark.path("kind").asText().equals("rotation"))
                .toList();
        assertThat(marks).hasSize(1);
        assertThat(marks.get(0).path("integration").asText()).isEqualTo(FAILED);
        assertThat(Instant.parse(marks.get(0).path("at").asText()))
                .isBetween(opened(incident).minus(SHORT), opened(incident));
    }

    private static Instant opened(JsonNode incident) {
        return Instant.parse(incident.path("opened_at").asText());
    }

    /** And it plays a second time. */
    private static void letsPostgresGoOnHoweverItEnds() {
        var demo = demo("--hold", "20s");
        Within.limit(DEMO_LIMIT, "readiness is 503", () -> up().readiness().status() == 503);
        demo.signal("KILL");
        Within.limit(
                Duration.ofSeconds(10),
                "readiness is 200",
                () -> up().readiness().status() == 200);
    }

    private static void cleans() {
        var clean = demo("--clean");
        assertThat(clean.awaitExit(SHORT)).as(clean.toString()).isZero();
        assertThat(clean.lastErrorLine()).contains("removed the schema knowledge_v2");
        var again = demo("--clean");
        assertThat(again.awaitExit(SHORT)).as(again.toString()).isZero();
        assertThat(again.lastErrorLine()).contains("there is nothing to remove");
        Within.limit(
                SHORT,
                "the providers of the demo are gone from the page",
                () -> items("/integrations").isEmpty());
    }

    private static RealProcess demo(String... options) {
        var arguments = new String[options.length + 3];
        arguments[0] = "demo";
        arguments[1] = "--dir";
        arguments[2] = sandbox.root().resolve("stack").toString();
        System.arraycopy(options, 0, arguments, 3, options.length);
        return sandbox.koda(arguments);
    }

    private static void assertRefused(RealProcess demo, String why) {
        assertThat(demo.awaitExit(SHORT)).as(demo.toString()).isEqualTo(2);
        assertThat(demo.lastErrorLine()).startsWith("koda demo: exit 2: ").contains(why);
    }

    private static void sql(String text) throws SQLException {
        try (var connection = up().connect();
                var statement = connection.createStatement()) {
            statement.execute(text);
        }
    }

    private static List<JsonNode> items(String path) {
        var token = Map.of("Authorization", "Bearer " + up().setting("CONTROL_PLANE_API_TOKEN"));
        // Who asks again and again asks faster than anybody may.
        var answer = Within.answer(
                SHORT, "asked", () -> Http.get(up().url("/api/operations" + path), token), one -> one.status() != 429);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return StreamSupport.stream(
                        RunningStack.json(answer.text()).path("items").spliterator(), false)
                .toList();
    }
}
