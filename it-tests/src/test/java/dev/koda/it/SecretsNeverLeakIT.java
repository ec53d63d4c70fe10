package dev.koda.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets in every setting, and every way to go wrong that we know: none of them may be seen anywhere. */
class SecretsNeverLeakIT {
    @RegisterExtension
    static final KodaSandbox sandbox = new KodaSandbox();

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final PlantedSecrets SECRETS = new PlantedSecrets();
    private static @Nullable ScramPostgres postgres;
    private static @Nullable EchoServer echo;
    private static int serverPort;

    @BeforeAll
    static void plant() throws Exception {
        for (var name : List.of("session", "database", "in DSN", "S3 secret", "audit", "userinfo", "file", "yaml")) {
            SECRETS.plant(name);
        }
        for (var name : List.of("token", "next token", "runtime", "S3 key", "bootstrap")) {
            SECRETS.plantToken(name);
        }
        SECRETS.plantPlaceholder("placeholder");
        postgres = ScramPostgres.start(sandbox.directory("postgres"), SECRETS.get("in DSN"));
        echo = EchoServer.start();
        serverPort = FreePort.next();
        sandbox.directory("state");
        sandbox.directory("artifacts");
        write("good.env", good());
        write(
                "koda.yaml",
                "version: 1\nsettings:\n  CONTROL_PLANE_MASTER_KEY_PREVIOUS: '" + SECRETS.get("yaml") + "'\n");
        write("grafana", SECRETS.get("file") + "\n");
    }

    private static String good() {
        int echoPort = echo().port();
        return String.join(
                "\n",
                "KODA_STACK=koda",
                "KODA_ENV=development",
                "KODA_DRAIN_DELAY=0s",
                "KODA_OPERATIONS_PORT=" + serverPort,
                "STATE_ROOT_DIR=" + sandbox.root().resolve("state"),
                "ARTIFACT_STORE_DIR=" + sandbox.root().resolve("artifacts"),
                quoted("WEB_OPERATOR_SESSION_SECRET", "session"),
                "CONTROL_PLANE_API_TOKEN='" + SECRETS.get("token") + "," + SECRETS.get("next token") + "'",
                quoted("RUNTIME_LOCAL_UI_TOKEN", "runtime"),
                quoted("POSTGRES_PASSWORD", "database"),
                "KNOWLEDGE_V2_POSTGRES_DSN=postgresql://koda:" + percent("in DSN") + "@127.0.0.1:"
                        + postgres().port() + "/koda",
                quoted("S3_ACCESS_KEY_ID", "S3 key"),
                quoted("S3_SECRET_ACCESS_KEY", "S3 secret"),
                "KNOWLEDGE_V2_S3_ENDPOINT_URL=http://127.0.0.1:" + echoPort,
                "KNOWLEDGE_V2_S3_BUCKET=koda-objects",
                "CONTROL_PLANE_BASE_URL=http://127.0.0.1:" + echoPort,
                "WEB_PUBLIC_BASE_URL=http://ops:" + percent("userinfo") + "@127.0.0.1:" + echoPort + "/",
                quoted("KODA_AUDIT_HMAC_KEY", "audit"),
                "KODA_REPLICA=\"host=replica;key=${POSTGRES_PASSWORD}\"",
                "");
    }

    private static ScramPostgres postgres() {
        return Objects.requireNonNull(postgres);
    }

    private static EchoServer echo() {
        return Objects.requireNonNull(echo);
    }

