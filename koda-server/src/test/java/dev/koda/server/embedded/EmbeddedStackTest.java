package dev.koda.server.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koda.checks.TimeSource;
import dev.koda.checks.settings.EnvFile;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real services, on one directory: all but the first test start on existing data. */
class EmbeddedStackTest {
    private static final Duration RESTART_DELAY = Duration.ofMillis(200);

    private static final Duration POLL = Duration.ofMillis(20);

    @TempDir
    static Path temporary;

    private @Nullable EmbeddedStack stack;

    @AfterEach
    void leaveNothingBehind() throws Exception {
        stop();
    }

    @Test
    void keepsTheDataOfBothServicesOverAStopAndAStart() throws Exception {
        var directory = begin();
        sql(directory, "CREATE TABLE kept AS SELECT 42 AS answer");

        stop();

        assertThat(Postmaster.on(directory.postgres())).isEmpty();
        assertThat(answers(setting(directory, "KNOWLEDGE_V2_S3_ENDPOINT_URL"))).isFalse();

        begin();

        assertThat(sql(directory, "SELECT answer FROM kept")).isEqualTo("42");
        assertThat(directory.objects().resolve("koda-objects")).isDirectory();
    }

    @Test
    void isSafeAgainstAPowerCutAndGivesTheRoleNoMoreThanItNeeds() throws Exception {
        var directory = begin();

        assertThat(sql(directory, "SHOW fsync")).isEqualTo("on");
        assertThat(sql(directory, "SHOW synchronous_commit")).isEqualTo("on");
        assertThat(sql(directory, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(sql(directory, "SELECT rolsuper::text FROM pg_roles WHERE rolname = current_user"))
                .isEqualTo("false");
        assertThat(sql(directory, "SELECT pg_has_role('pg_monitor', 'member')::text"))
                .isEqualTo("true");
        assertThat(sql(directory, "SELECT count(*)::text FROM pg_database WHERE datname = 'koda'"))
                .isEqualTo("1");
    }

    @Test
    void refusesAWrongPasswordForEveryRole() throws Exception {
        var directory = begin();
        int port = URI.create(setting(directory, "KNOWLEDGE_V2_POSTGRES_DSN")).getPort();

        for (var role : new String[] {"koda", "postgres"}) {
            assertThatThrownBy(() -> connect(port, role, "wrong"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refused -> assertThat(refused.getSQLState()).isEqualTo("28P01"));
        }
    }

    @Test
    void refusesAnUnsignedRequestToTheObjectStorage() throws Exception {
        var directory = begin();

        assertThat(status(setting(directory, "KNOWLEDGE_V2_S3_ENDPOINT_URL") + "/koda-objects"))
                .isEqualTo(403);
    }

    @Test
    void startsAKilledPostgresAgainAfterTheDelay() throws Exception {
        var directory = begin();
        var killed = Postmaster.on(directory.postgres()).orElseThrow();

        ProcessHandle.of(killed.pid()).orElseThrow().destroyForcibly();

        eventually(() -> Postmaster.on(directory.postgres())
                .filter(running -> running.pid() != killed.pid())
                .isPresent());
        eventually(() -> isAnswering(directory));
    }

    @Test
    void stopsThePostgresThatAKilledProcessLeftBehind() throws Exception {
        var directory = begin(Duration.ofDays(1));
        var orphan = Postmaster.on(directory.postgres()).orElseThrow();
        stack = null; // as if this process had been killed: nobody stops it

        // The port of the object storage is still held by this process, which is not killed.
        rewrite(directory, "KNOWLEDGE_V2_S3_ENDPOINT_URL");
        begin();

        assertThat(orphan.isRunning()).isFalse();
        assertThat(isAnswering(directory)).isTrue();
    }

    @Test
    void leavesNothingRunningWhenOneOfTheTwoCannotStart() throws Exception {
        var directory = begin();
        stop();
        int taken =
                URI.create(setting(directory, "KNOWLEDGE_V2_S3_ENDPOINT_URL")).getPort();

        try (var other = new ServerSocket(taken, 1, InetAddress.getLoopbackAddress())) {
            assertThat(other.isBound()).isTrue();
            assertThatThrownBy(this::begin)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("port " + taken + " of the embedded object storage is taken by process "
                            + ProcessHandle.current().pid());
        }

        assertThat(Postmaster.on(directory.postgres())).isEmpty();
    }

    @Test
    void beginsAgainWhereAFirstStartWasCutShort() throws Exception {
        var directory = begin();
        stop();
        Files.delete(directory.postgres().resolve("koda.complete"));
        Files.writeString(directory.postgres().resolve("postgresql.conf"), "half");

        begin();

        assertThat(isAnswering(directory)).isTrue();
    }

    @Test
    void breaksOffAStartAndLeavesNothingRunning() throws Exception {
        var directory = StateDirectory.open(temporary.resolve("state"));
        var next = EmbeddedStack.prepare(directory, OptionalInt.of(0), RESTART_DELAY, TimeSource.system(), news -> {});
        Files.deleteIfExists(directory.postgres().resolve("koda.complete"));
        Files.deleteIfExists(directory.postgres().resolve("PG_VERSION"));
        var started = next.start().toCompletableFuture();
        // initdb makes it, long before it is done.
        eventually(() -> Files.exists(directory.postgres().resolve("PG_VERSION")));

        done(next.stop());

        assertThat(ProcessHandle.current().descendants())
                .extracting(process -> process.info().command().orElse("ended"))
                .noneMatch(command -> command.startsWith(directory.binaries().toString()));
        assertThat(directory.postgres().resolve("koda.complete")).doesNotExist();
        assertThat(started).failsWithin(Duration.ofSeconds(15));
    }

    @Test
    void hangsWithAllItsProcessesUntilThePauseIsOver() throws Exception {
        var directory = begin();
        var postmaster = ProcessHandle.of(
                        Postmaster.on(directory.postgres()).orElseThrow().pid())
                .orElseThrow();
        var children = postmaster.children().toList();
        assertThat(children).isNotEmpty();

        try (var pause = PostgresPause.begin(directory)) {
            assertThat(pause).isNotNull();
            eventually(() -> isStopped(postmaster) && children.stream().allMatch(EmbeddedStackTest::isStopped));
        }

        eventually(() -> !isStopped(postmaster) && children.stream().noneMatch(EmbeddedStackTest::isStopped));
        assertThat(sql(directory, "SELECT 1")).isEqualTo("1");
    }

    /** As the kernel tells it behind the name, which is in brackets. */
    private static boolean isStopped(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"))
                    .contains(") T ");
        } catch (IOException ended) {
            return false;
        }
    }

    private StateDirectory begin() throws Exception {
        return begin(RESTART_DELAY);
    }

    private StateDirectory begin(Duration restartDelay) throws Exception {
        var directory = StateDirectory.open(temporary.resolve("state"));
        var next = EmbeddedStack.prepare(directory, OptionalInt.empty(), restartDelay, TimeSource.system(), news -> {});
        stack = next;
        done(next.start());
        return directory;
    }

    private void stop() throws Exception {
        var running = stack;
        stack = null;
        if (running != null) {
            done(running.stop());
        }
    }

    private static void done(CompletionStage<Void> stage) throws Exception {
        stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static void eventually(BooleanSupplier condition) throws TimeoutException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new TimeoutException("not within 20 s");
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private static boolean isAnswering(StateDirectory directory) {
        try {
            return sql(directory, "SELECT 1").equals("1");
        } catch (SQLException notYet) {
            return false;
        }
    }

    private static boolean answers(String url) {
        try {
            return status(url) > 0;
        } catch (IOException refused) {
            return false;
        }
    }

    private static int status(String url) throws IOException {
        var connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }

    private static String sql(StateDirectory directory, String sql) throws SQLException {
        int port = URI.create(setting(directory, "KNOWLEDGE_V2_POSTGRES_DSN")).getPort();
        try (var connection = connect(port, "koda", setting(directory, "POSTGRES_PASSWORD"));
                var statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            var result = statement.getResultSet();
            result.next();
            return result.getString(1);
        }
    }

    private static Connection connect(int port, String role, String password) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/koda", role, password);
    }

    private static String setting(StateDirectory directory, String name) {
        return EnvFile.read(directory.environment(), ignored -> null)
                .value(name)
                .orElseThrow();
    }

    private static void rewrite(StateDirectory directory, String withoutName) throws IOException {
        var kept = Files.readAllLines(directory.environment()).stream()
                .filter(line -> !line.startsWith(withoutName + "="))
                .toList();
        Files.write(directory.environment(), kept);
    }
}
