package dev.koda.checks.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Every check of the example in the documents with every mistake that can be made in it: a key that is misspelt, a value
 * of another shape, a key that is missing. All of it is said with the place, and the schema for editors agrees.
 */
class StackFileMistakesTest {
    private static final Path FILE = Path.of("koda.yaml");
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNode EXAMPLE = tree(Path.of("../docs/examples/koda.yaml"));
    private static final JsonNode SCHEMA = read(Path.of("../docs/schema/koda-yaml.schema.json"));
    /** What stands in these has names of its own. */
    private static final Set<String> FREE = Set.of("headers", "json", "env");

    /** One check on one line, with a mistake in it. */
    record Mistake(String what, String line, int column, String named) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Mistake> misspelt() {
        return places().map(place -> {
            var wrong = place.key + (place.key.endsWith("x") ? "z" : "x");
            var check = place.check.deepCopy();
            var within = within(check, place);
            within.set(wrong, within.remove(place.key));
            return mistake(place, check, "\"" + wrong + "\"", place.key);
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misspelt")
    void namesThePlaceAndTheKeyThatWasMeant(Mistake mistake) {
        assertThat(problems(mistake)).anySatisfy(problem -> {
            assertThat(problem.line()).isEqualTo(3);
            assertThat(problem.column()).isEqualTo(mistake.column);
            assertThat(problem.message()).startsWith("unknown key of ");
            assertThat(problem.nearest()).isEqualTo(mistake.named);
        });
        assertThat(errors(mistake)).isNotEmpty();
    }

    static Stream<Mistake> misshapen() {
        return places().flatMap(place -> Stream.of("{\"zz9\":{}}", "[[\"zz9\"]]", "null")
                .map(shape -> {
                    var check = place.check.deepCopy();
                    within(check, place).set(place.key, json(shape));
                    return mistake(place, check, "\"" + place.key + "\":" + shape, place.key);
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misshapen")
    void namesThePlaceOfAValueOfAnotherShape(Mistake mistake) {
        int valueColumn = mistake.column + mistake.named.length() + 3;

        assertThat(problems(mistake)).anySatisfy(problem -> {
            assertThat(problem.line()).isEqualTo(3);
            assertThat(problem.column())
                    .as("the value, what is in it, or its key")
                    .isBetween(mistake.column, valueColumn + "{'zz9':".length());
        });
        assertThat(errors(mistake)).isNotEmpty();
    }

    static Stream<Mistake> missing() {
        return places().filter(StackFileMistakesTest::isRequired).map(place -> {
            var check = place.check.deepCopy();
            within(check, place).remove(place.key);
            var line = line(check);
            var owner = place.path.isEmpty() ? "- " : "\"" + place.path.get(place.path.size() - 1) + "\":";
            var what = place.check.get("id").asText() + " " + String.join(".", place.path) + "." + place.key;
            return new Mistake(what, line, line.indexOf(owner) + owner.length() + 1, place.key);
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("missing")
    void namesWhatIsMissingAndWhere(Mistake mistake) {
        assertThat(problems(mistake)).anySatisfy(problem -> {
            assertThat(problem.line()).isEqualTo(3);
            assertThat(problem.column()).isEqualTo(mistake.column);
            assertThat(problem.message()).contains(mistake.named);
        });
        assertThat(errors(mistake)).isNotEmpty();
    }

    /** Else the cases above would say nothing about a kind. */
    @Test
    void theExampleHasEveryKindWithAKeyThatIsRequired() {
        var asked = missing().map(mistake -> mistake.what).toList();

        for (var kind : KindReader.KINDS) {
            assertThat(asked).anyMatch(what -> what.contains(" " + kind + "."));
        }
        assertThat(EXAMPLE.path("checks"))
                .allSatisfy(check ->
                        assertThat(problemsOf(line(check))).as(check.toString()).isEmpty());
    }

    /** A key somewhere in a check. */
    private record Place(ObjectNode check, List<String> path, String key) {}

    private static Stream<Place> places() {
        var places = new ArrayList<Place>();
        for (var check : EXAMPLE.path("checks")) {
            collect(alone((ObjectNode) check), List.of(), places);
        }
        return places.stream();
    }

    /** Without what stands on others. */
    private static ObjectNode alone(ObjectNode check) {
        check.remove("depends_on");
        return check;
    }

    private static void collect(ObjectNode check, List<String> path, List<Place> places) {
        var names = new ArrayList<String>();
        at(check, path).fieldNames().forEachRemaining(names::add);
        for (var name : names) {
            places.add(new Place(check, path, name));
            if (at(check, path).get(name).isObject() && !FREE.contains(name)) {
                var longer = new ArrayList<>(path);
                longer.add(name);
                collect(check, longer, places);
            }
        }
    }

    private static ObjectNode within(ObjectNode check, Place place) {
        return at(check, place.path);
    }

    private static ObjectNode at(ObjectNode check, List<String> path) {
        var node = check;
        for (var name : path) {
            node = (ObjectNode) node.get(name);
        }
        return node;
    }

    /** As the schema has it; of the check itself, what it asks too. */
    private static boolean isRequired(Place place) {
        if (place.path.isEmpty()) {
            return place.key.equals("id");
        }
        var required = SCHEMA.at("/$defs/check/properties/" + String.join("/properties/", place.path) + "/required");
        return Stream.iterate(0, i -> i < required.size(), i -> i + 1)
                .anyMatch(i -> required.get(i).asText().equals(place.key));
    }

    private static Mistake mistake(Place place, ObjectNode check, String mark, String named) {
        var line = line(check);
        assertThat(line).contains(mark);
        var what = place.check.get("id").asText() + " " + String.join(".", place.path) + "." + place.key + " " + mark;
        return new Mistake(what, line, line.lastIndexOf(mark) + 1, named);
    }

    private static String line(JsonNode check) {
        return "- " + check;
    }

    private static List<SettingsProblem> problems(Mistake mistake) {
        return problemsOf(mistake.line);
    }

    private static List<SettingsProblem> problemsOf(String line) {
        try {
            var text = "version: 1\nchecks:\n" + line + "\n";
            StackFile.parse(FILE, text.getBytes(StandardCharsets.UTF_8), name -> null);
            return List.of();
        } catch (SettingsException refused) {
            return refused.problems();
        }
    }

    private static List<String> errors(Mistake mistake) {
        var whole = MAPPER.createObjectNode().put("version", 1);
        whole.set("checks", MAPPER.createArrayNode().add(json(mistake.line.substring(2))));
        return Schema.OF_FILES.validate(whole.toString(), InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    private static final class Schema {
        static final JsonSchema OF_FILES =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(SCHEMA.toString());
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return MAPPER.readTree(file.toFile());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode tree(Path file) {
        try {
            var loaded = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
            return MAPPER.valueToTree(loaded);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
