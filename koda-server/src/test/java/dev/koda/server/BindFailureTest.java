package dev.koda.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koda.checks.Service;
import dev.koda.checks.TimeSource;
import dev.koda.checks.runtime.RuntimeChecks;
import io.vertx.core.Vertx;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BindFailureTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private void start(ServerOptions options) throws Exception {
        ServerChecks checks =
                (engine, own) -> engine.checks(RuntimeChecks.inProcess(own.gate(), own.loops(), own.lag()));
        vertx.deployVerticle(KodaServer.of(options, TimeSource.system(), checks))
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    @Test
    void saysThatThePortIsTakenAndByWhat() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var options = ServerOptions.loopback(taken.getLocalPort(), new Service("koda", null, null));

            assertThatThrownBy(() -> start(options))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(BootException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort())
                    .hasMessageContaining("taken")
                    .hasMessageContaining("KODA_OPERATIONS_PORT");
        }
        assertThat(vertx.deploymentIDs()).isEmpty();
    }

    @Test
    void saysThatTheMachineHasNoSuchAddress() {
        var options = ServerOptions.loopback(0, new Service("koda", null, null)).host("192.0.2.1");

        assertThatThrownBy(() -> start(options))
                .cause()
                .isInstanceOf(BootException.class)
                .hasMessageContaining("no such address");
    }

    @ParameterizedTest
    @CsvSource({
        "Permission denied,may not use that port",
        "Operation not permitted,may not use that port",
        "Address already in use,the port is taken",
        "Cannot assign requested address,no such address",
        "Too many open files,the system refused (Too many open files)",
        "Protocol family unavailable,the system refused (Protocol family unavailable)"
    })
    void tellsApartWhatTheSystemSays(String text, String expected) {
        var options = ServerOptions.loopback(80, new Service("koda", null, null));

        assertThat(BindFailure.message(options, Optional.empty(), new SocketException(text)))
                .contains(expected);
        assertThat(BindFailure.message(options, Optional.empty(), new BindException(text)))
                .contains(expected);
    }
}
