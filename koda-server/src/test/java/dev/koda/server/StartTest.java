package dev.koda.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckSpec;
import dev.koda.checks.Outcome;
import dev.koda.checks.Service;
import dev.koda.checks.Suite;
import dev.koda.checks.TimeSource;
import dev.koda.checks.runtime.RuntimeChecks;
import dev.koda.checks.testing.StubCheck;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
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

    @Test
    void saysThatNoCheckIsThereForTheProbeToAnswerFrom() {
        var options = ServerOptions.loopback(0, new Service("koda", null, null));
        var check = CheckSpec.of("own.alone").in(Suite.DOCTOR).run(StubCheck.answering(Outcome.pass("is there")));
        ServerChecks checks = (engine, own) -> engine.check(check);

        assertThat(vertx.deployVerticle(KodaServer.of(options, TimeSource.system(), checks))
                        .toCompletionStage())
                .failsWithin(Duration.ofSeconds(20))
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOf(IllegalArgumentException.class)
                .withMessageContaining("suite readiness")
                .withMessageContaining("RuntimeChecks.inProcess");
    }

    @Test
    void needsNoOtherSuite() throws Exception {
        var options = ServerOptions.loopback(0, new Service("koda", null, null));
        var check = CheckSpec.of("own.alone").in(Suite.READINESS).run(StubCheck.answering(Outcome.pass("is there")));
        ServerChecks checks = (engine, own) -> engine.check(check);

        assertThat(vertx.deployVerticle(KodaServer.of(options, TimeSource.system(), checks))
                        .toCompletionStage())
                .succeedsWithin(Duration.ofSeconds(20));
    }
}
