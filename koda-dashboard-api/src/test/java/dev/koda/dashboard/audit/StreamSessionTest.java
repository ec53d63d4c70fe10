package dev.koda.dashboard.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.testing.VirtualTime;
import dev.koda.dashboard.http.Gate;
import dev.koda.dashboard.http.Operation;
import dev.koda.dashboard.http.PlainHttp;
import dev.koda.dashboard.sessions.Surface;
import dev.koda.dashboard.store.Eventually;
import dev.koda.dashboard.store.OperationsDatabase;
import dev.koda.dashboard.store.OperationsStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stream lasts as long as the credential it was opened with, on a time that the test moves. */
class StreamSessionTest {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** Two readings of the surface, the one of the log, the heartbeat of a stream and the question whether it may stay. */
    private static final int AT_REST = 5;

    private final VirtualTime time = new VirtualTime();
    private final AtomicReference<Gate> gate = new AtomicReference<>();
    private OperationsDatabase database;
    private OperationsStore store;
    private Surface surface;
    private String token;

    @BeforeEach
    void serve() {
        database = OperationsDatabase.migrated();
        store = database.store();
        var route = new StreamRoute(new LogReader(store), time, gate::get);
        surface = Surface.on(
                database,
                time,
                Operation.read("streamAudit", "/audit/stream", route).taking(StreamRoute.PARAMETERS));
        gate.set(surface.sessions.gate());
        token = surface.add("alice", "viewer");
    }

    @AfterEach
    void stop() {
        surface.close();
        store.close();
        database.close();
    }

    /** What a stream says until it ends. */
    private CompletableFuture<String> watch(String... headers) throws IOException, InterruptedException {
        var answer = PlainHttp.client()
                .send(
                        HttpRequest.newBuilder(URI.create(surface.base() + "/audit/stream"))
                                .headers(headers)
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        return CompletableFuture.supplyAsync(() -> read(answer.body()));
    }

    private static String read(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "broken";
        }
    }

    /** Moves the time in steps of a second or some more, and waits each time until the database has answered. */
    private void pass(Duration length, CompletableFuture<String> stream) {
        long steps = Math.min(30, length.toSeconds());
        for (long i = 0; i < steps && !stream.isDone(); i++) {
            surface.advance(length.dividedBy(steps));
            Eventually.holds(Surface.LIMIT, () -> stream.isDone() || time.pendingTimers() >= AT_REST);
        }
    }

    private static void assertEnded(CompletableFuture<String> stream) {
        Eventually.holds(Surface.LIMIT, stream::isDone);
        assertThat(stream.join()).contains("event: bye", "session_ended");
    }

    @Test
    void loggingOutEndsTheStreamsOfTheSession() throws Exception {
        var session = surface.logIn("alice", token);
        var other = surface.logIn("alice", token);
        var stream = watch("Cookie", session.cookie());
        var stays = watch("Cookie", other.cookie());

        surface.send("DELETE", "/session", "", session.headersToAct());
        pass(LONGEST, stream);

        assertEnded(stream);
        assertThat(stays).isNotDone();
    }

    @Test
    void revokingAnOperatorEndsTheirStreams() throws Exception {
        var stream = watch(Surface.bearer(token));

        surface.send("DELETE", "/operators/alice", "", Surface.breakGlass());
        pass(LONGEST, stream);

        assertEnded(stream);
    }

    @Test
    void aRevocationAtAnotherServerDoesToo() throws Exception {
        try (var other = Surface.on(database)) {
            var session = surface.logIn("alice", token);
            var stream = watch("Cookie", session.cookie());

            other.send("DELETE", "/operators/alice", "", Surface.breakGlass());
            pass(LONGEST, stream);

            assertEnded(stream);
        }
    }

    @Test
    void watchingIsNoActivity() throws Exception {
        var session = surface.logIn("alice", token);
        var stream = watch("Cookie", session.cookie());

        pass(Duration.ofMinutes(29), stream);
        assertThat(stream).isNotDone();
        pass(Duration.ofSeconds(90), stream);

        assertEnded(stream);
    }

    @Test
    void whoAsksSomethingElseMeanwhileStays() throws Exception {
        var session = surface.logIn("alice", token);
        var stream = watch("Cookie", session.cookie());

        pass(Duration.ofMinutes(20), stream);
        surface.get("/look", "Cookie", session.cookie());
        pass(Duration.ofMinutes(20), stream);

        assertThat(stream).isNotDone();
    }
}
