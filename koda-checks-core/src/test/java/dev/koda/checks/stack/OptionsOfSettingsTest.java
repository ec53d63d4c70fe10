package dev.koda.checks.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.koda.checks.config.ConfigOptions;
import dev.koda.checks.secrets.SecretsOptions;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.SettingsSources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsOfSettingsTest {
    @TempDir
    Path work;

    private final Map<String, String> environment = new HashMap<>();

    @Test
    void asksForNothingWithoutAStackOfKodas() {
        assertThat(config().required()).isEmpty();
        assertThat(config().conflicts()).isEmpty();
        assertThat(config().paths()).isEmpty();
        assertThat(secrets().entries()).isEmpty();
        assertThat(secrets().values()).isEmpty();
        assertThat(secrets().files()).isEmpty();
    }

    @Test
    void asksForTheSessionKeyInProductionEvenWithoutAStack() {
        environment.put("KODA_ENV", "production");

        assertThat(secrets().entries())
                .extracting(SecretsOptions.Entry::name, SecretsOptions.Entry::isPresent)
                .containsExactly(tuple("WEB_OPERATOR_SESSION_SECRET", false));
    }

    @Test
    void asksAnEmbeddedStackForEverythingSinceNothingIsDerived() {
        environment.put("KODA_STACK", "embedded");

        assertThat(config().required())
                .extracting(ConfigOptions.Required::name, ConfigOptions.Required::isPresent)
                .containsExactlyInAnyOrder(
                        tuple("KNOWLEDGE_V2_POSTGRES_DSN", false),
                        tuple("KNOWLEDGE_V2_S3_ENDPOINT_URL", false),
                        tuple("KNOWLEDGE_V2_S3_BUCKET", false),
                        tuple("KNOWLEDGE_V2_S3_ACCESS_KEY_ID", false),
                        tuple("KNOWLEDGE_V2_S3_SECRET_ACCESS_KEY", false));
        assertThat(secrets().entries())
                .extracting(SecretsOptions.Entry::name)
                .containsExactlyInAnyOrder(
                        "WEB_OPERATOR_SESSION_SECRET", "CONTROL_PLANE_API_TOKEN", "RUNTIME_LOCAL_UI_TOKEN");
    }

    @Test
    void isContentWithAnUntouchedKodaInstall() {
        environment.putAll(Map.of(
                "KODA_STACK", "koda",
                "POSTGRES_PASSWORD", "pg-secret",
                "S3_ACCESS_KEY_ID", "id",
                "S3_SECRET_ACCESS_KEY", "s3-secret"));

        assertThat(config().required()).hasSize(5).allMatch(ConfigOptions.Required::isPresent);
        assertThat(config().paths()).hasSize(2).noneMatch(ConfigOptions.ConfiguredPath::isExplicit);
    }

    @ParameterizedTest
    @CsvSource({"OBJECT_STORAGE_REQUIRED, false", "KNOWLEDGE_V2_STORAGE_MODE, local"})
    void asksForNoObjectStoreWhereNoneIsRequired(String name, String value) {
        environment.put(name, value);

        assertThat(config().required())
                .extracting(ConfigOptions.Required::name)
                .containsExactly("KNOWLEDGE_V2_POSTGRES_DSN");
    }

    @Test
    void excusesTheSessionKeyOutsideProductionWhereItIsAllowed() {
        environment.putAll(Map.of("KODA_STACK", "koda", "ALLOW_INSECURE_WEB_OPERATOR_SESSION_SECRET", "true"));

        assertThat(secrets().entries())
                .extracting(SecretsOptions.Entry::name)
                .doesNotContain("WEB_OPERATOR_SESSION_SECRET");
        environment.put("KODA_ENV", "production");
        assertThat(secrets().entries()).extracting(SecretsOptions.Entry::name).contains("WEB_OPERATOR_SESSION_SECRET");
    }

    @Test
    void findsEveryKindOfConflictAndShowsNoValue() throws Exception {
        Files.writeString(work.resolve(".env"), """
                KODA_STACK=embedded
                KODA_OPERATIONS_PORT=hunter22
                KODA_OPERATION_BIND=0.0.0.0
                KODA_SOMETHING_ELSE=1
                CONTROL_PLANE_API_TOKEN=hunter22-file
                CONTROL_PLANE_MASTER_KEY=hunter22
                KNOWLEDGE_V2_POSTGRES_POOL_MIN_SIZE=7
                KODA_SERVICE_NAME=same
                """);
        environment.put("CONTROL_PLANE_API_TOKEN", "hunter22-environment");
        environment.put("KODA_SERVICE_NAME", "same");

        var conflicts = config().conflicts();

        assertThat(conflicts)
                .extracting(ConfigOptions.Conflict::reason, ConfigOptions.Conflict::isFailure)
                .containsExactly(
                        tuple("invalid_value", true),
                        tuple("conflict", true),
                        tuple("unsupported_setting", true),
                        tuple("shadowed", false),
                        tuple("unknown_key", false));
        assertThat(conflicts.toString())
                .doesNotContain("hunter22")
                .contains("KODA_OPERATIONS_PORT (" + work.resolve(".env") + ":2) is not a port from 1 to 65535")
                .contains("KODA_OPERATION_BIND (" + work.resolve(".env") + ":3) is not known; KODA_OPERATIONS_BIND is");
    }

    @Test
    void aFlagHidesNothingByMistake() throws Exception {
        Files.writeString(work.resolve(".env"), "KODA_OPERATIONS_PORT=1\n");
        var settings = Settings.load(SettingsSources.of(work, environment).flags(Map.of("KODA_OPERATIONS_PORT", "2")));

        assertThat(ConfigOptionsOf.of(settings).conflicts()).isEmpty();
    }

    @Test
    void countsCopiesOfOnePurposeOnceAndEachTokenItself() {
        environment.putAll(Map.of(
                "KODA_STACK", "koda",
                "POSTGRES_PASSWORD", "pg-secret",
                "S3_SECRET_ACCESS_KEY", "s3-secret",
                "CONTROL_PLANE_API_TOKEN", "token-1,token-2"));

        assertThat(secrets().values())
                .extracting(SecretsOptions.Value::name, SecretsOptions.Value::value)
                .containsExactly(
                        tuple("CONTROL_PLANE_API_TOKEN", "token-1"),
                        tuple("CONTROL_PLANE_API_TOKEN", "token-2"),
                        tuple("POSTGRES_PASSWORD", "pg-secret"),
                        tuple("S3_SECRET_ACCESS_KEY", "s3-secret"));
    }

    @Test
    void looksAtThePasswordInsideADsn() {
        environment.putAll(Map.of(
                "KODA_STACK", "embedded", "KNOWLEDGE_V2_POSTGRES_DSN", "postgresql://koda:inside@127.0.0.1/koda"));

        assertThat(secrets().values())
                .extracting(SecretsOptions.Value::name, SecretsOptions.Value::value)
                .containsExactly(tuple("KNOWLEDGE_V2_POSTGRES_DSN", "inside"));
    }

    @Test
    void looksAtTheFilesThatGaveASecretOnly() throws Exception {
        var secret = Files.writeString(work.resolve("token"), "from-a-file");
        Files.writeString(work.resolve(".env"), "KODA_STACK=embedded\n");
        environment.put("CONTROL_PLANE_API_TOKEN_FILE", secret.toString());

        assertThat(secrets().files()).containsExactly(secret);
        var env = Files.writeString(work.resolve(".env"), "KODA_STACK=embedded\nPOSTGRES_PASSWORD=x\n");
        assertThat(secrets().files()).containsExactlyInAnyOrder(secret, env);
    }

    @ParameterizedTest
    @CsvSource({
        "KNOWLEDGE_V2_POSTGRES_DSN, ${DATABASE_URL}, false",
        "KNOWLEDGE_V2_POSTGRES_DSN, postgres://koda:${PASSWORD}@db/koda, false",
        "KNOWLEDGE_V2_POSTGRES_DSN, postgres://koda:inside@${HOST}/koda, true",
        "KNOWLEDGE_V2_POSTGRES_DSN, '${UNSET:-postgres://koda:inside@db/koda}', true",
        "WEB_OPERATOR_SESSION_SECRET, ${PASSWORD}, false",
        "WEB_OPERATOR_SESSION_SECRET, '${PASSWORD:?}', false",
        "WEB_OPERATOR_SESSION_SECRET, literal-${PASSWORD}, true"
    })
    void looksAtAKodaYamlOnlyIfASecretStandsInIt(String name, String value, boolean isLookedAt) throws Exception {
        environment.putAll(Map.of("DATABASE_URL", "postgres://koda:x@db/koda", "PASSWORD", "outside", "HOST", "db"));
        var yaml = Files.writeString(
                work.resolve("koda.yaml"), "version: 1\nsettings:\n  " + name + ": '" + value + "'\n");

        assertThat(secrets().files().contains(yaml)).isEqualTo(isLookedAt);
    }

    /** As long as the name of no setting says so, only the reader of the checks knows what is secret in them. */
    @ParameterizedTest
    @CsvSource({
        "'http: {url: \"https://koda:ins1de-secret@h.example/\"}', true",
        "'http: {url: \"https://koda:${PASSWORD}@h.example/\"}', false",
        "'http: {url: \"https://h.example/\", headers: {Authorization: Bearer ins1de-secret}}', true",
        "'http: {url: \"https://h.example/\", headers: {Authorization: \"Bearer ${PASSWORD}\"}}', false",
        "'http: {url: \"https://h.example/\", headers: {Accept: text/plain-and-long}}', false",
        "'exec: {command: [/bin/true], env: {API_TOKEN: ins1de-secret}}', true",
        "'exec: {command: [/bin/true], env: {API_TOKEN: \"${PASSWORD}\"}}', false",
        "'tcp: {host: h.example, port: 1}', false"
    })
    void looksAtAKodaYamlWhoseChecksHoldASecret(String kind, boolean isLookedAt) throws Exception {
        environment.put("PASSWORD", "0utside-secret");
        var yaml = Files.writeString(
                work.resolve("koda.yaml"), "version: 1\nchecks:\n  - {id: custom.one, " + kind + "}\n");

        assertThat(secrets().files().contains(yaml)).isEqualTo(isLookedAt);
    }

    @Test
    void listsWhatProductionForbids() {
        environment.putAll(Map.of(
                "KODA_ENV", "production",
                "ALLOW_LOOPBACK_BOOTSTRAP", "true",
                "ALLOW_INSECURE_COOKIES", "false",
                "WEB_PUBLIC_BASE_URL", "http://koda.example.com"));

        var production = config().production();

        assertThat(production.isProduction()).isTrue();
        assertThat(production.forbidden())
                .extracting(ConfigOptions.Switch::name)
                .containsExactly("ALLOW_LOOPBACK_BOOTSTRAP");
        assertThat(production.publicUrl()).hasToString("http://koda.example.com");
    }

    @Test
    void namesTheFilesAndWhatIsOddInThem() throws Exception {
        var env = Files.writeString(work.resolve(".env"), "KODA_STACK=none\r\n");

        assertThat(config().files()).containsExactly(env.toString());
        assertThat(config().oddities()).extracting(ConfigOptions.Oddity::reason).containsExactly("crlf");
    }

    @Test
    void findsTyposInTheNamesThatMatterMost() throws Exception {
        var env = Files.writeString(
                work.resolve(".env"),
                "KODA_STACK=koda\nKNOWLEDGE_V2_POSTGRES_DNS=\nKNOWLEDGE_V2_S3_BUCKT=b\nCOMPANY_NAME=x\n");

        assertThat(config().required())
                .filteredOn(required -> required.lookalike() != null && !required.isPresent())
                .extracting(ConfigOptions.Required::name, ConfigOptions.Required::lookalike)
                .containsExactly(
                        tuple("KNOWLEDGE_V2_POSTGRES_DSN", "KNOWLEDGE_V2_POSTGRES_DNS is set in " + env + ":2"));
        assertThat(config().conflicts())
                .extracting(ConfigOptions.Conflict::message)
                .containsExactly(
                        "KNOWLEDGE_V2_POSTGRES_DNS (" + env + ":2) is not known; KNOWLEDGE_V2_POSTGRES_DSN is",
                        "KNOWLEDGE_V2_S3_BUCKT (" + env + ":3) is not known; KNOWLEDGE_V2_S3_BUCKET is");
    }

    @Test
    void failsIfASettingOfAKodaYamlBecameEmptyForAVariable() throws Exception {
        Files.writeString(
                work.resolve("koda.yaml"), "version: 1\nsettings:\n  KNOWLEDGE_V2_POSTGRES_DSN: ${DATABASE_URL}\n");

        assertThat(config().oddities()).singleElement().satisfies(oddity -> {
            assertThat(oddity.isFailure()).isTrue();
            assertThat(oddity.message()).contains("KNOWLEDGE_V2_POSTGRES_DSN uses DATABASE_URL, which is not set");
            assertThat(oddity.hint()).startsWith("export DATABASE_URL");
        });
        environment.put("KNOWLEDGE_V2_POSTGRES_DSN", "postgres://u:p@db/x");
        assertThat(config().oddities()).noneMatch(ConfigOptions.Oddity::isFailure);
    }

    @Test
    void doesNotCallAStackFitForProductionIfASwitchCannotBeRead() {
        environment.putAll(Map.of("KODA_ENV", "production", "ALLOW_INSECURE_COOKIES", "yes please"));

        assertThat(config().production().unreadable())
                .isEqualTo("ALLOW_INSECURE_COOKIES is not as expected, see config.values");
    }

    @Test
    void warnsIfThereIsNothingThatSaysWhichStackIsMeant() throws Exception {
        assertThat(config().oddities())
                .extracting(ConfigOptions.Oddity::reason, ConfigOptions.Oddity::isFailure)
                .containsExactly(tuple("nothing_configured", false));
        environment.put("KODA_STACK", "none");
        assertThat(config().oddities()).isEmpty();
        environment.clear();
        Files.writeString(work.resolve("koda.yaml"), "version: 1\n");
        assertThat(config().oddities()).isEmpty();
    }

    @Test
    void warnsOfAnEnvironmentThatIsAlmostProduction() {
        environment.put("KODA_ENV", "prod");

        assertThat(config().production().isProduction()).isFalse();
        assertThat(config().conflicts())
                .extracting(ConfigOptions.Conflict::reason, ConfigOptions.Conflict::isFailure)
                .containsExactly(tuple("unknown_environment", false));
    }

    private ConfigOptions config() {
        return ConfigOptionsOf.of(Settings.load(SettingsSources.of(work, environment)));
    }

    private SecretsOptions secrets() {
        return SecretsOptionsOf.of(Settings.load(SettingsSources.of(work, environment)));
    }
}
