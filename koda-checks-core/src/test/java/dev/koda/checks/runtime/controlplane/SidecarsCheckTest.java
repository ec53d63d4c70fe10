package dev.koda.checks.runtime.controlplane;

import static dev.koda.checks.runtime.controlplane.StandInControlPlane.sidecar;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckResult;
import dev.koda.checks.Status;
import dev.koda.checks.TimeSource;
import dev.koda.checks.network.HostPort;
import dev.koda.checks.network.TimeLimits;
import dev.koda.checks.testing.EngineRun;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SidecarsCheckTest {
    private static final TimeLimits LIMITS = PlatformNetworkChecks.SIDECAR_SLOW;

    private final StandInControlPlane koda = new StandInControlPlane();
    private final Vertx vertx = Vertx.vertx();

    @TempDir
    Path directory;

    @AfterEach
    void close() {
        koda.close();
        vertx.close();
    }

    private CheckResult listed(String name, TimeLimits limits) {
        return koda.result(PlatformNetworkChecks.sidecar(name, koda.options, limits, koda.http()));
    }

    private CheckResult at(URI url) {
        var target = new HostPort(url.getHost(), url.getPort());
        return EngineRun.result(
                PlatformNetworkChecks.sidecar("memory", target, LIMITS, () -> vertx, TimeSource.system()));
    }

    private static CheckResult at(Path socket) {
        return EngineRun.result(PlatformNetworkChecks.sidecar(
                "runtime-kernel", socket, "RUNTIME_KERNEL_SOCKET", LIMITS, TimeSource.system()));
    }

    private static void expect(CheckResult result, Status status, String reason) {
        assertThat(result.status()).as(result.message()).isEqualTo(status);
        assertThat(String.valueOf(result.reason())).as(result.message()).isEqualTo(reason);
    }

    @ParameterizedTest(name = "ok {0} in {1} ms with {2} is {3} {4}")
    @CsvSource({
        "true, 3, null, PASS, null",
        "true, 500, null, PASS, null",
        "true, 501, null, WARN, slow",
        "false, 1000, '\"timeout\"', FAIL, timeout",
        "false, 12, '\"s3cret text of gRPC\"', FAIL, unreachable",
        "false, 12, null, FAIL, unreachable"
    })
    void judgesWhatTheControlPlaneSays(boolean isOk, int latency, String error, Status status, String reason) {
        koda.sidecars = "[" + sidecar("security", true, 1, "null") + ","
                + sidecar("runtime_kernel", isOk, latency, error) + "]";

        var result = listed("runtime-kernel", LIMITS);

        expect(result, status, reason);
        assertThat(result.message()).contains("runtime-kernel").doesNotContain("s3cret");
        assertThat(result.id()).hasToString("runtime.sidecars[runtime-kernel]");
    }

    @Test
    void takesItsLimitFromTheOptions() {
        koda.sidecars = "[" + sidecar("memory", true, 300, "null") + "]";

        expect(listed("memory", new TimeLimits(Duration.ofMillis(100), Duration.ofMillis(200))), Status.FAIL, "slow");
    }

    @Test
    void skipsOneThatIsNotListed() {
        koda.sidecars = "[" + sidecar("security", true, 1, "null") + "]";
        var report = koda.report(PlatformNetworkChecks.sidecar("memory", koda.options, LIMITS, koda.http()));

        assertThat(report.skipped())
                .anyMatch(skipped -> skipped.why().equals("the control plane does not list memory"));
    }

    @Test
    void connectsToAnAddress() {
        expect(at(koda.loopback.tcp(socket -> {})), Status.PASS, "null");
        expect(at(koda.loopback.refused()), Status.FAIL, "connection_refused");
    }

    @Test
    void connectsToASocket() throws IOException {
        var path = directory.resolve("kernel.sock");
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));

            expect(at(path), Status.PASS, "null");
        }
        assertThat(path).exists();
        expect(at(path), Status.FAIL, "connection_refused");
    }

    @Test
    void saysThatASocketIsNotThere() throws IOException {
        expect(at(directory.resolve("none.sock")), Status.FAIL, "missing");
        assertThat(at(directory.resolve("none.sock")).outcome().hint()).contains("RUNTIME_KERNEL_SOCKET");
        expect(at(Files.createFile(directory.resolve("a-file"))), Status.FAIL, "connection_refused");
    }
}
