package dev.koda.checks.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StackFileTest {
    private static final Path FILE = Path.of("koda.yaml");
    private static final Map<String, String> VARIABLES = Map.of("HOST", "db.internal");

    @Test
    void readsAllThatMayBeInIt() {
        var file = parse("""
                version: 1
                service: {name: billing}
                settings:
                  KODA_OPERATIONS_PORT: 8091
                  KODA_OPERATIONS_URL: "http://${HOST}:8091"
                  OBJECT_STORAGE_REQUIRED: false
                  KODA_SERVICE_NAME: 007
                  KODA_ENV: ""
                thresholds:
                  disk.space: {warn: 20, fail: 10.5}
                  postgres.round-trip: {fail: 3000}
                """);

        assertThat(file.serviceName()).hasValue("billing");
        assertThat(file.settings().get("KODA_OPERATIONS_URL"))
                .isEqualTo(new StackFile.Entry("http://db.internal:8091", 5, 3, false));
        assertThat(value(file, "KODA_OPERATIONS_PORT")).isEqualTo("8091");
        assertThat(value(file, "OBJECT_STORAGE_REQUIRED")).isEqualTo("false");
        assertThat(value(file, "KODA_SERVICE_NAME")).isEqualTo("007");
        assertThat(value(file, "KODA_ENV")).isEmpty();
        assertThat(file.thresholds())
                .containsExactly(
                        entry("disk.space", new Limits(20, 10.5)), entry("postgres.round-trip", new Limits(500, 3000)));
        assertThat(file.notices()).isEmpty();
    }

    @Test
    void needsNothingButTheVersion() {
        var file = parse("version: 1\n");

        assertThat(file.serviceName()).isEmpty();
        assertThat(file.settings()).isEmpty();
        assertThat(file.thresholds()).isEmpty();
    }

    static Stream<Arguments> mistakes() {
        var known = "; there is version, service, settings, thresholds, checks, suppress, notify";
        return Stream.of(
                arguments("service: {name: x}", 1, 1, "has no 'version: 1'", null),
                arguments("", 1, 1, "expected 'version: 1' and further keys", null),
                arguments("- 1", 1, 1, "expected 'version: 1' and further keys", null),
                arguments("version: 2", 1, 10, "version must be 1, the only one there is", null),
                arguments("version: '1'", 1, 10, "version must be 1, the only one there is", null),
                arguments("version: 1\ncheks: []", 2, 1, "unknown key 'cheks'" + known, "checks"),
                arguments("version: 1\nchekcs: []", 2, 1, "unknown key 'chekcs'" + known, "checks"),
                arguments("version: 1\nsupress: []", 2, 1, "unknown key 'supress'" + known, "suppress"),
                arguments("version: 1\nalerts: {}", 2, 1, "unknown key \'alerts\'" + known, null),
                arguments("version: 1\nsetings: {}", 2, 1, "unknown key 'setings'" + known, "settings"),
                arguments("version: 1\nservice: x", 2, 10, "service must hold a name, such as {name: koda}", null),
                arguments(
                        "version: 1\nservice: {nam: x}", 2, 11, "unknown key of service 'nam'; there is name", "name"),
                arguments("version: 1\nservice: {name: ''}", 2, 17, "service.name must not be empty", null),
                arguments(
                        "version: 1\nsettings:\n  KNOWLEDGE_V2_POSTGRES_DSM: x",
                        3,
                        3,
                        "unknown setting 'KNOWLEDGE_V2_POSTGRES_DSM'",
                        "KNOWLEDGE_V2_POSTGRES_DSN"),
                arguments("version: 1\nsettings: {FOO: bar}", 2, 12, "unknown setting 'FOO'", null),
                arguments("version: 1\nsettings: [a]", 2, 11, "settings must hold names with values", null),
                arguments(
                        "version: 1\nsettings: {POD_NAME: [1]}",
                        2,
                        22,
                        "POD_NAME must be a single value, not a list",
                        null),
                arguments(
                        "version: 1\nsettings:\n  POD_NAME:\n",
                        3,
                        12,
                        "POD_NAME must have a value; write \"\" for an empty one",
                        null),
                arguments("version: 1\nsettings: {POD_NAME: 1, POD_NAME: 2}", 2, 25, "'POD_NAME' is there twice", null),
                arguments("version: 1\nversion: 1", 2, 1, "'version' is there twice", null),
                arguments(
                        "version: 1\nsettings: {POD_NAME: \"${B\"}", 2, 22, "POD_NAME: '${' has no closing '}'", null),
                arguments(
                        "version: 1\nthresholds: {disk.spase: {warn: 1}}",
                        2,
                        14,
                        "unknown check with limits 'disk.spase'; there is "
                                + LimitedCheck.all().stream()
                                        .map(LimitedCheck::id)
                                        .collect(Collectors.joining(", ")),
                        "disk.space"),
                arguments(
                        "version: 1\nthresholds: {disk.space: 15}",
                        2,
                        26,
                        "disk.space must hold limits, such as {warn: 15, fail: 5}",
                        null),
                arguments(
                        "version: 1\nthresholds: {disk.space: {wran: 15}}",
                        2,
                        27,
                        "unknown limit of disk.space 'wran'; there is warn, fail",
                        "warn"),
                arguments(
                        "version: 1\nthresholds: {disk.space: {warn: 15%}}",
                        2, 33, "a limit of disk.space must be a number of percent from 0 to 100", null),
                arguments(
                        "version: 1\nthresholds: {disk.space: {warn: 100.1}}",
                        2,
                        33,
                        "a limit of disk.space must be a number of percent from 0 to 100",
                        null),
                arguments(
                        "version: 1\nthresholds: {disk.space: {warn: -1}}",
                        2,
                        33,
                        "a limit of disk.space must be a number of percent from 0 to 100",
                        null),
                arguments(
                        "version: 1\nthresholds: {disk.space: {warn: 4}}",
                        2,
                        26,
                        "disk.space fails below 5.0 percent, so warn must be higher than that, not 4.0",
                        null),
                arguments(
                        "version: 1\nthresholds: {postgres.connections: {warn: 96}}",
                        2,
                        36,
                        "postgres.connections fails above 95.0 percent, so warn must be lower than that, not 96.0",
                        null));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void namesPlaceKindAndNearestNameOfAMistake(String text, int line, int column, String message, String nearest) {
        assertThat(problems(text)).containsExactly(new SettingsProblem(FILE, line, column, message, nearest));
    }

    @Test
    void takesLimitsThatAreEqual() {
        assertThat(parse("version: 1\nthresholds: {disk.space: {warn: 5, fail: 5}}")
                        .thresholds())
                .containsExactly(entry("disk.space", new Limits(5, 5)));
    }

    @Test
    void reportsAllMistakesAtOnce() {
        assertThat(problems("version: 3\nnotified: []\nsettings: {POD_NAME: {}}\nthresholds: {x.y: {}}"))
                .extracting(SettingsProblem::line)
                .containsExactly(1, 2, 3, 4);
    }

    @Test
    void saysWhereYamlEnds() {
        assertThat(problems("version: 1\nsettings: {POD_NAME: 'x\n"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.line()).isGreaterThanOrEqualTo(2);
                    assertThat(problem.message()).startsWith("is not YAML: ");
                });
    }

    static Stream<Arguments> bombs() {
        var nested = "version: 1\nsettings: " + "[".repeat(30_000);
        var aliases = "version: 1\na: &a [1]\nb: [" + "*a, ".repeat(30) + "1]";
        return Stream.of(
                arguments(nested, "is nested deeper than 20 levels"),
                arguments(aliases, "has more than 20 aliases"),
                arguments("version: 1\n---\nversion: 1\n", "has more than one document"));
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void refusesWhatGrows(String text, String message) {
        assertThat(problems(text)).extracting(SettingsProblem::message).containsExactly(message);
    }

    @Test
    void noticesAVariableThatIsNotSet() {
        assertThat(parse("version: 1\nsettings:\n  POD_NAME: x${NO}\n").notices())
                .extracting(SettingsNotice::kind, SettingsNotice::line)
                .containsExactly(org.assertj.core.api.Assertions.tuple(SettingsNotice.Kind.UNSET_VARIABLE, 3));
    }

    @Test
    void printsNoValue() {
        var file = parse("version: 1\nsettings: {RUNTIME_LOCAL_UI_TOKEN: hunter22}");

        assertThat(file + " " + file.settings()).doesNotContain("hunter22");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "settings: {RUNTIME_LOCAL_UI_TOKEN:hunter22}",
                "RUNTIME_LOCAL_UI_TOKEN:hunter22: x",
                "service: {TOKEN=hunter22: x}",
                "settings:\n  RUNTIME_LOCAL_UI_TOKEN: *hunter22",
                "settings:\n  RUNTIME_LOCAL_UI_TOKEN: !hunter22!x y",
                "settings:\n  RUNTIME_LOCAL_UI_TOKEN: |hunter22",
                "settings:\n  RUNTIME_LOCAL_UI_TOKEN: '${hunter22?hunter22}'",
                "settings:\n  RUNTIME_LOCAL_UI_TOKEN: '${hunter22!}'"
            })
    void quotesNoValueWhenItComplains(String text) {
        assertThat(problems("version: 1\n" + text + "\n"))
                .isNotEmpty()
                .noneMatch(problem -> problem.message().contains("hunter22"));
    }

    @Test
    void namesNoVariableThatMayBeAPieceOfASecret() {
        assertThat(parse("version: 1\nsettings: {RUNTIME_LOCAL_UI_TOKEN: correct$hunter22}")
                        .notices())
                .extracting(SettingsNotice::message)
                .containsExactly(
                        "RUNTIME_LOCAL_UI_TOKEN uses a variable that is not set; write '$$' if a dollar sign is meant");
    }

    @Test
    void namesAVariableInBracesAlsoInASecret() {
        assertThat(parse("version: 1\nsettings: {KNOWLEDGE_V2_POSTGRES_DSN: '${DATABASE_URL}'}")
                        .notices())
                .extracting(SettingsNotice::message, SettingsNotice::variable)
                .containsExactly(org.assertj.core.api.Assertions.tuple(
                        "KNOWLEDGE_V2_POSTGRES_DSN uses DATABASE_URL, which is not set; "
                                + "write '$$' if a dollar sign is meant",
                        "DATABASE_URL"));
    }

    private static String value(StackFile file, String name) {
        return Optional.ofNullable(file.settings().get(name)).orElseThrow().value();
    }

    private static StackFile parse(String text) {
        return StackFile.parse(FILE, text.getBytes(StandardCharsets.UTF_8), VARIABLES::get);
    }

    private static List<SettingsProblem> problems(String text) {
        return catchThrowableOfType(SettingsException.class, () -> parse(text)).problems();
    }
}
