package dev.koda.it;

import static dev.koda.it.PostgresFault.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Real S3 behind a network that breaks, as the doctor of a user and a running server see it. The doctor is shown every
 * fault; a server, which needs seconds to see one, only those that it has to tell in ways of their own, and all of them
 * with {@code -Dkoda.long=true}.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ObjectStorageFaultsIT {
    @RegisterExtension
    static final KodaSandbox sandbox = new KodaSandbox();

    private static final String SECRET_KEY = "Vb2nMx7cLz4aKs9dJf6gHq3w";
    private static final String TOKEN = "u7Tq0ZVb3mXkPz5sYh2Rj9Wd4Nc8Lf1G";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    /** Two evaluations in a row must fail, and scheduled ones are at most 11 s apart. */
    private static final Duration SEEN_LIMIT = Duration.ofSeconds(30);

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final Vertx VERTX = Vertx.vertx();
    private static @Nullable FaultyStorage storage;
    private static @Nullable Path environment;
    private static @Nullable Path serversEnvironment;
    private static String url = "";

    @BeforeAll
    static void startStorage() throws IOException {
        var faulty = FaultyStorage.start(VERTX, sandbox.directory("storage"), SECRET_KEY);
        storage = faulty;
        int port = FreePort.next();
        url = "http://127.0.0.1:" + port;
        var text = """
                KODA_STACK=embedded
                KODA_ENV=development
                KODA_OPERATIONS_PORT=%d
                KODA_OPERATIONS_RATE=1000
                CONTROL_PLANE_API_TOKEN=%s
                STATE_ROOT_DIR=%s
                OBJECT_STORAGE_REQUIRED=true
                KNOWLEDGE_V2_S3_ENDPOINT_URL=%s
                KNOWLEDGE_V2_S3_BUCKET=%s
                KNOWLEDGE_V2_S3_ACCESS_KEY_ID=%s
                KNOWLEDGE_V2_S3_SECRET_ACCESS_KEY=%s
                """.formatted(
                        port,
                        TOKEN,
                        sandbox.directory("state"),
                        faulty.endpoint(),
                        FaultyStorage.BUCKET,
                        FaultyStorage.ACCESS_KEY,
                        SECRET_KEY);
        environment = Files.writeString(sandbox.root().resolve("koda.env"), text + "KODA_OBJECT_STORAGE_QUOTA=1GiB\n");
        // A server lists so seldom that what it says may be of the fault before.
        serversEnvironment = Files.writeString(sandbox.root().resolve("server.env"), text);
    }

    /** Not after each: so a server goes from one fault to the next, and need not be ready again in between. */
    @BeforeEach
    void heal() {
        storage().heal();
    }

    @AfterAll
    static void stopThem() {
        if (storage != null) {
            storage.close();
        }
        await(VERTX.close());
    }

    @Test
    @Order(1)
    void theDoctorPassesThroughANetworkThatWorks() throws Exception {
        var doctor = endedDoctor("pass");

        assertThat(doctor.awaitExit(START_LIMIT)).as(doctor.toString()).isZero();
        var report = JSON.readTree(doctor.outputBytes());
        assertThat(report.at("/summary/pass").asInt())
                .as(report.toPrettyString())
                .isEqualTo(4);
        assertThat(report.at("/skipped/0/id").asText())
                .as("S3Proxy knows no lifecycle rules")
                .isEqualTo("object-store.lifecycle");
    }

    @ParameterizedTest
    @EnumSource
    @Order(2)
    void theDoctorGivesEachFaultItsOneReason(ObjectStorageFault fault) throws Exception {
        fault.begin(storage());

        var doctor = endedDoctor(fault.reason());

        assertThat(doctor.awaitExit(START_LIMIT)).as(doctor.toString()).isEqualTo(fault.exitCode());
        var report = JSON.readTree(doctor.outputBytes());
        assertOnlyBroken(report, fault);
        assertThat(check(report, "object-store.headroom").isMissingNode()).isFalse();
        assertThat(doctor.lastErrorLine())
                .isEqualTo("koda doctor: exit " + fault.exitCode() + ", " + fault.status() + ": " + fault.check());
        assertThat(doctor.output() + doctor.errors()).doesNotContain(SECRET_KEY);
    }

    /** A refusal at once, no answer at all, and one that only warns; what is between them has the same ways. */
    static Stream<ObjectStorageFault> faultsOfAServer() {
        return Boolean.getBoolean("koda.long")
                ? Stream.of(ObjectStorageFault.values())
                : Stream.of(ObjectStorageFault.WRONG_KEY, ObjectStorageFault.SILENT, ObjectStorageFault.SLOW);
    }

    @ParameterizedTest
    @MethodSource("faultsOfAServer")
    @Order(3)
    void aServerGivesEachFaultTheSameReason(ObjectStorageFault fault) throws Exception {
        startServer();
        fault.begin(storage());

        var report = Within.answer(
                SEEN_LIMIT,
                "the server says " + fault.reason(),
                ObjectStorageFaultsIT::serversDoctor,
                answer -> check(answer, fault.check()).path("reason").asText().equals(fault.reason())
                        && answer.path("status").asText().equals(fault.status()));

        assertOnlyBroken(report, fault);
        if (fault.status().equals("fail")) {
            untilReadinessIs(503);
            assertThat(Http.get(readiness()).text())
                    .isEqualTo("{\"status\":\"fail\",\"ready\":false,\"reasons\":[\"object_store_unavailable\"]}");
        }
        assertThat(Http.get(url + "/health").status()).isEqualTo(200);
    }

    @Test
    @Order(4)
    void aServerIsReadyAgainWhenTheStorageIs() {
        untilReadinessIs(200);
    }

    /** What was not run names the check that keeps it from that; everything else passes. */
    private static void assertOnlyBroken(JsonNode report, ObjectStorageFault fault) {
        assertThat(report.path("status").asText()).as(report.toPrettyString()).isEqualTo(fault.status());
        for (var check : report.path("checks")) {
            if (check.path("id").asText().equals(fault.check())) {
                assertThat(check.path("status").asText()).isEqualTo(fault.status());
                assertThat(check.path("reason").asText()).as(check.toString()).isEqualTo(fault.reason());
                // On a busy machine the engine may be the first to give up, and it knows no hint.
                assertThat(check.path("hint").asText().isEmpty() && fault != ObjectStorageFault.SILENT)
                        .isFalse();
                assertThat(check.path("took_ms").asInt(Integer.MAX_VALUE)).isLessThanOrEqualTo(fault.limitMillis());
            } else if (check.path("reason").asText().equals("not_run")) {
                assertThat(check.path("root_cause").asText()).isEqualTo(fault.check());
            } else {
                assertThat(check.path("status").asText()).as(check.toString()).isEqualTo("pass");
            }
        }
        assertThat(check(report, fault.check()).isMissingNode()).isFalse();
        assertThat(check(report, "object-store.canary").isMissingNode()).isFalse();
        assertThat(check(report, "object-store.public-access").isMissingNode()).isFalse();
    }

    private static JsonNode check(JsonNode report, String id) {
        for (var check : report.path("checks")) {
            if (check.path("id").asText().equals(id)) {
                return check;
            }
        }
        return MissingNode.getInstance();
    }

    private static FaultyStorage storage() {
        return Objects.requireNonNull(storage);
    }

    /**
     * One that has ended. On a busy machine a process that has just started may need more than the time-out of its first
     * request; that alone is no answer, unless it is the expected one.
     */
    private static RealProcess endedDoctor(String expected) {
        return Within.answer(START_LIMIT, "an answer", ObjectStorageFaultsIT::doctor, doctor -> {
            doctor.awaitExit(START_LIMIT);
            return expected.equals("timeout") || !doctor.output().contains("\"reason\":\"timeout\"");
        });
    }

    private static RealProcess doctor() {
        return sandbox.koda("doctor", "--json", "--only", "object-store.*", "--env-file", String.valueOf(environment));
    }

    private static JsonNode serversDoctor() {
        var answer = Http.get(
                url + "/api/operations/doctor?only=object-store.*", Map.of("Authorization", "Bearer " + TOKEN));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        try {
            return JSON.readTree(answer.body());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** One for the class, after the doctors: until then its checks would take the machine from them. */
    private static void startServer() {
        if (Http.get(url + "/health").status() == 0) {
            sandbox.koda("serve", "--env-file", String.valueOf(serversEnvironment));
            untilReadinessIs(200);
        }
    }

    private static void untilReadinessIs(int status) {
        Within.answer(
                START_LIMIT,
                "readiness is " + status,
                () -> Http.get(readiness()),
                answer -> answer.status() == status);
    }

    private static String readiness() {
        return url + "/api/runtime/readiness";
    }
}
