package dev.koda.checks.docker;

import dev.koda.checks.CheckContext;
import dev.koda.checks.docker.Location.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Finds where this host reaches a service whose name resolves in its compose network alone: at a published port, else at
 * the container's own address, if the gateway of its network is this host. Thread-safe, never blocks the caller.
 */
public final class ServiceLocator {
    /** Docker answers in some milliseconds, but in a process that has just started the client is loaded on the way. */
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final DockerEngine engine;
    private final String project;

    private ServiceLocator(DockerEngine engine, String project) {
        this.engine = engine;
        this.project = project;
    }

    /** For the services of this compose project. Opens nothing. */
    public static ServiceLocator of(DockerEngine engine, String project) {
        return new ServiceLocator(engine, project);
    }

    /**
     * Where this host reaches it; never fails for a reason of Docker's. Checks of one evaluation share the answer.
     *
     * @param port the one inside the network
     */
    public CompletionStage<Location> locate(CheckContext context, String service, int port) {
        var half = context.ioTimeout().dividedBy(2);
        var limit = half.compareTo(LIMIT) < 0 ? half : LIMIT;
        return context.shared(
                        "docker " + project + " " + service, () -> engine.containers(context, project, service, limit))
                .thenCompose(containers -> context.blocking(() -> among(containers, port)))
                .exceptionally(failure -> Location.of(
                        DockerException.faultOf(failure) == DockerFault.PERMISSION ? Kind.NOT_ALLOWED : Kind.UNKNOWN));
    }

    private static Location among(List<Listed> containers, int port) throws IOException {
        if (containers.isEmpty()) {
            return Location.of(Kind.UNKNOWN);
        }
        var running = containers.stream().filter(Listed::isRunning).findFirst();
        if (running.isEmpty()) {
            return Location.of(Kind.STOPPED, containers.get(0));
        }
        for (var way : running.get().ways()) {
            if (way.leadsTo(port) && way.isOpen()) {
                return new Location(Kind.REACHED, running.get().name(), way.to(port));
            }
        }
        return Location.of(Kind.INSIDE_ONLY, running.get());
    }
}
