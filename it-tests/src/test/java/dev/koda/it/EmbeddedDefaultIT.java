package dev.koda.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code koda up} on a fresh machine: first start, what answers then, Ctrl-C, and the second start. */
@TestMethodOrder(OrderAnnotation.class)
class EmbeddedDefaultIT {
    private static final Duration SHORT = Duration.ofSeconds(30);
    private static final Duration SECOND_START = Duration.ofSeconds(3);
    private static final int CTRL_C = 130;

    /** In bytes: 160 MB. */
    private static final long MOST_MEMORY = 160_000_000;

    @RegisterExtension
    static final KodaSandbox sandbox = new KodaSandbox();

    private static @Nullable RunningStack running;
    private static @Nullable Path place;

    @BeforeAll
    static void startsFirst() {
        place = sandbox.root().resolve("stack");
        running = RunningStack.up(sandbox, place, "2s");
        System.out.printf(
                "first start: everything printed after %d ms%n",
                up().process().age().toMillis());
    }

    private static RunningStack up() {
        return Objects.requireNonNull(running);
    }

    private static Path directory() {
        return Objects.requireNonNull(place);
    }

    @Test
    @Order(1)
    void printsDoctorAndAddresses() {
        var printed = up().process().output();

        assertThat(printed).contains(up().url("/health"), up().url("/api/runtime/readiness"), up().url("/metrics"));
        assertThat(printed).contains("PASS postgres.round-trip", "PASS object-store.canary", "PASS runtime.readiness");
        assertThat(printed).contains("SKIP control-plane.reachable");
        if (Doctor.hasRoom(directory())) {
            assertThat(printed).contains("SUMMARY pass").doesNotContain("WARN ", "FAIL ");
        }
    }

    @Test
    @Order(2)
    void printsNoSecret() {
        var process = up().process();

        for (var name : new String[] {
            "POSTGRES_PASSWORD", "S3_SECRET_ACCESS_KEY", "WEB_OPERATOR_SESSION_SECRET", "CONTROL_PLANE_API_TOKEN"
        }) {
            assertThat(process.output() + process.errors()).as(name).doesNotContain(up().setting(name));
        }
    }

    @Test
    @Order(3)
    void secondUpPrintsTheAddressesAndEnds() {
        var second = sandbox.koda("up", "--dir", directory().toString());

        assertThat(second.awaitExit(SHORT)).isZero();
        assertThat(second.output()).contains(up().url("/health")).doesNotContain("SUMMARY");
        assertThat(second.errors())
                .contains("already running (process " + up().process().pid() + ")");
        assertThat(up().readiness().status()).isEqualTo(200);
    }

    @Test
    @Order(3)
    void doctorPrintsItsTableAndPasses() {
        var doctor = up().doctorCommand();

        int code = doctor.awaitExit(SHORT);

        assertThat(doctor.output()).contains("postgres.auth", "disk.space[STATE_ROOT_DIR]", "SUMMARY");
        if (Doctor.hasRoom(directory())) {
            assertThat(code).as(doctor.toString()).isZero();
        }
    }

    @Test
    @Order(3)
    void doctorWritesTheReport() {
        var doctor = up().doctorCommand("--json");

        int code = doctor.awaitExit(SHORT);

        var report = Doctor.of(doctor.output());
        assertThat(report.report().path("schema").asText()).isEqualTo("koda.report/v1");
        assertThat(report.ids("postgres", "pass")).hasSize(14);
        if (Doctor.hasRoom(directory())) {
            assertThat(report.troubles()).isEmpty();
            assertThat(code).isZero();
        }
    }

    @Test
    @Order(3)
    void serverAnswersProbesMetricsAndDoctor() {
        assertThat(up().health().text()).isEqualTo("{\"status\":\"pass\"}");
        assertThat(up().readiness().text()).isEqualTo("{\"status\":\"pass\",\"ready\":true}");
        assertThat(Http.get(up().url("/metrics")).text())
                .contains(
                        "koda_check_status{check=\"postgres.round-trip\"", "koda_build_info", "jvm_memory_used_bytes");
        assertThat(Http.get(up().url("/api/operations/doctor")).status()).isEqualTo(401);
        var doctor = up().doctor("");
        assertThat(doctor.status()).isEqualTo(200);
        if (Doctor.hasRoom(directory())) {
            assertThat(Doctor.of(doctor.text()).troubles()).isEmpty();
        }
    }

