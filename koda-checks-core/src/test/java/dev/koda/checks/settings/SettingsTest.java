package dev.koda.checks.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    @TempDir
    Path root;

    private Path work = Path.of("");
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void makeWorkingDirectory() throws Exception {
        work = Files.createDirectory(root.resolve("work"));
    }

    @Test
    void theFirstLayerThatHasANameWinsAndSaysSo() throws Exception {
        var yaml = write("work/koda.yaml", "version: 1\nsettings:\n  KODA_OPERATIONS_PORT: 3\n");
        assertPort(3, yaml + ":3");
        var env = write("work/.env", "\nKODA_OPERATIONS_PORT=2\n");
        assertPort(2, env + ":2");
        environment.put("KODA_OPERATIONS_PORT", "1");
        assertPort(1, "environment");

        var flagged = Settings.load(sources().flags(Map.of("KODA_OPERATIONS_PORT", "9")));

        assertThat(flagged.get(OwnSettings.KODA_OPERATIONS_PORT)).hasValue(9);
        assertThat(flagged.candidates("KODA_OPERATIONS_PORT"))
                .extracting(SettingValue::text, value -> value.origin().layer())
                .containsExactly(
                        tuple("9", Layer.FLAG),
                        tuple("1", Layer.ENVIRONMENT),
                        tuple("2", Layer.ENV_FILE),
                        tuple("3", Layer.STACK_FILE));
    }

    private void assertPort(int port, String origin) {
        var settings = load();
        assertThat(settings.get(OwnSettings.KODA_OPERATIONS_PORT)).hasValue(port);
        assertThat(settings.value("KODA_OPERATIONS_PORT"))
                .hasValueSatisfying(value -> assertThat(value.origin()).hasToString(origin));
        assertThat(settings.isSet(OwnSettings.KODA_OPERATIONS_PORT)).isTrue();
    }

    @Test
    void defaultsHoldWithoutAnySetting() {
        var settings = load();

        assertThat(settings.get(OwnSettings.KODA_OPERATIONS_PORT)).hasValue(8090);
        assertThat(settings.get(OwnSettings.KODA_OPERATIONS_BIND)).hasValue("127.0.0.1");
        assertThat(settings.get(OwnSettings.KODA_OPERATIONS_URL)).hasValue(URI.create("http://127.0.0.1:8090"));
        assertThat(settings.get(OwnSettings.KODA_DRAIN_DELAY)).hasValue(Duration.ofSeconds(5));
        assertThat(settings.get(KodaSettings.CONTROL_PLANE_PORT)).isEmpty();
        assertThat(settings.isSet(OwnSettings.KODA_OPERATIONS_PORT)).isFalse();
        assertThat(settings.serviceName()).isEqualTo("koda");
        assertThat(settings.stack()).isEqualTo(StackKind.NONE);
        assertThat(settings.environment()).isEqualTo("development");
        assertThat(settings.secretValues()).isEmpty();
        assertThat(settings.envFiles()).isEmpty();
        assertThat(settings.malformed()).isEmpty();
    }

    @Test
    void aBlankValueHidesLowerLayersAndCountsAsNotSet() throws Exception {
        write("work/.env", "KODA_OPERATIONS_PORT=2\n");
        environment.put("KODA_OPERATIONS_PORT", " ");

        assertThat(load().get(OwnSettings.KODA_OPERATIONS_PORT)).hasValue(8090);
        assertThat(load().isSet(OwnSettings.KODA_OPERATIONS_PORT)).isFalse();
    }

    @Test
    void aFileThatTheEnvironmentNamesGivesTheValueWithoutItsLastLineEnd() throws Exception {
        var file = write("secret", "s3cret-value \n");
        environment.put("WEB_OPERATOR_SESSION_SECRET_FILE", file.toString());

        var settings = load();

        assertThat(settings.get(OwnSettings.WEB_OPERATOR_SESSION_SECRET)).hasValue(Secret.of("s3cret-value "));
        assertThat(settings.value("WEB_OPERATOR_SESSION_SECRET"))
                .hasValueSatisfying(value -> assertThat(value.origin())
                        .hasToString("environment WEB_OPERATOR_SESSION_SECRET_FILE (" + file + ")"));
        assertThat(settings.secretFiles()).containsExactly(file);
    }

    @Test
    void aNameInTheEnvironmentWinsOverItsFile() throws Exception {
        environment.put("POSTGRES_PASSWORD", "direct");
        environment.put("POSTGRES_PASSWORD_FILE", write("secret", "from file").toString());

        assertThat(load().get(KodaSettings.POSTGRES_PASSWORD)).hasValue(Secret.of("direct"));
        assertThat(load().secretValues()).contains("direct", "from file");
    }

    @Test
    void aSettingWhoseOwnNameEndsInFileIsNoPointer() {
        environment.put("CONTROL_PLANE_MASTER_KEY_FILE", "/nowhere/master.key");

        assertThat(load().isSet(KodaSettings.CONTROL_PLANE_MASTER_KEY)).isFalse();
        assertThat(load().get(KodaSettings.CONTROL_PLANE_MASTER_KEY_FILE)).hasValue(Path.of("/nowhere/master.key"));
    }

    @Test
    void reportsTheProblemsOfAllFilesAndFlagsAtOnce() throws Exception {
        var env = write("work/.env", "KODA_ENV=production\nA B=1\n=2\n");
        var yaml = write("work/koda.yaml", "version: 1\ncheks: []\n");
        environment.put("POSTGRES_PASSWORD_FILE", "/nowhere/password");

        var thrown = catchThrowableOfType(
                SettingsException.class,
                () -> Settings.load(sources().flags(Map.of("KODA_OPERATIONS_PORT", "hunter22"))));

        assertThat(thrown.problems())
                .extracting(SettingsProblem::file, SettingsProblem::line, SettingsProblem::column)
                .containsExactlyInAnyOrder(
                        tuple(null, 0, 0), tuple(null, 0, 0), tuple(env, 2, 3), tuple(env, 3, 1), tuple(yaml, 2, 1));
        assertThat(thrown)
                .hasMessageContaining("the flag for KODA_OPERATIONS_PORT is not a port from 1 to 65535")
                .hasMessageContaining(env + ":2:3: 'B' cannot be in a name")
                .hasMessageContaining("the file that POSTGRES_PASSWORD_FILE in the environment names does not exist")
                .message()
                .doesNotContain("hunter22", "/nowhere/password");
    }

    @Test
    void aWrongValueInAWellFormedFileIsNoException() throws Exception {
        write("work/.env", "KODA_OPERATIONS_PORT=many\nKODA_DRAIN_DELAY=5 parsecs\n");

        var settings = load();

        assertThat(settings.get(OwnSettings.KODA_OPERATIONS_PORT)).isEmpty();
        assertThat(settings.malformed())
                .containsExactly(OwnSettings.KODA_OPERATIONS_PORT, OwnSettings.KODA_DRAIN_DELAY);
    }

    @Test
    void findsTheEnvFileInItsOrder() throws Exception {
        var home = write("home/.koda/.env", "KODA_ENV=home\n");
        assertThat(load().envFiles()).containsExactly(home);
        var here = write("work/.env", "KODA_ENV=here\n");
        assertThat(load().envFiles()).containsExactly(here);
        var local = write("work/.koda-local/.env", "KODA_ENV=local\n");
        assertThat(load().envFiles()).containsExactly(local);
        var named = write("named", "KODA_ENV=named\n");
        environment.put("KODA_ENV_FILE", named.toString());
        assertThat(load().envFiles()).containsExactly(named);
        var install = write("install/.env", "KODA_ENV=install\n");
        assertThat(Settings.load(sources().directory(root.resolve("install"))).envFiles())
                .containsExactly(install);
        var flagged = write("flagged", "KODA_ENV=flagged\n");
        assertThat(Settings.load(sources().directory(root.resolve("install")).envFile(flagged))
                        .envFiles())
                .containsExactly(flagged);
    }

    @Test
    void leavesTheEnvFileOfAnotherProjectAlone() throws Exception {
        write("work/.env", "POSTGRES_PASSWORD=x\nDEBUG=1\n");
        assertThat(load().envFiles()).isEmpty();
        write("work/.env", "if [ 1 ]; then\n");
        assertThat(load().envFiles()).isEmpty();
    }

    @Test
    void refusesABrokenEnvFileThatIsOurs() throws Exception {
        write("work/.env", "export KODA_ENV=production\nif [ 1 ]\n");

        assertThat(catchThrowableOfType(SettingsException.class, this::load).problems())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"work/.koda-local/.env", "work/.env", "home/.koda/.env", "work/koda.yaml"})
    void refusesAFileThatMayBeThereButCannotBeRead(String name) throws Exception {
        var file = root.resolve(name);
        Files.createDirectories(file.resolveSibling("."));

        for (var target : new String[] {file.getFileName().toString(), "gone"}) {
            Files.deleteIfExists(file);
            Files.createSymbolicLink(file, Path.of(target));

            assertThat(catchThrowableOfType(SettingsException.class, this::load).problems())
                    .extracting(SettingsProblem::file)
                    .containsExactly(file);
        }
    }

    @Test
    void refusesADirectoryThatMayHoldSettingsButCannotBeLookedInto() throws Exception {
        Files.createSymbolicLink(work.resolve(".koda-local"), Path.of(".koda-local"));

        assertThat(catchThrowableOfType(SettingsException.class, this::load).problems())
                .extracting(SettingsProblem::file)
                .containsExactly(work.resolve(".koda-local/.env"));
    }

    @Test
    void refusesAnInstallWhoseFilesCannotBeRead() throws Exception {
        var install = Files.createDirectory(root.resolve("install"));
        for (var name : new String[] {".env", ".release.env", "koda.yaml"}) {
            Files.createSymbolicLink(install.resolve(name), Path.of(name));
        }

        assertThat(catchThrowableOfType(
                                SettingsException.class,
                                () -> Settings.load(sources().directory(install)))
                        .problems())
                .extracting(SettingsProblem::file)
                .containsExactly(
                        install.resolve(".env"), install.resolve(".release.env"), install.resolve("koda.yaml"));
    }

    @Test
    void nothingIsBelowAFile() throws Exception {
        write("home", "no directory");
        write("work/.koda-local", "no directory");
        Files.createDirectory(work.resolve(".env"));

        assertThat(load().envFiles()).isEmpty();
    }

    @Test
    void refusesANameOfAnEnvFileThatIsNoPath() {
        environment.put("KODA_ENV_FILE", "a\0b");

        assertThat(catchThrowableOfType(SettingsException.class, this::load))
                .hasMessageStartingWith("KODA_ENV_FILE in the environment is not a path");
    }

    @ParameterizedTest
    @CsvSource({"env", "named", "config", "directory"})
    void refusesAFileThatIsNamedButNotThere(String kind) {
        var none = root.resolve("none");
        var sources = switch (kind) {
            case "env" -> sources().envFile(none);
            case "config" -> sources().stackFile(none);
            case "directory" -> sources().directory(none);
            default -> {
                environment.put("KODA_ENV_FILE", none.toString());
                yield sources();
            }
        };

        assertThat(catchThrowableOfType(SettingsException.class, () -> Settings.load(sources))
                        .problems())
                .extracting(SettingsProblem::file)
                .containsExactly(none);
    }

    @Test
    void readsTheFilesOfAnInstallTheLaterOverTheEarlier() throws Exception {
        write("install/.env", "WEB_PORT=1\nCONTROL_PLANE_PORT=1\n");
        write("install/.release.env", "WEB_PORT=2\n");
        var yaml = write("install/koda.yaml", "version: 1\nservice: {name: \"${NAME}\"}\n");
        environment.put("NAME", "billing");

        var settings = Settings.load(sources().directory(Path.of("../install")));

        assertThat(settings.get(KodaSettings.WEB_PORT)).hasValue(2);
        assertThat(settings.get(KodaSettings.CONTROL_PLANE_PORT)).hasValue(1);
        assertThat(settings.stackFile()).hasValue(yaml);
        assertThat(settings.serviceName()).isEqualTo("billing");
    }

    @Test
    void putsNamesOfTheEnvFileIntoTheStackFile() throws Exception {
        write("work/.env", "KODA_ENV=x\nDB=db.internal\n");
        write("work/koda.yaml", "version: 1\nsettings: {KODA_SERVICE_NAME: \"at ${DB}\"}\n");

        assertThat(load().serviceName()).isEqualTo("at db.internal");
    }

    @Test
    void derivesWhatKodasComposeFileDerives() {
        environment.putAll(Map.of(
                "CONTROL_PLANE_PORT", "18090",
                "POSTGRES_PASSWORD", "p@ss/w:rd %",
                "POSTGRES_USER", "koda",
                "S3_ACCESS_KEY_ID", "AKID",
                "S3_SECRET_ACCESS_KEY", "s3-secret"));

        var settings = load();

        assertThat(settings.stack()).isEqualTo(StackKind.KODA);
        assertThat(settings.get(KodaSettings.KNOWLEDGE_V2_POSTGRES_DSN)).hasValueSatisfying(dsn -> {
            assertThat(dsn).hasToString("postgresql://postgres:5432/koda");
            assertThat(dsn.password()).isEqualTo(Secret.of("p@ss/w:rd %"));
            assertThat(KodaCompose.isServiceName(dsn.host().name())).isTrue();
        });
        assertThat(settings.value("KNOWLEDGE_V2_POSTGRES_DSN"))
                .hasValueSatisfying(value -> assertThat(value.origin())
                        .hasToString("derived from POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB"));
        assertThat(settings.get(KodaSettings.KNOWLEDGE_V2_S3_ACCESS_KEY_ID)).hasValue(Secret.of("AKID"));
        assertThat(settings.get(KodaSettings.KNOWLEDGE_V2_S3_SECRET_ACCESS_KEY)).hasValue(Secret.of("s3-secret"));
        assertThat(settings.get(KodaSettings.KNOWLEDGE_V2_S3_ENDPOINT_URL))
                .hasValueSatisfying(
                        url -> assertThat(KodaCompose.isServiceName(url)).isTrue());
        assertThat(settings.get(KodaSettings.KNOWLEDGE_V2_S3_BUCKET)).hasValue("koda-objects");
        assertThat(settings.get(KodaSettings.STATE_ROOT_DIR)).hasValue(Path.of("/var/lib/koda/state"));
        assertThat(settings.isSet(KodaSettings.STATE_ROOT_DIR)).isFalse();
        assertThat(settings.get(KodaSettings.CONTROL_PLANE_BASE_URL)).hasValue(URI.create("http://127.0.0.1:18090"));
    }

    @Test
    void derivesNothingOverWhatIsWritten() {
        environment.putAll(Map.of(
                "POSTGRES_PASSWORD", "other",
                "KNOWLEDGE_V2_POSTGRES_DSN", "postgres://u:p@db/x",
                "KNOWLEDGE_V2_S3_BUCKET", "mine"));

        assertThat(load().get(KodaSettings.KNOWLEDGE_V2_POSTGRES_DSN))
                .hasValueSatisfying(dsn -> assertThat(dsn).hasToString("postgresql://db:5432/x"));
        assertThat(load().get(KodaSettings.KNOWLEDGE_V2_S3_BUCKET)).hasValue("mine");
    }

    @Test
    void derivesNoHostsForTheEmbeddedStack() {
        environment.putAll(Map.of("KODA_STACK", "embedded", "POSTGRES_PASSWORD", "x", "S3_ACCESS_KEY_ID", "id"));

        assertThat(load().get(KodaSettings.KNOWLEDGE_V2_POSTGRES_DSN)).isEmpty();
        assertThat(load().get(KodaSettings.KNOWLEDGE_V2_S3_ACCESS_KEY_ID)).hasValue(Secret.of("id"));
    }

    @Test
    void filesThatWereNamedDeclareAKodaStackHoweverLittleTheySay() throws Exception {
        var empty = write("install/.env", "");

        assertThat(Settings.load(sources().envFile(empty)).stack()).isEqualTo(StackKind.KODA);
        assertThat(Settings.load(sources().directory(empty.getParent())).stack())
                .isEqualTo(StackKind.KODA);
        environment.put("KODA_ENV_FILE", empty.toString());
        assertThat(load().stack()).isEqualTo(StackKind.KODA);
        environment.put("KODA_STACK", "none");
        assertThat(load().stack()).isEqualTo(StackKind.NONE);
    }

    @Test
    void aFileWhereOnlyKodasLieDeclaresItsStackToo() throws Exception {
        write("work/.koda-local/.env", "");

        assertThat(load().stack()).isEqualTo(StackKind.KODA);
    }

    @Test
    void aFileThatIsCutOffAfterThePasswordIsStillKodas() throws Exception {
        write("work/.env", "KODA_ENV=production\nPOSTGRES_PASSWORD=x\n");

        assertThat(load().stack()).isEqualTo(StackKind.KODA);
    }

    @Test
    void kodasNamesInAKodaYamlDescribeAnyStack() throws Exception {
        write("work/koda.yaml", "version: 1\nsettings: {KNOWLEDGE_V2_POSTGRES_DSN: 'postgres://u:p@db/x'}\n");

        assertThat(load().stack()).isEqualTo(StackKind.NONE);
        write("work/koda.yaml", "version: 1\nsettings: {KODA_STACK: koda}\n");
        assertThat(load().stack()).isEqualTo(StackKind.KODA);
    }

    @ParameterizedTest
    @CsvSource({
        "KODA_STACK, embedded, EMBEDDED",
        "KODA_STACK, NONE, NONE",
        "KODA_STACK, Koda, KODA",
        "KODA_STACK, kdoa, NONE",
        "KNOWLEDGE_V2_S3_BUCKET, b, KODA",
        "STATE_ROOT_DIR, /x, KODA",
        "STATE_ROOT_DIR, ' ', NONE",
        "POSTGRES_PASSWORD, x, NONE",
        "KODA_OPERATIONS_PORT, 1, NONE",
        "CONTROL_PLANE_API_TOKEN, x, NONE",
        "KODA_ENV, production, NONE"
    })
    void knowsTheStackByWhatOnlyKodaHas(String name, String value, StackKind stack) {
        environment.put(name, value);

        assertThat(load().stack()).isEqualTo(stack);
    }

    @ParameterizedTest
    @CsvSource({
        "production, 127.0.0.1, '', production",
        "Production, 127.0.0.1, '', production",
        "staging, 0.0.0.0, '', staging",
        "development, 0.0.0.0, production, development",
        "'', 0.0.0.0, '', production",
        "'', 10.0.0.1, '', production",
        "'', '::', '', production",
        "'', koda.example.com, '', production",
        "'', 127.0.0.1, '', development",
        "'', 127.8.9.1, '', development",
        "'', '[::1]', '', development",
        "'', localhost, '', development",
        "'', 127.0.0.1, production, production",
        "'', 0.0.0.0, development, production"
    })
    void knowsProduction(String kodaEnv, String bind, String nodeEnv, String expected) {
        environment.putAll(Map.of("KODA_ENV", kodaEnv, "KODA_OPERATIONS_BIND", bind, "NODE_ENV", nodeEnv));

        assertThat(load().environment()).isEqualTo(expected);
        assertThat(load().isProduction()).isEqualTo(expected.equals("production"));
    }

    @ParameterizedTest
    @CsvSource({
        "prod, true",
        "PROD, true",
        "prodcution, true",
        "porduction, true",
        "live, true",
        "prd, true",
        "production, false",
        "Production, false",
        "staging, false",
        "test, false",
        "preproduction, false",
        "non-production, false",
        "'', false"
    })
    void knowsWhatIsAlmostProduction(String kodaEnv, boolean expected) {
        environment.put("KODA_ENV", kodaEnv);

        assertThat(load().isAlmostProduction()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, http://127.0.0.1:8091",
        "'::', http://127.0.0.1:8091",
        "10.1.2.3, http://10.1.2.3:8091",
        "'fd00::1', http://[fd00::1]:8091",
        "'::1', http://127.0.0.1:8091"
    })
    void derivesItsUrlFromWhereItListens(String bind, String url) {
        environment.putAll(Map.of("KODA_OPERATIONS_BIND", bind, "KODA_OPERATIONS_PORT", "8091"));

        assertThat(load().get(OwnSettings.KODA_OPERATIONS_URL)).hasValue(URI.create(url));
    }

    @Test
    void knowsEverySecretOfEveryLayer() throws Exception {
        write("work/.env", "KODA_ENV=x\nPOSTGRES_PASSWORD=hidden-one\nSMTP_PASSWORD=mail-secret\nMY_TOKEN=on\n");
        environment.putAll(Map.of(
                "POSTGRES_PASSWORD", "shown-one",
                "CONTROL_PLANE_API_TOKEN", "token-1, token-2",
                "KNOWLEDGE_V2_POSTGRES_DSN", "postgres://u:p%40ss@db/x",
                "OTEL_EXPORTER_OTLP_ENDPOINT", "https://user:otel-pass@host/",
                "OPENAI_API_KEY", "sk-secret-key",
                "PATH", "/bin"));

        assertThat(load().secretValues())
                .contains(
                        "hidden-one",
                        "shown-one",
                        "mail-secret",
                        "token-1",
                        "token-2",
                        "postgres://u:p%40ss@db/x",
                        "p@ss",
                        "otel-pass",
                        "sk-secret-key")
                .doesNotContain("on", "/bin");
    }

    @Test
    void printsNoSecretHoweverItIsPrinted() throws Exception {
        write(
                "work/.env",
                "KODA_ENV=x\nPOSTGRES_PASSWORD=hunter22\nKNOWLEDGE_V2_POSTGRES_DSN=postgres://u:hunter22@db/x\n");
        environment.put("HEALTHCHECK_URL", "http://u:hunter22@host/");

        var settings = Settings.load(sources());

        var printed = settings + " " + settings.values() + " " + settings.candidates("POSTGRES_PASSWORD") + " "
                + settings.get(KodaSettings.KNOWLEDGE_V2_POSTGRES_DSN) + sources();
        assertThat(printed).doesNotContain("hunter22").contains("POSTGRES_PASSWORD=[REDACTED]");
    }

    @Test
    void namesNoServiceAndNoEnvironmentByASecret() {
        environment.put("POSTGRES_PASSWORD", "Correct-Horse");
        environment.put("KODA_SERVICE_NAME", "Correct-Horse");
        environment.put("KODA_ENV", "Correct-Horse");

        assertThat(load().serviceName()).isEqualTo("[REDACTED]");
        assertThat(load().environment()).isEqualTo("[redacted]");
    }

    @Test
    void givesLimitsOfTheStackFileOnly() throws Exception {
        write("work/koda.yaml", "version: 1\nthresholds: {disk.space: {warn: 20}}\n");

        assertThat(load().limits("disk.space")).hasValue(new Limits(20, 5));
        assertThat(load().limits("disk.inodes")).isEmpty();
    }

    @Test
    void listsWhatCountsInTheOrderOfTheKnownSettings() {
        assertThat(load().values())
                .extracting(SettingValue::name)
                .startsWith("KODA_OPERATIONS_BIND", "KODA_OPERATIONS_PORT");
    }

    private Settings load() {
        return Settings.load(sources());
    }

    private SettingsSources sources() {
        return SettingsSources.of(work, environment).home(root.resolve("home"));
    }

    private Path write(String path, String text) throws Exception {
        var file = root.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        return Files.writeString(file, text);
    }
}