    @AfterAll
    static void stopThem() throws IOException {
        if (echo != null) {
            echo.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    @Test
    void theSearchFindsEveryForm() {
        assertThat(SECRETS.count()).isGreaterThanOrEqualTo(12);
        for (var form : SECRETS.formsOfNamed("session")) {
            assertThat(SECRETS.hitsIn("before " + form + " after")).isNotEmpty();
        }
        assertThat(SECRETS.hitsIn("nothing at all")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"doctor", "doctor --json", "doctor --stable"})
    void theDoctorShowsNone(String command) {
        var run = ran(environment(), command + " --env-file good.env");

        assertThat(run.output()).contains("postgres.auth");
        assertClean(run);
        assertThat(echo().credentials()).isPositive();
    }

    @Test
    void settingsWithTheirOriginShowNone() {
        var run = ran(environment(), "config show --origin --env-file good.env");

        assertThat(run.output())
                .contains("CONTROL_PLANE_MASTER_KEY_PREVIOUS=", "WEB_OPERATOR_SESSION_SECRET=", "KODA_REPLICA=");
        assertClean(run);
    }

    @Test
    void aRejectedPasswordIsNotShown() throws IOException {
        write("rejected.env", good().replace(percent("in DSN"), percent("database")));

        var run = ran(Map.of(), "doctor --json --env-file rejected.env");

        assertThat(run.output()).contains("password_rejected");
        assertClean(run);
    }

    @ParameterizedTest
    @ValueSource(strings = {"doctor", "doctor --json", "config show --origin", "serve"})
    void aSecretInASettingOfAnotherTypeIsNotShown(String command) throws IOException {
        write(
                "wrong.env",
                good()
                        + String.join(
                                "\n",
                                "KODA_OPERATIONS_PORT=${WEB_OPERATOR_SESSION_SECRET}",
                                "KODA_DRAIN_DELAY=${POSTGRES_PASSWORD}",
                                "KODA_TRUSTED_PROXIES=${S3_SECRET_ACCESS_KEY}",
                                "KODA_SERVICE_NAME=${RUNTIME_LOCAL_UI_TOKEN}",
                                "KODA_ENV=${CONTROL_PLANE_API_TOKEN}",
                                "KNOWLEDGE_V2_POSTGRES_DSN=postgresql://koda:" + percent("in DSN")
                                        + "@127.0.0.1:no-port/koda",
                                "KNOWLEDGE_V2_S3_ENDPOINT_URL=http://ops:" + percent("userinfo") + "@127.0.0.1:no-port",
                                "KNOWLEDGE_V2_S3_BUCKET=${S3_SECRET_ACCESS_KEY}",
                                "STATE_ROOT_DIR=/nowhere/${KODA_AUDIT_HMAC_KEY}",
                                ""));

        var run = ran(environment(), command + " --env-file wrong.env");

        assertThat(run.output() + run.errors()).contains("KODA_OPERATIONS_PORT");
        assertClean(run);
    }

    @Test
    void aBrokenEnvFileQuotesNone() throws IOException {
        write(
                "broken.env",
                String.join(
                        "\n",
                        "KODA_STACK=koda",
                        "KODA_AUDIT_HMAC_KEY='x'" + SECRETS.get("audit"),
                        "WEB_OPERATOR_SESSION_SECRET " + SECRETS.get("session"),
                        "RUNTIME_LOCAL_UI_TOKEN=${" + SECRETS.get("runtime"),
                        "CONTROL_PLANE_API_TOKEN=${" + SECRETS.get("token") + "}",
                        "S3_ACCESS_KEY_ID=${NO:?" + SECRETS.get("S3 key") + "}",
                        "=" + SECRETS.get("S3 secret"),
                        "POSTGRES_PASSWORD='" + SECRETS.get("database"),
                        ""));

        var run = ran(Map.of(), "doctor --env-file broken.env");

        assertThat(run.awaitExit(LIMIT)).isEqualTo(2);
        assertThat(run.errors())
                .contains("broken.env:2:", "broken.env:3:", "broken.env:4:", "broken.env:6:", "broken.env:8:");
        assertClean(run);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "settings: {CONTROL_PLANE_MASTER_KEY_PREVIOUS:%s}",
                "settings:\n  CONTROL_PLANE_MASTER_KEY_PREVIOUS: \"%s",
                "settings:\n  CONTROL_PLANE_MASTER_KEY_PREVIOUS: *%s",
                "settings:\n  CONTROL_PLANE_MASTER_KEY_PREVIOUS: !%s!x y",
                "settings:\n  CONTROL_PLANE_MASTER_KEY_PREVIOUS: '${%s'"
            })
    void aBrokenStackFileQuotesNone(String text) throws IOException {
        write("broken.yaml", "version: 1\n" + text.formatted(SECRETS.get("bootstrap")) + "\n");

        var run = ran(Map.of(), "config show --config broken.yaml --env-file good.env");

        assertThat(run.awaitExit(LIMIT)).as(text).isEqualTo(2);
        assertThat(run.errors()).contains("broken.yaml:");
        assertClean(run);
    }

    @Test
    void aSecretThatIsTakenForAFileOrAnOptionIsNotRepeated() {
        var file = ran(Map.of("POSTGRES_PASSWORD_FILE", SECRETS.get("database")), "doctor");
        var option = ran(Map.of(), "doctor --token=" + SECRETS.get("token"));

        assertThat(file.errors()).contains("POSTGRES_PASSWORD_FILE");
        assertThat(option.errors()).contains("--token");
        assertClean(file);
        assertClean(option);
    }

    @Test
    void aWeakSecretOfProductionStopsTheServerUnseen() throws IOException {
        write(
                "weak.env",
                good() + "KODA_ENV=production\nWEB_OPERATOR_SESSION_SECRET=" + SECRETS.get("placeholder") + "\n");

        var server = ran(environment(), "serve --env-file weak.env");
        var doctor = ran(environment(), "doctor --json --only secrets.* --env-file weak.env");

        assertThat(server.awaitExit(LIMIT)).as(server.toString()).isEqualTo(2);
        assertThat(server.lastErrorLine()).contains("WEB_OPERATOR_SESSION_SECRET");
        assertThat(doctor.awaitExit(LIMIT)).isEqualTo(1);
        assertClean(server);
        assertClean(doctor);
    }

    @Test
    void aServerShowsNoneWhateverItIsAskedAndWhateverFails() throws Exception {
        var server = sandbox.koda(environment(), "serve", "--env-file", "good.env");
        var url = "http://127.0.0.1:" + serverPort;
        Within.limit(LIMIT, "health", () -> Http.get(url + "/health").status() == 200);

        assertAnswersAreClean(url);
        postgres().sql("ALTER ROLE koda PASSWORD 'another one altogether'");
        Within.answer(LIMIT, "readiness", () -> Http.get(url + "/api/runtime/readiness"), it -> it.status() == 503);
        assertAnswersAreClean(url);
        postgres().password(SECRETS.get("in DSN"));
        var second = ran(environment(), "serve --env-file good.env");
        assertThat(second.awaitExit(LIMIT)).as("the port is taken").isEqualTo(2);
        server.signal("TERM");

        assertThat(server.awaitExit(LIMIT)).isEqualTo(143);
        assertThat(server.errors()).contains("server.listening", "postgres.auth");
        assertClean(second);
        assertClean(server);
    }

    /** Under a terminal: only there the server's log is a file beside those of Postgres. */
    @Test
    void theLogsOfAnEmbeddedStackHoldNone() throws IOException {
        var stack = RunningStack.upOnATerminal(sandbox, sandbox.root().resolve("stack"));
        var wrong = SECRETS.get("placeholder");
        for (var name : List.of(
                "POSTGRES_PASSWORD",
                "S3_SECRET_ACCESS_KEY",
                "WEB_OPERATOR_SESSION_SECRET",
                "CONTROL_PLANE_API_TOKEN")) {
            SECRETS.remember(name, stack.setting(name));
        }
        write("stack.env", Files.readString(stack.envFile()).replace(stack.setting("POSTGRES_PASSWORD"), wrong));

        var doctor = ran(Map.of(), "doctor --json --env-file stack.env");
        assertThat(Http.get(stack.url("/api/operations/doctor"), Map.of("Authorization", "Bearer " + wrong))
                        .status())
                .isEqualTo(401);
        stack.end();

        assertThat(doctor.output()).contains("password_rejected");
        assertClean(doctor);
        assertThat(SECRETS.hitsIn(stack.process().output())).isEmpty();
        assertLogsAreClean(sandbox.root().resolve("stack/logs"));
    }

    private static void assertLogsAreClean(Path logs) throws IOException {
        var texts = new StringBuilder();
        try (var files = Files.list(logs)) {
            for (var file : files.toList()) {
                var text = Files.readString(file);
                assertThat(SECRETS.hitsIn(text)).as(file.toString()).isEmpty();
                texts.append(text);
            }
        }
        assertThat(texts).contains("server.listening", "password authentication failed for user");
    }

    private static void assertAnswersAreClean(String url) {
        var good = Map.of("Authorization", "Bearer " + SECRETS.get("token"));
        var wrong = Map.of("Authorization", "Bearer x" + SECRETS.get("next token"));
        var doctor = url + "/api/operations/doctor";
        var report = Http.get(doctor, good);
        assertThat(report.status()).as(report.toString()).isEqualTo(200);
        assertThat(report.text()).contains("postgres.auth");
        assertThat(Http.get(doctor, wrong).status()).isEqualTo(401);
        var asked = percent("session");
        for (var answer : List.of(
                report,
                Http.get(doctor + "?cached=true&stable=true", good),
                Http.get(doctor, wrong),
                Http.get(doctor),
                Http.get(doctor + "?only=" + asked, good),
                Http.get(doctor + "?" + asked + "=true", good),
                Http.get(url + "/metrics"),
                Http.get(url + "/health"),
                Http.get(url + "/api/runtime/readiness"),
                Http.get(url + "/" + asked),
                Http.get(url + "/docs/checks/" + asked),
                Http.get(url + "/api/operations/" + asked, good),
                Http.get(url + "/health", Map.of("X-Long", SECRETS.get("token").repeat(2000))),
                Http.send(HttpRequest.newBuilder(URI.create(url + "/metrics"))
                        .POST(HttpRequest.BodyPublishers.ofString(SECRETS.get("session")))
                        .build()))) {
            assertThat(SECRETS.hitsIn(answer.text())).isEmpty();
        }
    }

    private static RealProcess ran(Map<String, String> environment, String command) {
        var run = sandbox.koda(environment, command.split(" ", -1));
        run.awaitExit(LIMIT);
        return run;
    }

    /** What is not in a file: a secret of the process, and one that it names a file for. */
    private static Map<String, String> environment() {
        return Map.of(
                "CONTROL_PLANE_BOOTSTRAP_CODE",
                SECRETS.get("bootstrap"),
                "GRAFANA_ADMIN_PASSWORD_FILE",
                sandbox.root().resolve("grafana").toString());
    }

    private static void assertClean(RealProcess run) {
        assertThat(run.output() + run.errors()).isNotBlank();
        assertThat(SECRETS.hitsIn(run.output())).as("standard output").isEmpty();
        assertThat(SECRETS.hitsIn(run.errors())).as("standard error").isEmpty();
    }

    private static String quoted(String name, String secret) {
        return name + "='" + SECRETS.get(secret) + "'";
    }

    private static String percent(String secret) {
        return PlantedSecrets.percentEncoded(SECRETS.get(secret));
    }

    private static void write(String name, String text) throws IOException {
        Files.writeString(sandbox.root().resolve(Path.of(name)), text);
    }
}
