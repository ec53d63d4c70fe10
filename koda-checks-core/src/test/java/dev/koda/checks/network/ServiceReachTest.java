package dev.koda.checks.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.Check;
import dev.koda.checks.CheckResult;
import dev.koda.checks.CheckSpec;
import dev.koda.checks.Reason;
import dev.koda.checks.Status;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.testing.EngineRun;
import dev.koda.checks.testing.Loopback;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A connection to a port, and the look-up of a name. */
class ServiceReachTest {
    private final Loopback loopback = new Loopback();
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        loopback.close();
        vertx.close();
    }

    @Test
    void connectsToAnOpenPort() {
        var url = loopback.tcp(socket -> {});

        var result = tcp("127.0.0.1", url.getPort());

        assertThat(result.status()).isEqualTo(Status.PASS);
        assertThat(result.message()).isEqualTo("127.0.0.1:" + url.getPort() + " accepts connections");
    }

    @Test
    void tellsAClosedPort() {
        assertThat(tcp("127.0.0.1", loopback.refused().getPort()).reason()).isEqualTo(new Reason("connection_refused"));
    }

    @Test
    void tellsAPortThatGivesNoAnswerBeforeTheEngineDoes() throws Exception {
        var address = InetAddress.getLoopbackAddress();
        var waiting = new ArrayList<Socket>();
        try (var full = new ServerSocket(0, 1, address)) {
            // The queue of what nobody accepts holds few; the next one hears nothing.
            for (int i = 0; i < 4; i++) {
                var socket = new Socket();
                waiting.add(socket);
                connectBriefly(socket, full);
            }

            var result = tcp("127.0.0.1", full.getLocalPort());

            assertThat(result.reason()).isEqualTo(new Reason("timeout"));
            assertThat(result.message()).contains("gives no answer in time, limit ");
        } finally {
            for (var socket : waiting) {
                socket.close();
            }
        }
    }

    private static void connectBriefly(Socket socket, ServerSocket server) {
        try {
            socket.connect(server.getLocalSocketAddress(), 100);
        } catch (java.io.IOException queueIsFull) {
            // So it should be.
        }
    }

    @Test
    void findsAName() {
        var result = dns(vertx, "localhost", Set.of());

        assertThat(result.status()).isEqualTo(Status.PASS);
        assertThat(result.message()).startsWith("localhost leads to ");
    }

    @Test
    void missesAnAddressThatANameShouldHave() {
        var result = dns(vertx, "localhost", Set.of("192.0.2.1"));

        assertThat(result.reason()).isEqualTo(new Reason("dns_unexpected"));
        assertThat(result.message()).endsWith("expected 192.0.2.1");
        assertThat(dns(vertx, "127.0.0.1", Set.of("127.0.0.1")).status()).isEqualTo(Status.PASS);
    }

    @Test
    void tellsASilentNameServerBeforeTheEngineDoes() {
        var silent = vertx.createDatagramSocket();
        var listening = silent.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture();
        listening.join();
        var options = new AddressResolverOptions()
                .setServers(List.of("127.0.0.1:" + silent.localAddress().port()));
        var other = Vertx.vertx(new VertxOptions().setAddressResolverOptions(options));
        try {
            assertThat(dns(other, "nobody.example", Set.of()).reason()).isEqualTo(new Reason("dns_timeout"));
        } finally {
            other.close();
        }
    }

    @Test
    void writesAnAddressInBrackets() {
        assertThat(new HostPort("::1", 53)).hasToString("[::1]:53");
    }

    private CheckResult tcp(String host, int port) {
        return run(ServiceChecks.tcp(new HostPort(host, port), TimeLimits.NONE, () -> vertx, TimeSource.system()));
    }

    private CheckResult dns(Vertx on, String host, Set<String> addresses) {
        return run(ServiceChecks.dns(host, addresses, TimeLimits.NONE, () -> on, TimeSource.system()));
    }

    private static CheckResult run(Check check) {
        return EngineRun.result(CheckSpec.of("legacy.queue")
                .in(Suite.DOCTOR)
                .timeout(Duration.ofSeconds(1))
                .run(check));
    }
}
