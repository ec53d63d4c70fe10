package dev.koda.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Service;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.runtime.RuntimeChecks;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StartTest {
    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<Boolean> reached = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private static int freePort() throws IOException {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private CompletionStage<Outcome> reach(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            reached.add(socket.isConnected());
            return CompletableFuture.completedFuture(Outcome.pass("reached"));
        } catch (IOException e) {
            reached.add(false);
            return CompletableFuture.completedFuture(Outcome.fail("not reached"));
        }
    }

    @Test
    void theFirstChecksFindTheServerListening() throws Exception {
        int port = freePort();
        var options = ServerOptions.loopback(port, new Service("koda", null, null));
        var check = CheckSpec.of("own.port").in(Suite.DOCTOR).run(context -> reach(port));
        ServerChecks checks = (engine, own) ->
                engine.check(check).checks(RuntimeChecks.inProcess(own.gate(), own.loops(), own.lag()));

        var deployed = vertx.deployVerticle(KodaServer.of(options, TimeSource.system(), checks));

        assertThat(reached.poll(20, TimeUnit.SECONDS)).isTrue();
        assertThat(deployed.failed()).isFalse();
    }
}
