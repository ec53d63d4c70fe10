package dev.koda.checks.docker;

import dev.koda.checks.Check;
import dev.koda.checks.CheckContext;
import dev.koda.checks.Outcome;
import dev.koda.checks.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Do all services of a compose project run as they should? */
final class ComposeServicesCheck implements Check {
    private final DockerEngine engine;
    private final ComposeProject project;
    private final TimeSource time;

    ComposeServicesCheck(DockerEngine engine, ComposeProject project, TimeSource time) {
        this.engine = engine;
        this.project = project;
        this.time = time;
    }

    @Override
    public CompletionStage<Outcome> run(CheckContext context) {
        return engine.containers(context, project.name(), DockerChecks.LIMIT)
                .thenCompose(containers -> context.blocking(() -> ComposeFile.first(project.files()))
                        .thenApply(file -> judge(containers, file)))
                .exceptionallyCompose(failure -> unanswered(DockerException.faultOf(failure), context));
    }

    private Outcome judge(List<Container> containers, ComposeFile file) {
        if (containers.isEmpty()) {
            return nothingRuns(file);
        }
        return new ServiceJudge(project, project.start(file.path()), time.now()).all(containers, file.wanted());
    }

    private Outcome nothingRuns(ComposeFile file) {
        var said = "Docker has no container of compose project " + project.name();
        return project.isDeclared() || file.path() != null
                ? Outcome.fail(said + ": the stack is down, or its project has another name")
                        .reason("service_missing")
                        .hint("start it: " + project.start(file.path())
                                + "; or set COMPOSE_PROJECT_NAME to the name that docker compose ls shows")
                : Outcome.skipped(said);
    }

    private CompletionStage<Outcome> unanswered(DockerFault fault, CheckContext context) {
        return switch (fault) {
            case NO_SOCKET ->
                CompletableFuture.completedStage(
                        Outcome.skipped("there is no Docker socket at " + engine.socket() + " on this host"));
            case PERMISSION -> context.blocking(() -> notAllowed(groupOf(engine.socket())));
            case REFUSED ->
                CompletableFuture.completedStage(Outcome.fail("nobody answers at the Docker socket " + engine.socket())
                        .reason("connection_refused")
                        .hint("start Docker, such as with: sudo systemctl start docker"));
            case TIMEOUT ->
                CompletableFuture.completedStage(
                        Outcome.fail("Docker gave no answer within " + DockerChecks.LIMIT.toSeconds() + " s")
                                .reason("timeout")
                                .hint("see the load of this host and the log of Docker: journalctl -u docker"));
            case UNEXPECTED ->
                CompletableFuture.completedStage(
                        Outcome.fail("what answers at " + engine.socket() + " is not the Docker Engine API")
                                .reason("unexpected_answer")
                                .hint("correct DOCKER_HOST, or see the log of Docker: journalctl -u docker"));
        };
    }

    /** Not a failure of the services: another user may see that they run. */
    private Outcome notAllowed(String group) {
        var remedy = group.equals("root")
                ? "run the doctor with sudo"
                : "run the doctor with sudo, or let this user in: sudo usermod -aG " + group
                        + " \"$USER\", and sign in again";
        return Outcome.warn("this user may not ask Docker at " + engine.socket() + ", which belongs to group " + group)
                .reason("permission")
                .hint(remedy);
    }

    private static String groupOf(Path socket) throws IOException {
        return Files.readAttributes(socket, PosixFileAttributes.class).group().getName();
    }
}
