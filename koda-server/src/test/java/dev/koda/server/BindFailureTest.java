package dev.koda.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.koda.checks.Service;
import dev.koda.checks.TimeSource;
import dev.koda.checks.runtime.RuntimeChecks;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
}
