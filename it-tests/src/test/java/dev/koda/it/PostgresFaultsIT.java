package dev.koda.it;

import static dev.koda.it.PostgresFault.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.koda.checks.testing.FaultProxy;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A real Postgres behind a network that breaks, as the doctor of a user and a running server see it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PostgresFaultsIT {
    @RegisterExtension
    static final KodaSandbox sandbox = new KodaSandbox();

    private static final String PASSWORD = "correct horse battery staple";
    private static final String TOKEN = "u7Tq0ZVb3mXkPz5sYh2Rj9Wd4Nc8Lf1G";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(5);

    /** The most that a rung takes in a process that has just started, and half a second. */
    private static final int COMMAND_LIMIT_MILLIS = 4000 + 500;

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final Vertx VERTX = Vertx.vertx();
    private static @Nullable ScramPostgres postgres;
    private static @Nullable FaultProxy proxy;
    private static @Nullable Path environment;
    private static String url = "";

    @BeforeAll
    static void startPostgresAndServer() throws Exception {
        postgres = ScramPostgres.start(sandbox.directory("postgres"), PASSWORD);
        proxy = await(FaultProxy.listen(VERTX, "127.0.0.1", postgres.port()));
        int port = FreePort.next();
        url = "http://127.0.0.1:" + port;
        environment = Files.writeString(sandbox.root().resolve("koda.env"), """
                KODA_STACK=embedded
                KODA_ENV=development
                KODA_OPERATIONS_PORT=%d
                CONTROL_PLANE_API_TOKEN=%s
                STATE_ROOT_DIR=%s
                OBJECT_STORAGE_REQUIRED=false
                KNOWLEDGE_V2_POSTGRES_DSN=postgresql://koda:%s@127.0.0.1:%d/koda
                """.formatted(
                        port, TOKEN, sandbox.directory("state"), PASSWORD.replace(" ", "%20"), proxy.port()));
    }

    @AfterAll
    static void stopThem() throws IOException {
        if (proxy != null) {
            await(proxy.close());
        }
        await(VERTX.close());
        if (postgres != null) {
            postgres.close();
        }
    }

    @Test
    @Order(1)
    void theDoctorPassesThroughAProxyThatPasses() throws Exception {
        var doctor = doctor();

        assertThat(doctor.awaitExit(START_LIMIT)).as(doctor.toString()).isZero();
        var report = JSON.readTree(doctor.outputBytes());
        assertThat(report.path("status").asText()).isEqualTo("pass");
        assertThat(report.at("/summary/pass").asInt()).isGreaterThanOrEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource
    @Order(2)
    void theDoctorGivesEachFaultItsOneReason(PostgresFault fault) throws Exception {
        begin(fault);
        try {
            var doctor = doctor();

            assertThat(doctor.awaitExit(START_LIMIT)).as(doctor.toString()).isEqualTo(1);
            var report = JSON.readTree(doctor.outputBytes());
            assertOnlyBroken(report, fault);
            assertThat(report.path("took_ms").asInt(Integer.MAX_VALUE)).isLessThanOrEqualTo(COMMAND_LIMIT_MILLIS);
            assertThat(doctor.lastErrorLine()).isEqualTo("koda doctor: exit 1, fail: " + fault.check());
        } finally {
            end(fault);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Order(3)
    void aServerIsNotReadyWhileAFaultLasts(PostgresFault fault) throws Exception {
        startServer();
        begin(fault);
        try {
            untilReadinessIs(503, fault.readinessLimit());
            assertThat(Http.get(readiness()).text())
                    .isEqualTo("{\"status\":\"fail\",\"ready\":false,\"reasons\":[\"postgres_unavailable\"]}");
            assertThat(Http.get(url + "/health").status()).isEqualTo(200);
            assertOnlyBroken(serversDoctor(), fault);
        } finally {
            end(fault);
        }
        if (fault != PostgresFault.WRONG_PASSWORD) {
            untilReadinessIs(200, RECOVERY_LIMIT);
        }
    }

    private static void assertOnlyBroken(JsonNode report, PostgresFault fault) {
        assertThat(report.path("status").asText()).isEqualTo("fail");
        assertThat(report.at("/summary/fail").asInt())
                .as(report.toPrettyString())
                .isEqualTo(1);
        boolean isAfter = false;
        for (var check : report.path("checks")) {
            if (check.path("id").asText().equals(fault.check())) {
                isAfter = true;
                assertThat(check.path("status").asText()).isEqualTo("fail");
                assertThat(check.path("reason").asText()).as(check.toString()).isEqualTo(fault.reason());
                assertThat(check.path("hint").asText()).isNotEmpty();
            } else if (isAfter) {
                assertThat(check.path("reason").asText()).as(check.toString()).isEqualTo("not_run");
                assertThat(check.path("root_cause").asText()).isEqualTo(fault.check());
            } else {
                assertThat(check.path("status").asText()).as(check.toString()).isEqualTo("pass");
            }
        }
        assertThat(StreamSupport.stream(report.path("checks").spliterator(), false)
                        .map(check -> check.path("id").asText()))
                .contains(fault.check(), "postgres.connections");
    }

    private static void begin(PostgresFault fault) {
        fault.begin(Objects.requireNonNull(proxy), Objects.requireNonNull(postgres));
    }

    private static void end(PostgresFault fault) {
        fault.end(Objects.requireNonNull(proxy), Objects.requireNonNull(postgres), PASSWORD);
    }

    private static RealProcess doctor() {
        return sandbox.koda("doctor", "--json", "--only", "postgres.*", "--env-file", String.valueOf(environment));
    }

    private static JsonNode serversDoctor() throws IOException {
        var answer =
                Http.get(url + "/api/operations/doctor?only=postgres.*", Map.of("Authorization", "Bearer " + TOKEN));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return JSON.readTree(new String(answer.body(), StandardCharsets.UTF_8));
    }

    /** One for the class, after the doctors: until then its checks would take the machine from them. */
    private static void startServer() {
        if (Http.get(url + "/health").status() == 0) {
            sandbox.koda("serve", "--env-file", String.valueOf(environment));
        }
        untilReadinessIs(200, START_LIMIT);
    }

    private static void untilReadinessIs(int status, Duration limit) {
        Within.answer(
                limit, "readiness is " + status, () -> Http.get(readiness()), answer -> answer.status() == status);
    }

    private static String readiness() {
        return url + "/api/runtime/readiness";
    }
}
