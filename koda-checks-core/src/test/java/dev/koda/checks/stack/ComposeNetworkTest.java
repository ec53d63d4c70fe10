package dev.koda.checks.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Query;
import dev.koda.checks.Report;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.runtime.EventLoopLag;
import dev.koda.checks.runtime.Loops;
import dev.koda.checks.runtime.RuntimeGate;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.SettingsSources;
import dev.koda.checks.testing.DockerStandIn;
import dev.koda.checks.testing.DockerStandIn.Box;
import dev.koda.checks.testing.EngineRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The name of Koda's Postgres does not resolve here: what that means depends on who asks, and from where. */
class ComposeNetworkTest {
    private static final Map<String, String> KODA = Map.of(
            "KODA_STACK", "koda",
            "DOCKER_HOST", "unix:///nowhere/docker.sock",
            "POSTGRES_PASSWORD", "Zk3mWq8vTn2xRb7pLc5d",
            "S3_ACCESS_KEY_ID", "Hg6tYs1wQa9eUf4kNj0o",
            "S3_SECRET_ACCESS_KEY", "Vb2nMx7cLz4aKs9dJf6g");

    private final Map<String, String> environment = new HashMap<>(KODA);

    @TempDir
    Path root;

    private final TimeSource time = TimeSource.system();

    @Test
    void aCommandOnTheHostSaysHowToAskInside() throws Exception {
        var report = report(Suite.DOCTOR, false);

        var dns = report.checks().get(0);
        assertThat(dns.status()).as(dns.message()).isEqualTo(Status.WARN);
        assertThat(dns.reason()).hasToString("compose_network_only");
        assertThat(dns.outcome().hint())
                .isEqualTo("ask inside the network: docker compose exec -T postgres pg_isready");
        assertThat(report.summary().fail()).isZero();
        assertThat(report.checks()).filteredOn(result -> result.isNotRun()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {".dockerenv", "run/.containerenv"})
    void aCommandInAContainerReportsAServiceThatIsGone(String mark) throws Exception {
        Files.createDirectories(root.resolve(mark).getParent());
        Files.createFile(root.resolve(mark));

        assertBroken(report(Suite.DOCTOR, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"readiness", "doctor"})
    void aServerIsNotReadyWithoutItsPostgresWhereverItRuns(String suite) throws Exception {
        assertBroken(report(new Suite(suite), true));
    }

    @Test
    void dockerKnowsWhereAServiceIsThatDoesNotResolve() throws Exception {
        try (var docker = docker()) {
            int port = closedPort();
            docker.holds(
                    Box.of("koda", "postgres").published(5432, "0.0.0.0", port),
                    Box.of("koda", "seaweedfs").published(8333, "0.0.0.0", port));

            var report = report(Suite.DOCTOR, false, "postgres.*", "object-store.*");

            var dns = EngineRun.named(report, "postgres.dns");
            assertThat(dns.status()).as(dns.message()).isEqualTo(Status.PASS);
            assertThat(dns.message())
                    .isEqualTo("postgres is container koda-postgres-1, reached from here at 127.0.0.1:" + port);
            assertThat(EngineRun.named(report, "postgres.tcp").reason()).hasToString("connection_refused");
            var bucket = EngineRun.named(report, "object-store.bucket");
            assertThat(bucket.status()).isEqualTo(Status.FAIL);
            assertThat(String.valueOf(bucket.reason())).isNotIn("dns_not_found", "compose_network_only");
        }
    }

    @Test
    void aServiceWhoseContainerIsStoppedFails() throws Exception {
        try (var docker = docker()) {
            docker.holds(
                    Box.of("koda", "postgres").state("exited", 1),
                    Box.of("koda", "seaweedfs").state("dead", 1));

            var report = report(Suite.DOCTOR, false, "postgres.dns", "object-store.bucket");

            var dns = report.checks().get(0);
            assertThat(dns.status()).isEqualTo(Status.FAIL);
            assertThat(dns.reason()).hasToString("service_stopped");
            assertThat(dns.message()).isEqualTo("postgres does not run: its container koda-postgres-1 is stopped");
            assertThat(dns.outcome().hint()).isEqualTo("see why: docker logs --tail 50 koda-postgres-1");
            assertThat(report.checks().get(1).reason()).hasToString("service_stopped");
        }
    }

    @Test
    void aServiceThatRunsWhereThisHostCannotReachItIsExplained() throws Exception {
        try (var docker = docker()) {
            docker.holds(Box.of("koda", "postgres"), Box.of("koda", "seaweedfs"));

            var report = report(Suite.DOCTOR, false, "postgres.dns", "object-store.bucket");

            assertThat(report.checks()).hasSize(2).allSatisfy(result -> {
                assertThat(result.reason()).hasToString("compose_network_only");
                assertThat(result.status()).isEqualTo(Status.WARN);
                assertThat(result.message()).contains("runs inside Koda's compose network");
            });
            assertThat(report.checks().get(0).outcome().hint())
                    .isEqualTo("ask inside the network: docker compose -p koda exec -T postgres pg_isready");
        }
    }

    @Test
    void aServerAsksNoDocker() throws Exception {
        try (var docker = docker()) {
            docker.holds(Box.of("koda", "postgres").published(5432, "0.0.0.0", closedPort()));

            assertBroken(report(Suite.READINESS, true));
        }
    }

    private DockerStandIn docker() {
        var socket = root.resolve("docker.sock");
        environment.put("DOCKER_HOST", "unix://" + socket);
        environment.put("COMPOSE_PROJECT_NAME", "koda");
        return DockerStandIn.at(socket);
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void assertBroken(Report report) {
        var dns = report.checks().get(0);
        assertThat(dns.status()).as(dns.message()).isEqualTo(Status.FAIL);
        assertThat(dns.reason()).hasToString("dns_not_found");
        assertThat(report.ok()).isFalse();
    }

    private Report report(Suite suite, boolean isServer, String... only) throws Exception {
        var selected = only.length == 0 ? List.of("postgres.dns", "postgres.round-trip") : List.of(only);
        var settings = Settings.load(SettingsSources.of(root, environment));
        try (var clients = StackClients.of("host", "test", time);
                var lag = EventLoopLag.start(time)) {
            var inProcess = isServer ? new InProcess(RuntimeGate.closed(), Loops.of(time), lag) : null;
            var stack = KodaStack.of(settings, clients, time, inProcess, root);
            try (var engine = stack.addTo(CheckEngine.builder().time(time)).build()) {
                return engine.run(Query.of(suite).only(selected))
                        .toCompletableFuture()
                        .get(30, TimeUnit.SECONDS);
            }
        }
    }
}
