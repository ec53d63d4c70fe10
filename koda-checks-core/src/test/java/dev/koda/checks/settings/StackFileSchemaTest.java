package dev.koda.checks.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The schema for editors says what the reader reads. */
class StackFileSchemaTest {
    private static final Path SCHEMA = Path.of("../docs/schema/koda-yaml.schema.json");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Stream<Path> examples() throws IOException {
        try (var files = Files.list(Path.of("../docs/examples"))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void schemaAndReaderTakeTheShippedExamples(Path example) throws IOException {
        assertThat(errors(Files.readString(example))).isEmpty();
        assertThat(StackFile.read(example, name -> null).checks()).isNotEmpty();
    }

    @Test
    void theExampleShowsEveryKeyOfEveryKind() throws IOException {
        var text = Files.readString(Path.of("../docs/examples/koda.yaml"));

        assertThat(keysOfReader().values().stream().flatMap(List::stream).distinct())
                .allSatisfy(key -> assertThat(text).contains(key + ":"));
    }

    @Test
    void schemaAndReaderNameTheSameKeys() throws IOException {
        var schema = MAPPER.readTree(SCHEMA.toFile());

        assertThat(keysOfSchema(schema)).isEqualTo(keysOfReader());
        assertThat(words(schema.at("/$defs/suite/enum"))).isEqualTo(CustomCheckReader.SUITES);
        assertThat(words(schema.at("/$defs/check/properties/http/properties/method/enum")))
                .containsAll(HttpReader.METHODS);
        assertThat(words(schema.at("/$defs/check/properties/postgres/properties/direction/enum")))
                .isEqualTo(PostgresReader.DIRECTIONS);
        var asked = new ArrayList<String>();
        schema.at("/$defs/check/oneOf")
                .forEach(one -> asked.add(one.at("/required/0").asText()));
        assertThat(asked).isEqualTo(KindReader.KINDS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "checks: [{id: a.b}]",
                "checks: [{id: a.b, tcp: {host: h, port: 1}, dns: {host: h}}]",
                "checks: [{id: A, tcp: {host: h, port: 1}}]",
                "checks: [{id: a.b, tcp: {host: h, prot: 1}}]",
                "checks: [{id: a.b, tcp: {host: h, port: 1}, timeout: soon}]",
                "checks: [{id: a.b, tcp: {host: h, port: 1}, suites: [liveness]}]",
                "checks: [{id: a.b, postgres: {unit: x}}]",
                "checks: [{id: a.b, postgres: {query: q, direction: up}}]",
                "checks: [{id: a.b, postgres: {query: q, dsn: 'postgres://h/d', setting: X}}]",
                "checks: [{id: a.b, heartbeat: {grace: 1h}}]",
                "checks: [{id: a.b, heartbeat: {every: soon}}]",
                "checks: [{id: a.b, s3: {endpoint: 'http://h', bucket: b}}]",
                "suppress: [{check: a.b}]",
                "suppress: [{check: a.b, reason: r, until: soon}]",
                "notify: [{id: ops}]",
                "notify: [{url: 'https://h/'}]",
                "notify: [{id: Ops Chat, url: 'https://h/'}]",
                "notify: [{id: ops, url: 'ftp://h/'}]",
                "notify: [{id: ops, url: 'https://h/', on: pass}]",
                "notify: [{id: ops, url: 'https://h/', reminder: soon}]",
                "notify: [{id: ops, url: 'https://h/', urls: []}]",
                "cheks: []"
            })
    void bothRefuseTheSameMistakes(String text) {
        var whole = "version: 1\n" + text;

        assertThat(errors(whole)).isNotEmpty();
        assertThat(catchThrowableOfType(
                        SettingsException.class,
                        () -> StackFile.parse(
                                Path.of("koda.yaml"), whole.getBytes(StandardCharsets.UTF_8), name -> null)))
                .isNotNull();
    }

    private static Map<String, List<String>> keysOfReader() {
        var keys = new TreeMap<String, List<String>>();
        keys.put("top", sorted(StackFileReader.TOP));
        keys.put("service", sorted(StackFileReader.SERVICE));
        keys.put("limits", sorted(StackFileReader.LIMITS));
        keys.put("suppress", sorted(SuppressionReader.KEYS));
        keys.put("notify", sorted(NotifyReader.KEYS));
        keys.put(
                "check",
                sorted(Stream.concat(CustomCheckReader.COMMON.stream(), KindReader.KINDS.stream())
                        .toList()));
        keys.put("http", sorted(HttpReader.KEYS));
        keys.put("expect", sorted(HttpReader.EXPECT));
        keys.put("tcp", sorted(KindReader.TCP));
        keys.put("tls", sorted(KindReader.TLS));
        keys.put("dns", sorted(KindReader.DNS));
        keys.put("disk", sorted(KindReader.DISK));
        keys.put("s3", sorted(S3Reader.KEYS));
        keys.put("secret", sorted(KindReader.SECRET));
        keys.put("exec", sorted(KindReader.EXEC));
        keys.put("postgres", sorted(PostgresReader.KEYS));
        keys.put("heartbeat", sorted(HeartbeatReader.KEYS));
        return keys;
    }

    private static Map<String, List<String>> keysOfSchema(JsonNode schema) {
        var keys = new TreeMap<String, List<String>>();
        keys.put("top", names(schema));
        keys.put("service", names(schema.at("/properties/service")));
        keys.put("limits", names(schema.at("/$defs/limits")));
        keys.put("suppress", names(schema.at("/properties/suppress/items")));
        keys.put("notify", names(schema.at("/properties/notify/items")));
        keys.put("check", names(schema.at("/$defs/check")));
        keys.put("expect", names(schema.at("/$defs/check/properties/http/properties/expect/oneOf/1")));
        KindReader.KINDS.forEach(kind -> keys.put(kind, names(schema.at("/$defs/check/properties/" + kind))));
        return keys;
    }

    private static List<String> names(JsonNode described) {
        var names = new ArrayList<String>();
        described.path("properties").fieldNames().forEachRemaining(names::add);
        return sorted(names);
    }

    private static List<String> sorted(List<String> names) {
        return names.stream().sorted().toList();
    }

    private static List<String> words(JsonNode array) {
        var words = new ArrayList<String>();
        array.forEach(word -> words.add(word.asText()));
        return words;
    }

    private static List<String> errors(String yaml) {
        try {
            var read = new Load(LoadSettings.builder().build()).loadFromString(yaml);
            return schema().validate(MAPPER.writeValueAsString(read), InputFormat.JSON).stream()
                    .map(Object::toString)
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonSchema schema() throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(Files.readString(SCHEMA));
    }
}