    @Test
    @Order(3)
    void doctorTakesLittleMemory() {
        long peak = up().doctorCommand("--json").peakMemoryBytes(SHORT);

        System.out.printf("doctor: at most %.1f MB of memory in use%n", peak / 1e6);
        assertThat(peak).isBetween(1L, MOST_MEMORY);
    }

    @Test
    @Order(3)
    void promtoolFindsNothingInTheMetrics() throws IOException {
        var metrics = Files.write(
                sandbox.root().resolve("metrics.txt"),
                Http.get(up().url("/metrics")).body());
        var check = List.of("sh", "-c", "command -v promtool || exit 127; promtool check metrics <" + metrics);
        try (var promtool = RealProcess.start(check, sandbox.root(), Map.of())) {
            int code = promtool.awaitExit(SHORT);

            var why = "there is no promtool to look at the metrics; ./verify --install brings it";
            if (code == 127) {
                System.out.println("skipped: " + why);
            }
            assumeTrue(code != 127, why);
            assertThat(code).as(promtool.toString()).isZero();
            assertThat(promtool.errors()).isEmpty();
        }
    }

    @Test
    @Order(4)
    void postgresRefusesAWrongPasswordAndSyncsToDisk() throws SQLException {
        var refused = catchThrowableOfType(
                SQLException.class, () -> up().connect("wrong").close());

        assertThat(refused.getSQLState()).isEqualTo("28P01");
        try (var connection = up().connect();
                var statement = connection.createStatement()) {
            var fsync = statement.executeQuery("SHOW fsync");
            assertThat(fsync.next()).isTrue();
            assertThat(fsync.getString(1)).isEqualTo("on");
            statement.execute("CREATE TABLE kept (words text)");
            statement.execute("INSERT INTO kept VALUES ('still here')");
        }
    }

    @Test
    @Order(4)
    void nothingIsOpenToOthers() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(up().envFile())))
                .isEqualTo("rw-------");
        // Programs that were unpacked hold nothing; they cannot be reached past the directory either.
        try (var files = Files.walk(directory())) {
            assertThat(files.filter(file -> !file.startsWith(directory().resolve("postgres-binaries")))
                            .filter(EmbeddedDefaultIT::isOpen))
                    .isEmpty();
        }
    }

    private static boolean isOpen(Path file) {
        try {
            return Files.getPosixFilePermissions(file).stream()
                    .map(PosixFilePermission::name)
                    .anyMatch(name -> !name.startsWith("OWNER"));
        } catch (IOException deletedMeanwhile) {
            return false;
        }
    }

    @Test
    @Order(5)
    void ctrlCEndsEverythingAndKeepsTheData() {
        long begin = System.nanoTime();
        up().process().signal("INT");

        assertThat(up().process().awaitExit(SHORT)).isEqualTo(CTRL_C);
        System.out.printf(
                "Ctrl-C: ended after %d ms%n",
                Duration.ofNanos(System.nanoTime() - begin).toMillis());
        assertThat(Leftovers.in(directory())).isEmpty();
        assertThat(up().health().status()).isZero();
        assertThat(up().process().errors()).doesNotContain("did not end in order");
    }

    @Test
    @Order(6)
    void secondStartIsReadyInThreeSeconds() throws SQLException {
        var took = readyAgain();
        if (took.compareTo(SECOND_START) >= 0) {
            // Once more: the machine may have had other work to do.
            up().awaitUp();
            ctrlCEndsEverythingAndKeepsTheData();
            took = readyAgain();
        }

        assertThat(took).isLessThan(SECOND_START);
        up().awaitUp();
        try (var connection = up().connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT words FROM kept")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("still here");
        }
    }

    private static Duration readyAgain() {
        running = RunningStack.start(sandbox, directory(), up().port(), "2s");
        Within.limit(SHORT, "ready", () -> up().readiness().status() == 200);
        var took = up().process().age();
        System.out.printf("second start: ready after %d ms%n", took.toMillis());
        return took;
    }

    @Test
    @Order(7)
    void sigtermEndsEverything() {
        up().process().signal("TERM");

        assertThat(up().process().awaitExit(SHORT)).isEqualTo(143);
        assertThat(Leftovers.in(directory())).isEmpty();
    }
}
