package dev.koda.checks.docker;

import static dev.koda.checks.docker.DockerFixture.PROJECT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.koda.checks.CheckResult;
import dev.koda.checks.Observed;
import dev.koda.checks.Reason;
import dev.koda.checks.Report;
import dev.koda.checks.Status;
import dev.koda.checks.TimeSource;
import dev.koda.checks.testing.DockerStandIn.Box;
import dev.koda.checks.testing.EngineRun;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComposeServicesCheckTest {
    private static final DockerFixture FIXTURE = new DockerFixture();
    private static final ComposeProject KODA = ComposeProject.of(PROJECT);

    private final Instant now = TimeSource.system().now();

    @AfterAll
    static void close() {
        FIXTURE.close();
    }

    private static Box box(String service) {
        return Box.of(PROJECT, service);
    }

    private static Report report(ComposeProject project) {
        return EngineRun.report(List.of(FIXTURE.check(project)));
    }

    private static CheckResult run(Box... boxes) {
        FIXTURE.docker.holds(boxes);
        return report(KODA).checks().get(0);
    }

    private static void assertIs(CheckResult result, Status status, String reason, String message) {
        assertThat(result.message()).isEqualTo(message);
        assertThat(result.status()).isEqualTo(status);
        assertThat(result.reason()).isEqualTo(new Reason(reason));
        assertThat(result.outcome().hint()).isNotBlank();
    }

    @Test
    void servicesThatRunAndOneThatHasDoneItsWorkAreAsTheyShouldBe() {
        var result = run(
                box("app"),
                box("memory").health(null),
                box("init").state("exited", 0).restartPolicy("no"));

        assertThat(result.message())
                .isEqualTo("3 services of compose project koda are as they should be; without a health check: memory");
        assertThat(result.status()).isEqualTo(Status.PASS);
        assertThat(result.outcome().observed()).containsEntry("running", new Observed(2L, "containers"));
    }

    @Test
    void onlyTheProjectIsLookedAtAndNotWhatSomebodyRunsOnceInIt() {
        var result = run(
                box("app"),
                Box.of("other", "web").state("dead", 1),
                box("app").once().state("exited", 3));

        assertThat(result.message()).isEqualTo("1 service of compose project koda is as it should be");
    }

    @Test
    void whatIsRemovedWhileWeAskIsNoFault() {
        assertThat(run(box("app"), box("old").gone()).status()).isEqualTo(Status.PASS);
    }

    @ParameterizedTest
    @CsvSource({
        "exited,   3, service_exited,      app has ended with code 3",
        "exited,   0, service_exited,      app has ended with code 0",
        "restarting, 1, service_restarting, 'app is being restarted, after it ended with code 1'",
        "dead,     1, service_dead,        app is dead: Docker could not remove it",
        "paused,   0, service_paused,      app is paused",
        "created,  0, service_not_started, app was made and never started",
        "removing, 0, service_exited,      app is neither running nor ended"
    })
    void whatDoesNotRunFails(String state, int code, String reason, String message) {
        assertIs(run(box("app").state(state, code), box("web")), Status.FAIL, reason, message);
    }

    @Test
    void anUnhealthyServiceFailsAndTheHintShowsHowToSeeWhy() {
        var result = run(box("app").health("unhealthy"));

        assertIs(result, Status.FAIL, "service_unhealthy", "app is unhealthy");
        assertThat(result.outcome().hint()).contains("docker logs --tail 50 koda-app-1");
    }

    /** 20 s of start period and 30 s until it is asked for the first time. */
    @Test
    void aServiceMayStartForItsStartPeriodAndNoLonger() {
        assertThat(run(box("app").health("starting").startedAt(now.minusSeconds(30)))
                        .status())
                .isEqualTo(Status.PASS);

        var late = run(box("app").health("starting").startedAt(now.minusSeconds(90)));
        assertThat(late.reason()).isEqualTo(new Reason("service_starting"));
        assertThat(late.status()).isEqualTo(Status.WARN);
        assertThat(late.message()).startsWith("app is still starting after 9").endsWith(" s, expected 50 s");
    }

    @Test
    void oneThatWasKilledForWantOfMemoryFailsAndOneThatLostAProcessWarns() {
        assertIs(
                run(box("app").state("exited", 137).outOfMemory()),
                Status.FAIL,
                "oom_killed",
                "app was killed by the kernel for want of memory");
        assertIs(
                run(box("app").outOfMemory()),
                Status.WARN,
                "oom_killed",
                "app runs, but the kernel has killed a process in it for want of memory");
    }

    @ParameterizedTest
    @CsvSource({"2, PASS", "3, WARN", "9, WARN", "10, FAIL"})
    void restartsCountForAnHour(int count, Status status) {
        var recent = run(box("app").restarts(count).startedAt(now.minus(Duration.ofMinutes(50))));

        assertThat(recent.status()).isEqualTo(status);
        assertThat(recent.reason()).isEqualTo(status == Status.PASS ? null : new Reason("many_restarts"));
        assertThat(run(box("app").restarts(count).startedAt(now.minus(Duration.ofMinutes(70))))
                        .status())
                .isEqualTo(Status.PASS);
    }

    @Test
    void theLimitsOfRestartsCanBeSet() {
        FIXTURE.docker.holds(box("app").restarts(2).startedAt(now.minusSeconds(60)));

        assertThat(report(KODA.restarts(1, 2)).checks().get(0).status()).isEqualTo(Status.FAIL);
    }

    @Test
    void theWorstServicesAreNamedFirst() {
        var result = run(
                box("a").health("starting").startedAt(now.minusSeconds(3600)), box("b"), box("c").state("exited", 1));

        assertThat(result.message()).startsWith("c has ended with code 1; a is still starting after 36");
        assertThat(result.reason()).isEqualTo(new Reason("service_exited"));
        assertThat(result.outcome().observed()).containsEntry("not_as_they_should", new Observed(2L, "containers"));
    }

    @Test
    void whatOthersDependOnIsMissed() {
        var result = run(
                box("app")
                        .needs(
                                "postgres:service_healthy:false,init:service_completed_successfully:false,memory:service_started:true"));

        assertIs(result, Status.FAIL, "service_missing", "memory has no container; postgres has no container");
        assertThat(result.outcome().hint()).isEqualTo("start it: docker compose -p koda start");
    }

    @Test
    void whatTheComposeFileNamesIsMissed() throws Exception {
        var file = composeFile("services: {app: {}, web: {}}");
        FIXTURE.docker.holds(box("app").needs("memory:service_started:false"));

        var project = KODA.in(FIXTURE.directory, List.of(Path.of("/nowhere"), file), List.of(Path.of("/a b/.env")));
        var result = report(project).checks().get(0);

        assertIs(result, Status.FAIL, "service_missing", "web has no container");
        assertThat(result.outcome().hint())
                .isEqualTo("start it: docker compose -p koda --project-directory " + FIXTURE.directory
                        + " --env-file '/a b/.env' -f " + file + " up -d");
    }

    @Test
    void aProjectWithoutAnyContainerFailsIfSomebodySaidThatItRunsHere() throws Exception {
        FIXTURE.docker.holds();
        var file = composeFile("services: {app: {}}");

        assertThat(report(KODA).skipped().get(0).why()).isEqualTo("Docker has no container of compose project koda");
        for (var project : List.of(KODA.declared(), KODA.in(FIXTURE.directory, List.of(file), List.of()))) {
            assertIs(
                    report(project).checks().get(0),
                    Status.FAIL,
                    "service_missing",
                    "Docker has no container of compose project koda: the stack is down, or its project has another name");
        }
    }

    @Test
    void withoutASocketItDoesNotApply() {
        var socket = FIXTURE.directory.resolve("none.sock");
        var check = DockerChecks.composeServices(FIXTURE.engine(socket), KODA, TimeSource.system());

        assertThat(EngineRun.report(List.of(check)).skipped().get(0).why())
                .isEqualTo("there is no Docker socket at " + socket + " on this host");
    }

    @Test
    void aSocketWhereNobodyListensFails() throws Exception {
        var socket = Files.createFile(FIXTURE.directory.resolve("stale.sock"));
        try {
            var check = DockerChecks.composeServices(FIXTURE.engine(socket), KODA, TimeSource.system());

            assertIs(
                    EngineRun.result(check),
                    Status.FAIL,
                    "connection_refused",
                    "nobody answers at the Docker socket " + socket);
        } finally {
            Files.delete(socket);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]x", "{\"message\":\"no\"}", ""})
    void whatIsNotTheAnswerOfDockerFails(String body) {
        assertUnexpected(request -> request.response().end(body));
    }

    @Test
    void anErrorATooLongAnswerAndAClosedConnectionFail() {
        assertUnexpected(request -> request.response().setStatusCode(500).end("[]"));
        assertUnexpected(request -> request.response().end("[" + " ".repeat(DockerEngine.MAX_BODY_BYTES) + "]"));
        assertUnexpected(request -> request.connection().close());
    }

    @Test
    void whatSpeaksNoHttpFails() throws Exception {
        var socket = FIXTURE.directory.resolve("other.sock");
        NetServer server = FIXTURE.vertx
                .createNetServer()
                .connectHandler(peer -> peer.handler(said -> peer.write("SSH-2.0-something\r\n\r\n")));
        server.listen(SocketAddress.domainSocketAddress(socket.toString()))
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);

        var check = DockerChecks.composeServices(FIXTURE.engine(socket), KODA, TimeSource.system());

        assertThat(EngineRun.result(check).reason()).isEqualTo(new Reason("unexpected_answer"));
    }

    @Test
    void silenceIsATimeoutOfItsOwn() {
        FIXTURE.docker.answers(request -> {});

        assertIs(report(KODA).checks().get(0), Status.FAIL, "timeout", "Docker gave no answer within 4 s");
    }

    private void assertUnexpected(Consumer<HttpServerRequest> answer) {
        FIXTURE.docker.answers(answer);

        assertIs(
                report(KODA).checks().get(0),
                Status.FAIL,
                "unexpected_answer",
                "what answers at " + FIXTURE.socket() + " is not the Docker Engine API");
    }

    @BeforeEach
    void answerAsDocker() {
        FIXTURE.docker.answersAsDocker();
    }

    private static Path composeFile(String yaml) throws IOException {
        return Files.writeString(FIXTURE.directory.resolve("compose.yaml"), yaml);
    }
}
