package dev.koda.checks.postgres;

import static dev.koda.checks.postgres.LadderRun.assertOnlyBroken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Status;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each thing that a server can say to a login is one reason on one rung. */
class PostgresLadderTest {
    private final PostgresServer server = PostgresServer.shared();

    @Test
    void passesOnEveryRungOfAHealthyServer() throws Exception {
        var report = LadderRun.report(server.options());

        assertThat(report.status()).as(() -> LadderRun.texts(report).toString()).isEqualTo(Status.PASS);
        assertThat(report.checks())
                .extracting(result -> result.id().name())
                .containsExactly(
                        "postgres.dns", "postgres.tcp", "postgres.tls", "postgres.auth", "postgres.round-trip");
    }

    @Test
    void saysWhatWasMeasured() throws Exception {
        var report = LadderRun.report(server.options());

        assertThat(LadderRun.result(report, "postgres.tcp").outcome().observed())
                .containsKey("connect");
        assertThat(LadderRun.result(report, "postgres.round-trip").outcome().observed())
                .containsKey("round_trip");
    }

    @ParameterizedTest
    @CsvSource({
        "outsider, koda, no_pg_hba",
        "nobody, koda, role_missing",
        "identified, koda, auth_rejected",
        "limited, koda, too_many_connections",
        "koda, absent, database_missing",
        "koda, locked, permission",
        "koda, closed, server_error",
    })
    void namesWhyTheServerLetsNobodyIn(String role, String database, String reason) throws Exception {
        var report = LadderRun.report(server.options(role, database));

        assertOnlyBroken(report, "postgres.auth", Status.FAIL, reason);
    }

    @Test
    void namesAMissingDatabaseAndShowsNoPassword() throws Exception {
        var report = LadderRun.report(server.options("koda", "absent"));

        assertThat(LadderRun.result(report, "postgres.auth").message())
                .contains("absent")
                .contains("3D000");
        assertThat(LadderRun.texts(report)).noneMatch(text -> text.contains(PostgresServer.PASSWORD));
    }

    @Test
    void asksForTlsOnlyWhereItWouldHelp() throws Exception {
        var report = LadderRun.report(server.options("tls_only").sslMode(SslMode.DISABLE));

        assertThat(report.skipped()).extracting(skipped -> skipped.id().name()).containsExactly("postgres.tls");
        var auth = LadderRun.result(report, "postgres.auth");
        assertThat(auth.reason()).hasToString("tls_required");
        assertThat(auth.outcome().hint()).contains("sslmode=require");
    }

    @Test
    void refusesAPortThatNobodyListensOn() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        var report = LadderRun.report(PostgresOptions.of("127.0.0.1", port, "koda", "koda", () -> ""));

        assertOnlyBroken(report, "postgres.tcp", Status.FAIL, "connection_refused");
    }

    @Test
    void timesOutWhereNobodyAnswersTheFirstPacket() throws Exception {
        var waiting = new ArrayList<Socket>();
        try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fill(full, waiting);
            var options = PostgresOptions.of("127.0.0.1", full.getLocalPort(), "koda", "koda", () -> "");

            var report = LadderRun.report(options);

            assertOnlyBroken(report, "postgres.tcp", Status.FAIL, "connect_timeout");
            assertThat(report.took()).isLessThan(Duration.ofMillis(3500));
        } finally {
            for (var socket : waiting) {
                socket.close();
            }
        }
    }

    /** As when a command loads its classes: wherever the pause falls, a second connection shows how fast the server is. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void doesNotHoldItsOwnPauseAgainstTheServer(int read) throws Exception {
        var options = server.options().timeout(Duration.ofSeconds(8));

        var report = new LadderRun(options, LadderRun.VERTX, new PausingTime(read)).ladder();

        assertThat(report.status()).as(() -> LadderRun.texts(report).toString()).isEqualTo(Status.PASS);
    }

    @Test
    void warnsWhenConnectingIsSlowTwice() throws Exception {
        var usual = PostgresThresholds.DEFAULT;
        var impatient = new PostgresThresholds(Duration.ofMillis(-1), usual.slowRoundTrip(), usual.deadRoundTrip());

        var report = LadderRun.report(server.options().thresholds(impatient));

        assertThat(report.status()).isEqualTo(Status.WARN);
        assertThat(LadderRun.result(report, "postgres.tcp").reason()).hasToString("slow");
        assertThat(LadderRun.result(report, "postgres.round-trip").status()).isEqualTo(Status.PASS);
    }

    /** With its queue of two full, the kernel drops what comes next. */
    private static void fill(ServerSocket server, List<Socket> waiting) throws Exception {
        for (int i = 0; i < 2; i++) {
            waiting.add(new Socket(server.getInetAddress(), server.getLocalPort()));
        }
    }

    @Test
    void saysWhichLimitWasCrossed() {
        var warn = Duration.ofMillis(500);
        var fail = Duration.ofSeconds(2);

        assertThat(Latency.judge("db answered", "round_trip", 10, warn, fail).message())
                .isEqualTo("db answered in 10 ms, limit 500 ms");
        assertThat(Latency.judge("db answered", "round_trip", 600, warn, fail).message())
                .isEqualTo("db answered in 600 ms, limit 500 ms");
        assertThat(Latency.judge("db answered", "round_trip", 2500, warn, fail).message())
                .isEqualTo("db answered in 2500 ms, limit 2000 ms");
    }

    @Test
    void triesEachAddressOfAName() throws Exception {
        var options = PostgresOptions.of("localhost", server.port(), "koda", "koda", () -> PostgresServer.PASSWORD);

        assertThat(LadderRun.report(options).status()).isEqualTo(Status.PASS);
    }
}
