package dev.koda.it;

import static dev.koda.it.PostgresFault.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * {@code koda doctor --dir DIR} on the host of a Koda install with a stock {@code .env}: Postgres and the object storage are
 * named as inside the compose network, and nobody has set a single name of ours.
 */
@TestMethodOrder(OrderAnnotation.class)
class KodaInstallIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Vertx VERTX = Vertx.vertx();

    @RegisterExtension
    static final KodaSandbox sandbox = new KodaSandbox();

    private static @Nullable KodaInstall install;
    private static @Nullable ScramPostgres postgres;
    private static @Nullable FaultyStorage storage;
    private static @Nullable DockerSocket docker;
    private static @Nullable Path outside;

    @BeforeAll
    static void serve() {
        var app = await(
                VERTX.createHttpServer().requestHandler(KodaInstallIT::app).listen(0, "127.0.0.1"));
        var web = await(VERTX.createHttpServer()
                .requestHandler(request -> request.response()
                        .putHeader("Content-Type", "text/html")
                        .end("<!doctype html><title>Koda</title>"))
                .listen(0, "127.0.0.1"));
        install = KodaInstall.write(sandbox.directory(".koda"), app.actualPort(), web.actualPort());
        outside = sandbox.directory("outside");
        docker = new DockerSocket(sandbox.root().resolve("docker.sock"), "koda");
    }

    /** As far as Koda's control plane answers without its database: {@code /health} is 200 whatever is the matter. */
    private static void app(HttpServerRequest request) {
        var response = request.response().putHeader("Content-Type", "application/json");
        boolean isKnown = ("Bearer " + KodaInstall.API_TOKEN).equals(request.getHeader("Authorization"));
        switch (request.path()) {
            case "/health" ->
                response.end("{\"status\":\"healthy\",\"workers\":[],\"sidecars\":[" + sidecars() + "],"
                        + "\"summary\":{\"workers_total\":0,\"workers_alive\":0,\"workers_unhealthy\":0,"
                        + "\"sidecars_total\":5,\"sidecars_unhealthy\":0}}");
            case "/api/control-plane/onboarding/status" ->
                response.end("{\"control_plane\":{\"ready\":true},"
                        + "\"storage\":{\"database\":{\"enabled\":true,\"ready\":true,\"bootstrap_state\":\"ready\"},"
                        + "\"object_storage\":{\"enabled\":true,\"mode\":\"s3\",\"bucket\":\"koda-objects\",\"ready\":true}},"
                        + "\"providers\":[],\"agents\":[],\"system\":{},\"steps\":{\"provider_configured\":true,"
                        + "\"access_configured\":true,\"agent_ready\":true,\"storage_ready\":true,\"onboarding_complete\":true},"
                        + "\"has_owner\":true,\"bootstrap_required\":false,\"bootstrap_file_path\":null}");
            default -> {
                boolean isDiagnosis = request.path().equals("/api/control-plane/_diag/persistence");
                response.setStatusCode(isKnown ? isDiagnosis ? 200 : 404 : 401)
                        .end(isKnown ? "{}" : "{\"error\":\"operator session is required\"}");
            }
        }
    }

    private static String sidecars() {
        return String.join(
                ",",
                KodaInstall.SIDECARS.stream()
                        .map(name ->
                                "{\"name\":\"%s\",\"target\":\"%s:50061\",\"ok\":true,\"latency_ms\":1,\"error\":null}"
                                        .formatted(name.replace('-', '_'), name))
                        .toList());
    }

    @AfterAll
    static void end() throws IOException {
        if (docker != null) {
            docker.close();
        }
        if (storage != null) {
            storage.close();
        }
        await(VERTX.close());
        if (postgres != null) {
            postgres.close();
        }
    }

    private static RealProcess doctor(String... more) {
        return doctor(List.of(Distribution.installed().program("koda").toString()), more);
    }

    private static RealProcess doctor(List<String> koda, String... more) {
        var command = new ArrayList<>(koda);
        command.addAll(List.of("doctor", "--dir", install().directory().toString()));
        command.addAll(List.of(more));
        return sandbox.run(Host.runs(command, Objects.requireNonNull(outside), sandbox.root()), docker().environment());
    }

    /** Without what this machine itself may lack. */
    private static Doctor report(int... codes) {
        var doctor = doctor("--json", "--skip", "system.memory,system.file-descriptors,disk.*");
        int code = doctor.awaitExit(LIMIT);
        assertThat(codes).as(doctor.toString()).contains(code);
        for (var secret : KodaInstall.SECRETS) {
            assertThat(doctor.output() + doctor.errors()).doesNotContain(secret);
        }
        return Doctor.of(doctor.output());
    }

    private static Map<String, JsonNode> byId(Doctor report) {
        var all = new TreeMap<String, JsonNode>();
        report.checks("").forEach(check -> all.put(Doctor.id(check), check));
        return all;
    }

    private static JsonNode check(Doctor report, String id) {
        return Objects.requireNonNull(byId(report).get(id), () -> id + " is not in " + report);
    }

    @Test
    @Order(1)
    void withoutDockerTheNamesOfTheNetworkAreExplainedAndNothingFails() {
        var report = report(3);

        assertThat(failures(report)).isEmpty();
        for (var id : List.of("postgres.dns", "object-store.bucket")) {
            assertThat(check(report, id).path("reason").asText()).isEqualTo("compose_network_only");
        }
        assertThat(check(report, "postgres.dns").path("hint").asText())
                .isEqualTo("ask inside the network: docker compose -p koda exec -T postgres pg_isready");
        assertThat(check(report, "postgres.dns").path("command").asText())
                .isEqualTo("docker compose -p koda exec -T postgres pg_isready");
        assertThat(report.report().path("skipped").toString()).contains("there is no Docker socket at ");
        assertThat(check(report, "control-plane.reachable").path("status").asText())
                .isEqualTo("pass");
        assertThat(check(report, "dashboard.reachable").path("status").asText()).isEqualTo("pass");
    }

    @Test
    @Order(2)
    void aStackThatIsDownIsSaidOnceWithTheLineThatStartsIt() {
        docker().listen(VERTX);

        var report = report(1);

        assertThat(failures(report)).containsExactly("system.compose-services");
        var dir = install().directory();
        assertThat(check(report, "system.compose-services").path("hint").asText())
                .startsWith("start it: docker compose -p koda --project-directory " + dir + " --env-file " + dir
                        + "/.env --env-file " + dir + "/.release.env -f "
                        + install().composeFile() + " up -d");
    }

    @Test
    @Order(3)
    void postgresAndTheObjectStorageAreFoundThroughDockerAndReallyAsked() throws Exception {
        startServices();

        var report = report(0, 3);

        // This storage shows its bucket to everybody, and says so.
        assertThat(report.culprits()).isSubsetOf("object-store.public-access");
        assertThat(check(report, "postgres.dns").path("message").asText())
                .isEqualTo("postgres is container koda-postgres-1, reached from here at 127.0.0.1:"
                        + Objects.requireNonNull(postgres).port());
        for (var id : List.of(
                "postgres.auth",
                "postgres.round-trip",
                "postgres.migrations",
                "object-store.bucket",
                "object-store.canary",
                "runtime.supervisors",
                "runtime.queue",
                "runtime.leases",
                "system.compose-services",
                "secrets.strength")) {
            assertThat(check(report, id).path("status").asText())
                    .as(check(report, id).toString())
                    .isEqualTo("pass");
        }
        assertThat(check(report, "system.compose-services").path("message").asText())
                .startsWith("10 services of compose project koda are as they should be; without a health check: ");
    }

    @Test
    @Order(4)
    void peopleReadTheSameAsText() {
        var doctor = doctor();
        doctor.awaitExit(LIMIT);

        assertThat(doctor.output())
                .contains("postgres is container koda-postgres-1", "10 services of compose project koda");
    }

    @Test
    @Order(5)
    void aServiceThatEndedIsNamedAndNothingIsSaidOfItsName() {
        docker().exited("postgres", 1, "unless-stopped").exited("web", 137, "unless-stopped");

        var report = report(1);

        assertThat(failures(report)).containsExactly("postgres.dns", "system.compose-services");
        assertThat(check(report, "postgres.dns").path("reason").asText()).isEqualTo("service_stopped");
        assertThat(check(report, "system.compose-services").path("message").asText())
                .isEqualTo("postgres has ended with code 1; web has ended with code 137");
    }

    /** Root may ask any socket, so the doctor runs as another user. */
    @Test
    @Order(6)
    void aUserWhoMayNotAskDockerReadsHowToBeLetIn() throws Exception {
        var socket = sandbox.root().resolve("docker.sock");
        Assumptions.assumeTrue(Host.isRoot(), "only root may become another user");
        Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
        var open = Distribution.unpackedInto(openDirectory("distribution"));
        Files.setPosixFilePermissions(
                install().directory().resolve(".env"), PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(sandbox.root(), PosixFilePermissions.fromString("rwxr-xr-x"));

        var nobody = List.of(
                "setpriv",
                "--reuid=65534",
                "--regid=65534",
                "--clear-groups",
                open.program("koda").toString());
        var doctor = doctor(nobody, "--json", "--only", "system.compose-services,postgres.dns");

        assertThat(doctor.awaitExit(LIMIT)).as(doctor.toString()).isEqualTo(3);
        var report = Doctor.of(doctor.output());
        assertThat(check(report, "system.compose-services").path("reason").asText())
                .isEqualTo("permission");
        assertThat(check(report, "system.compose-services").path("hint").asText())
                .isEqualTo("run the doctor with sudo");
        assertThat(check(report, "postgres.dns").path("hint").asText()).startsWith("run the doctor as a user who may");
    }

    private static Path openDirectory(String name) throws IOException {
        var directory = sandbox.directory(name);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        return directory;
    }

    private static void startServices() throws Exception {
        var running = ScramPostgres.start(sandbox.directory("postgres"), KodaInstall.POSTGRES_PASSWORD);
        postgres = running;
        tables(running);
        var objects = FaultyStorage.start(
                VERTX, sandbox.directory("objects"), KodaInstall.S3_ACCESS_KEY, KodaInstall.S3_SECRET_KEY);
        storage = objects;
        docker().running("app", true, Map.of())
                .running("web", true, Map.of())
                .running("postgres", true, Map.of(5432, running.port()))
                .running("seaweedfs", true, Map.of(8333, objects.endpoint().getPort()))
                .exited("seaweedfs-init", 0, "no");
        KodaInstall.SIDECARS.forEach(name -> docker().running(name, false, Map.of()));
    }

    /** Those that the doctor asks, with a supervisor that has just beaten. */
    private static void tables(ScramPostgres server) {
        var now = Instant.now();
        server.sqlIn("koda", "CREATE SCHEMA knowledge_v2 AUTHORIZATION koda");
        for (var table : List.of(
                "schema_migrations (version TEXT, applied_at TIMESTAMPTZ)",
                "cp_supervisor_runtimes (supervisor_id TEXT, heartbeat_at TEXT, draining INT, capacity INT)",
                "runtime_queue_items (agent_id TEXT, task_id BIGINT, queue_name TEXT, status TEXT, queued_at TEXT, updated_at TEXT)",
                "scheduled_job_runs (id BIGINT, status TEXT, lease_expires_at TEXT)",
                "tasks (id BIGINT, agent_id TEXT, status TEXT, lease_owner TEXT, lease_expires_at TEXT, last_heartbeat_at TEXT)")) {
            server.sqlIn("koda", "CREATE TABLE knowledge_v2." + table);
        }
        server.sqlIn(
                "koda",
                "INSERT INTO knowledge_v2.schema_migrations VALUES ('046_memory_governance_namespaces', now())");
        server.sqlIn(
                "koda",
                "INSERT INTO knowledge_v2.cp_supervisor_runtimes VALUES ('sup_0a1b2c3d4e5f', '" + now + "', 0, 4)");
        server.sqlIn("koda", "GRANT SELECT ON ALL TABLES IN SCHEMA knowledge_v2 TO koda");
    }

    private static List<String> failures(Doctor report) {
        return report.ids("", "fail");
    }

    private static KodaInstall install() {
        return Objects.requireNonNull(install);
    }

    private static DockerSocket docker() {
        return Objects.requireNonNull(docker);
    }
}
