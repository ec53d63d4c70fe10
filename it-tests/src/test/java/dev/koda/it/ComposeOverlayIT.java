package dev.koda.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The overlay with koda-checks: what it promises, and that the server starts with what it says. */
class ComposeOverlayIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String VARIABLE = "\\$\\{[A-Z0-9_]+:-([^}]*)}";

    @RegisterExtension
    static final KodaSandbox sandbox = new KodaSandbox();

    private final Map<String, Object> overlay = read("docker-compose.koda-checks.yml");

    @ParameterizedTest
    @ValueSource(strings = {"koda-checks", "koda-doctor"})
    void bothServicesHaveNoMoreThanTheyNeed(String name) {
        var service = service(name);

        assertThat(service)
                .containsEntry("user", "10001:10001")
                .containsEntry("read_only", true)
                .containsEntry("cap_drop", List.of("ALL"))
                .containsEntry("security_opt", List.of("no-new-privileges:true"))
                .containsEntry("env_file", List.of(".env"))
                .containsEntry("pull_policy", "never")
                .doesNotContainKeys("privileged", "network_mode", "pid", "cap_add", "devices");
        assertThat(service.toString()).doesNotContain("docker.sock");
        assertThat(list(service, "volumes"))
                .allMatch(volume -> volume.endsWith(":ro") || volume.equals("koda-checks:/var/lib/koda-checks"));
        assertThat(list(service, "volumes").stream()
                        .map(volume -> volume.split(":", -1)[0])
                        .filter(source -> !source.startsWith(".")))
                .isNotEmpty()
                .allMatch(mapping(overlay, "volumes")::containsKey);
        assertThat(list(service, "networks")).allMatch(mapping(overlay, "networks")::containsKey);
    }

    @Test
    void theServerIsPublishedOnLoopbackAloneAndHasTheTimeToDrain() {
        var server = service("koda-checks");

        assertThat(list(server, "ports")).allMatch(port -> port.startsWith("127.0.0.1:"));
        assertThat(server).containsEntry("stop_grace_period", "35s").containsEntry("restart", "unless-stopped");
        var doctor = service("koda-doctor");
        assertThat(doctor).containsEntry("profiles", List.of("doctor")).containsEntry("restart", "no");
        assertThat(doctor).doesNotContainKeys("ports", "healthcheck");
    }

    /** With a free port for 8091, outside of any network: so Postgres is not there, and the server says so. */
    @Test
    void theServerStartsWithTheEnvironmentOfTheOverlay() throws IOException {
        int port = FreePort.next();
        var directory = sandbox.directory("etc-koda");
        Files.copy(file("koda-checks.yaml"), directory.resolve("koda.yaml"));
        var environment = environment();
        environment.replaceAll((name, value) -> value.replace("8091", Integer.toString(port)));
        environment.put("KODA_DRAIN_DELAY", "0s");
        environment.put("KODA_OPERATIONS_DIR", sandbox.directory("operations").toString());

        var server = sandbox.koda(Distribution.installed(), directory, environment, "serve");

        var url = "http://127.0.0.1:" + port;
        var probe = probe().replace("8091", Integer.toString(port));
        assertThat(probe).isEqualTo(url + "/health");
        Within.limit(LIMIT, "health of " + server, () -> Http.get(probe).status() == 200);
        var readiness = Within.answer(
                LIMIT,
                "readiness knows of Postgres",
                () -> Http.get(url + "/api/runtime/readiness"),
                answer -> answer.text().contains("postgres_unavailable"));
        assertThat(readiness.status()).isEqualTo(503);
        server.signal("TERM");
        assertThat(server.awaitExit(LIMIT)).as(server.toString()).isEqualTo(143);
    }

    /** Every name in it is one that koda knows, and names of the network are asked and not replaced. */
    @Test
    void itsSettingsAreOnesThatTheDoctorUses() throws IOException {
        var directory = sandbox.directory("doctor");
        Files.copy(file("koda-checks.yaml"), directory.resolve("koda.yaml"));

        var show = sandbox.koda(Distribution.installed(), directory, environment(), "config", "show", "--origin");

        assertThat(show.awaitExit(LIMIT)).as(show.toString()).isZero();
        for (var name : overlayEnvironment().keySet()) {
            assertThat(show.output()).containsPattern("(?m)^" + name + "=.*");
        }
        var list = sandbox.koda(Distribution.installed(), directory, environment(), "checks", "list");
        assertThat(list.awaitExit(LIMIT)).as(list.toString()).isZero();
        assertThat(list.output()).contains("koda.state", "koda.artifacts", "network.dns[app.]");
    }

    /** What Compose would give the container: the .env, and the overlay's own, which wins. */
    private Map<String, String> environment() {
        var all = new HashMap<String, String>();
        for (var secret : List.of(
                "POSTGRES_PASSWORD",
                "S3_ACCESS_KEY_ID",
                "S3_SECRET_ACCESS_KEY",
                "CONTROL_PLANE_API_TOKEN",
                "RUNTIME_LOCAL_UI_TOKEN",
                "WEB_OPERATOR_SESSION_SECRET")) {
            all.put(secret, "a-long-and-random-value-" + Integer.toHexString(secret.hashCode()) + "-0123456789");
        }
        all.putAll(overlayEnvironment());
        return all;
    }

    private Map<String, String> overlayEnvironment() {
        return mapping(service("koda-checks"), "environment").entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().toString().replaceAll(VARIABLE, "$1")));
    }

    private String probe() {
        var test = list(mapping(service("koda-checks"), "healthcheck"), "test");
        return test.get(test.size() - 1);
    }

    private Map<String, Object> service(String name) {
        return mapping(mapping(overlay, "services"), name);
    }

    @SuppressWarnings("unchecked") // a mapping of YAML has strings for keys here
    private static Map<String, Object> mapping(Map<String, Object> parent, String key) {
        return (Map<String, Object>) Objects.requireNonNull(parent.get(key), key);
    }

    private static List<String> list(Map<String, Object> parent, String key) {
        return ((List<?>) Objects.requireNonNull(parent.get(key), key))
                .stream().map(Object::toString).toList();
    }

    private static Path file(String name) {
        return Distribution.installed().home().resolve("deploy/compose").resolve(name);
    }

    @SuppressWarnings("unchecked") // the document is a mapping
    private static Map<String, Object> read(String name) {
        try {
            return (Map<String, Object>) Objects.requireNonNull(
                    new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file(name))));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
