package dev.koda.checks.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Query;
import dev.koda.checks.Report;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.engine.CheckEngine;
import dev.koda.checks.settings.KodaSettings;
import dev.koda.checks.settings.Settings;
import dev.koda.checks.settings.SettingsSources;
import dev.koda.checks.testing.Loopback;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hint names the setting that an operator would correct. */
class SettingHintTest {
    private static final String PASSWORD = "Zk3mWq8vTn2xRb7pLc5d";

    private final Loopback loopback = new Loopback();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        loopback.close();
    }

    @Test
    void namesWhereAnAddressComesFrom() throws Exception {
        int port = loopback.refused().getPort();
        var report = report(
                List.of("dashboard.*", "control-plane.*", "runtime.readiness", "runtime.sidecars[memory]"),
                "WEB_PORT=" + port,
                "CONTROL_PLANE_PORT=" + port,
                "KODA_OPERATIONS_PORT=" + port,
                "MEMORY_GRPC_TARGET=127.0.0.1:" + port);

        assertThat(hint(report, "dashboard.reachable")).endsWith("; the address is that of WEB_PORT");
        assertThat(hint(report, "control-plane.reachable")).endsWith("; the address is that of CONTROL_PLANE_PORT");
        assertThat(hint(report, "runtime.readiness")).endsWith("; the address is that of KODA_OPERATIONS_PORT");
        assertThat(hint(report, "runtime.sidecars[memory]")).endsWith("; the address is that of MEMORY_GRPC_TARGET");
    }

    @Test
    void namesTheUrlWhereOneIsGiven() throws Exception {
        var url = loopback.refused();
        var report = report(
                List.of("dashboard.*", "control-plane.*", "runtime.readiness"),
                "WEB_PUBLIC_BASE_URL=" + url,
                "WEB_PORT=1",
                "CONTROL_PLANE_BASE_URL=" + url,
                "KODA_OPERATIONS_URL=" + url);

        assertThat(hint(report, "dashboard.reachable")).endsWith(" WEB_PUBLIC_BASE_URL");
        assertThat(hint(report, "control-plane.reachable")).endsWith(" CONTROL_PLANE_BASE_URL");
        assertThat(hint(report, "runtime.readiness")).endsWith(" KODA_OPERATIONS_URL");
    }

    /** The name inside the network is not what was asked. */
    @Test
    void saysThatADefaultIsOne() {
        var settings = Settings.load(SettingsSources.of(
                directory, Map.of("KODA_STACK", "koda", "CONTROL_PLANE_BASE_URL", "http://app:8090")));

        assertThat(new ControlPlane(settings).source()).isEqualTo("CONTROL_PLANE_PORT, which is not set");
    }

    @Test
    void namesWhereARejectedPasswordStands() throws Exception {
        int port = loopback.tcp(SettingHintTest::rejects).getPort();
        var auth = List.of("postgres.auth");

        var inDsn = report(
                auth, "KNOWLEDGE_V2_POSTGRES_DSN=postgresql://koda:" + PASSWORD + "@127.0.0.1:" + port + "/koda");
        assertThat(hint(inDsn, "postgres.auth")).endsWith("; the password is that of KNOWLEDGE_V2_POSTGRES_DSN");
        assertThat(hint(inDsn, "postgres.auth")).doesNotContain("POSTGRES_PASSWORD");
    }

    @Test
    void takesADerivedDsnForItsParts() {
        var settings = Settings.load(
                SettingsSources.of(directory, Map.of("KODA_STACK", "koda", "POSTGRES_PASSWORD", PASSWORD)));

        assertThat(SettingHint.source(settings, KodaSettings.KNOWLEDGE_V2_POSTGRES_DSN, KodaSettings.POSTGRES_PASSWORD))
                .isEqualTo("POSTGRES_PASSWORD");
    }

    /** A server without TLS that turns every role away. */
    private static void rejects(NetSocket socket) {
        socket.handler(bytes -> {
            boolean isSslRequest = bytes.length() == 8 && bytes.getInt(4) == 80_877_103;
            if (isSslRequest) {
                socket.write("N");
                return;
            }
            var fields = Buffer.buffer();
            for (var field : List.of("SFATAL", "VFATAL", "C28P01", "Mno", "Rauth_failed")) {
                fields.appendString(field).appendByte((byte) 0);
            }
            fields.appendByte((byte) 0);
            socket.end(Buffer.buffer("E").appendInt(fields.length() + 4).appendBuffer(fields));
        });
    }

    private static String hint(Report report, String id) {
        var result = report.checks().stream()
                .filter(check -> check.id().toString().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(result.status().isOk()).as(result.message()).isFalse();
        return String.valueOf(result.outcome().hint());
    }

    private Report report(List<String> only, String... lines) throws Exception {
        var file = Files.write(directory.resolve(".env"), Arrays.asList(lines));
        Files.writeString(file, "KODA_STACK=koda\n", StandardOpenOption.APPEND);
        var time = TimeSource.system();
        var settings = Settings.load(SettingsSources.of(directory, Map.of()).envFile(file));
        try (var clients = StackClients.of("host", "test", time);
                var engine = KodaStack.of(settings, clients, time, null)
                        .addTo(CheckEngine.builder().time(time))
                        .build()) {
            return engine.run(Query.of(Suite.DOCTOR).only(only).freshOnly())
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
        }
    }
}
