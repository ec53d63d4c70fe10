package dev.koda.checks.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.koda.checks.Category;
import dev.koda.checks.Report;
import dev.koda.checks.Scope;
import dev.koda.checks.Status;
import dev.koda.checks.Threshold;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportSchemaTest {
    private static final Path SCHEMA = Path.of("../docs/schema/report-v1.json");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Stream<Report> reportsOfEveryShape() {
        return Stream.of(
                SampleReports.healthy(),
                SampleReports.warning(),
                SampleReports.broken(),
                SampleReports.empty(),
                SampleReports.hostile(),
                SampleReports.notReady(Scope.LOCAL, false),
                SampleReports.notReady(Scope.SHARED, false));
    }

    @ParameterizedTest
    @MethodSource("reportsOfEveryShape")
    void acceptsWhatIsWritten(Report report) throws IOException {
        assertThat(schema().validate(written(report))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("reportsOfEveryShape")
    void describesEveryKeyThatIsWritten(Report report) throws IOException {
        var undescribed = new TreeSet<String>();

        collectUndescribed(written(report), MAPPER.readTree(SCHEMA.toFile()), "", undescribed);

        assertThat(undescribed).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"schema", "suite", "ok", "status", "message", "generated_at", "summary", "checks", "skipped"})
    void refusesAReportWithoutItsPromisedKeys(String key) throws IOException {
        var report = (ObjectNode) written(SampleReports.warning());

        report.remove(key);

        assertThat(schema().validate(report)).isNotEmpty();
    }

    @Test
    void refusesAFourthStatusAndAnOkThatContradictsIt() throws IOException {
        var unknown = (ObjectNode) written(SampleReports.warning());
        var contradicting = (ObjectNode) written(SampleReports.broken());

        unknown.put("status", "unknown");
        ((ObjectNode) contradicting.at("/checks/1")).put("ok", true);

        assertThat(schema().validate(unknown)).isNotEmpty();
        assertThat(schema().validate(contradicting)).isNotEmpty();
    }

    @Test
    void listsExactlyTheWordsOfTheCode() throws IOException {
        var schema = MAPPER.readTree(SCHEMA.toFile());

        assertThat(words(schema.at("/$defs/status/enum")))
                .containsExactlyElementsOf(
                        Arrays.stream(Status.values()).map(Status::wireName).toList());
        assertThat(words(schema.at("/$defs/check/properties/category/enum")))
                .containsExactlyElementsOf(
                        Arrays.stream(Category.values()).map(Category::wireName).toList());
        assertThat(words(schema.at("/$defs/check/properties/thresholds/items/properties/direction/enum")))
                .containsExactlyElementsOf(Arrays.stream(Threshold.Direction.values())
                        .map(Threshold.Direction::wireName)
                        .toList());
    }

    /** The keys consumers rely on: a line may be added here, none may go. */
    @Test
    void neverLosesAKey() throws IOException {
        var keys = new TreeSet<String>();
        collectKeys(written(SampleReports.warning()), "", keys);
        collectKeys(written(SampleReports.broken()), "", keys);

        assertThat(keys)
                .contains(
                        "/schema /suite /ok /status /message /generated_at /took_ms /service /summary /checks /skipped"
                                .split(" "))
                .contains("/service/name /service/version /service/environment".split(" "))
                .contains("/summary/pass /summary/warn /summary/fail /summary/not_run /summary/skipped".split(" "))
                .contains("/checks/id /checks/instance /checks/category /checks/title /checks/ok /checks/status"
                        .split(" "))
                .contains("/checks/message /checks/reason /checks/root_cause /checks/critical /checks/hint /checks/docs"
                        .split(" "))
                .contains("/checks/started_at /checks/took_ms /checks/age_ms /checks/since /checks/streak".split(" "))
                .contains("/checks/raw_status /checks/observed/free/value /checks/observed/free/unit".split(" "))
                .contains("/checks/thresholds/of /checks/thresholds/direction /checks/thresholds/unit".split(" "))
                .contains("/checks/thresholds/warn /checks/thresholds/fail".split(" "))
                .contains("/skipped/id /skipped/instance /skipped/why".split(" "));
    }

    private static JsonSchema schema() throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(Files.readString(SCHEMA));
    }

    private static JsonNode written(Report report) throws IOException {
        return MAPPER.readTree(ReportJson.write(report));
    }

    private static Stream<String> stream(JsonNode array) {
        return Stream.iterate(0, i -> i < array.size(), i -> i + 1)
                .map(i -> array.get(i).asText());
    }

    private static Iterable<String> words(JsonNode array) {
        return stream(array).toList();
    }

    private static void collectKeys(JsonNode value, String path, Set<String> keys) {
        value.forEachEntry((key, child) -> {
            keys.add(path + "/" + key);
            collectKeys(child, path + "/" + key, keys);
        });
        if (value.isArray()) {
            value.forEach(child -> collectKeys(child, path, keys));
        }
    }

    private static void collectUndescribed(JsonNode value, JsonNode schema, String path, Set<String> undescribed) {
        var described = resolved(schema);
        value.forEachEntry((key, child) -> {
            var property = described.path("properties").path(key);
            var any = described.path("additionalProperties");
            if (property.isMissingNode() && any.isMissingNode()) {
                undescribed.add(path + "/" + key);
            }
            collectUndescribed(child, property.isMissingNode() ? any : property, path + "/" + key, undescribed);
        });
        if (value.isArray()) {
            value.forEach(child -> collectUndescribed(child, described.path("items"), path, undescribed));
        }
    }

    private static JsonNode resolved(JsonNode schema) {
        try {
            var reference = schema.path("$ref").asText();
            return reference.isEmpty()
                    ? schema
                    : MAPPER.readTree(SCHEMA.toFile()).at(reference.substring(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
